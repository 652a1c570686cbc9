"""Letters of a family that wants to be forgotten."""

from bala.notify.models import Address, Message, Preference
from bala.notify.queries.personal_data import letters_about
from bala.people.models import Account
from bala.people.queries.personal_data import Subject


def erase(subject: Subject) -> None:
    """Delete the letters of an account and how it wants them, or those that are about a child."""
    if isinstance(subject, Account):
        for model in (Message, Preference, Address):
            model.objects.filter(account=subject).delete()
        return
    Message.objects.filter(pk__in=[message.pk for message in letters_about(subject)]).delete()
