"""What the reader is not sure of, by code: a draft is read in another language than it was made."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

NOTES: dict[str, StrOrPromise] = {
    "no_title": _("No title of the campaign was found."),
    "no_period": _("No period of the campaign was found."),
    "no_place": _("No place of the campaign was found."),
    "no_participants": _("No participants of the campaign were found."),
    "first_block": _("The numbering of the blocks does not start at 1, but at %(number)s."),
    "gap": _("The numbering of the blocks has a gap here: %(number)s comes after %(before)s."),
    "no_activities": _("The block has no activities."),
    "no_goal": _("The block has no goal."),
    "not_taken": _("This text of the block was not taken as an activity."),
    "guessed": _("The activities of the block have no label and no list."),
    "kind": _("The kind of the activity is not clear."),
    "dates": _("The dates of the activity could not be read: “%(text)s”."),
    "outside": _("The dates of the activity lie outside of the campaign's."),
    "reversed": _("The period ends before it starts."),
    "no_such_day": _("The calendar has no such day."),
    "no_stages": _("No stages of the contest were found."),
}


def told(code: str, params: Mapping[str, str]) -> str:
    """Say a note in the active language; an unknown code is said as it stands."""
    return str(NOTES.get(code, code)) % dict(params)
