"""What a child did, in words that the rooms register."""

from typing import Final

from django.db.models import QuerySet
from django_stubs_ext import StrOrPromise

from bala.people.models import ActivityRecord, Child

WORDS: Final[dict[str, StrOrPromise]] = {}


def register_activity(kind: str, words: StrOrPromise) -> None:
    """Say how people call what happens under a kind ("ROOM.WHAT"); each room does it when it starts."""
    WORDS[kind] = words


def words_of_activity(kind: str) -> StrOrPromise:
    """Return how people call it; the bare kind where its room is gone."""
    return WORDS.get(kind, kind)


def activities_of(child: Child) -> QuerySet[ActivityRecord]:
    """Return what the child did, latest first."""
    return ActivityRecord.objects.filter(child=child).order_by("-happened_at", "-pk")
