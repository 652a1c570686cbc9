"""Taking a person out of what the room keeps (docs/adr/0030)."""

from bala.certificates.models import Certificate
from bala.kernel import clock
from bala.kernel.keeping import take_back_all
from bala.people.models import Account
from bala.people.queries.personal_data import Subject


def erase(subject: Subject) -> None:
    """Take name, detail and salt out of the certificates of a child or an account; can be repeated.

    Number and occasion stay: the series has no gaps, and the sum of the content tells nothing without
    its salt. What was printed can no longer be printed again.
    """
    mine = {"account" if isinstance(subject, Account) else "child": subject}
    erased = Certificate.objects.filter(**mine, erased_at__isnull=True).update(
        name="", detail="", salt="", erased_at=clock.now()
    )
    if erased:
        take_back_all()
