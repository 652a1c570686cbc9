"""What the room keeps on a child or an account: the pictures that were sent."""

from collections.abc import Iterator

from django.db.models import Q, QuerySet

from bala.people.models import Account
from bala.people.queries.personal_data import Row, Subject
from bala.programme.models import Picture


def pictures_on(subject: Subject) -> QuerySet[Picture]:
    """Return the pictures of a child, or those that an account sent for no child."""
    if isinstance(subject, Account):
        return Picture.objects.filter(made_by=subject, moderation__child__isnull=True)
    shown = Q(moderation__child=subject) | Q(moderation__others=subject)
    return Picture.objects.filter(pk__in=Picture.objects.filter(shown).order_by().values("pk"))


def pictures_of(subject: Subject) -> Iterator[Row]:
    """Return them as rows for a take-out."""
    found = pictures_on(subject).select_related("activity", "moderation")
    for picture in found.order_by("made_at", "pk"):
        yield {
            "number": picture.public_id,
            "caption": picture.caption,
            "activity": str(picture.activity.title),
            "state": str(picture.moderation.get_state_display()),
            "sent_at": picture.made_at,
        }
