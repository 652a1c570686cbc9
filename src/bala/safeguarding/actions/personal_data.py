"""What a family sent in, when it wants to be forgotten."""

from django.db.models import Q

from bala.people.models import Account
from bala.people.queries.personal_data import Subject
from bala.safeguarding.actions.items import close, locked_item
from bala.safeguarding.enums import ItemState
from bala.safeguarding.models import ModerationItem


def erase(subject: Subject) -> None:
    """Take what was sent in out of sight for good, and its words away; that there was one stays.

    An account's things for a child who stays with another guardian stay, without the author.
    """
    if isinstance(subject, Account):
        ModerationItem.objects.filter(author=subject, child__isnull=False).update(author=None)
        found = ModerationItem.objects.filter(author=subject)
    else:
        shown = ModerationItem.objects.filter(Q(child=subject) | Q(others=subject))
        found = ModerationItem.objects.filter(pk__in=shown.order_by().values("pk"))
    for item in found.order_by("pk"):
        locked = locked_item(item)
        if locked.state != ItemState.WITHDRAWN:
            close(locked, ItemState.WITHDRAWN)
        locked.title = locked.text = ""
        locked.findings = []
        locked.author = None
        locked.save(update_fields=["title", "text", "findings", "author"])
