"""All that is kept on a family, for programs (JSON) and for people (words of a printed sheet)."""

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from bala.kernel import clock, dates
from bala.people.models import Account, Child, ErasureRequest, TakeOut
from bala.people.queries.families import family_of
from bala.people.queries.personal_data import Kept, Subject, Value, kept_on


def everything_of(account: Account) -> list[tuple[Subject, list[Kept]]]:
    """Return what is kept on the person and on each child of the family."""
    subjects: list[Subject] = [account, *family_of(account).select_related("region", "district")]
    return [(subject, kept_on(subject)) for subject in subjects]


def as_data(everything: list[tuple[Subject, list[Kept]]]) -> dict[str, Any]:
    """Return it for programs; days and moments as ISO 8601 once it is written as JSON."""
    return {
        "format": "bala-take-out-1",
        "made_at": clock.now(),
        "people": [
            {
                "kind": "child" if isinstance(subject, Child) else "account",
                "number": subject.public_id,
                "kept": {one.source.name: one.rows for one in kept},
            }
            for subject, kept in everything
        ],
    }


def as_words(everything: list[tuple[Subject, list[Kept]]], language: str) -> dict[str, Any]:
    """Return it for people, in the active language; what is empty is left out."""
    return {
        "language": language,
        "title": _("What is kept on your family"),
        "made": dates.format_date(clock.today()),
        "lead": _(
            "This is all that the platform Bala keeps on you and your children, as it was on this "
            "day. Pictures and films are listed; you can open them on the pages of your family."
        ),
        "nothing": _("Nothing is kept."),
        "people": [
            {
                "name": str(subject),
                "who": _("Child") if isinstance(subject, Child) else _("Your account"),
                "sections": [_section(one) for one in kept if one.rows],
            }
            for subject, kept in everything
        ],
    }


def _section(kept: Kept) -> dict[str, Any]:
    columns = kept.source.columns
    return {
        "label": str(kept.source.label),
        "rows": [
            [
                [str(columns[name]), _in_words(value)]
                for name, value in row.items()
                if value not in (None, "", [])
            ]
            for row in kept.rows
        ],
    }


def _in_words(value: Value) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        local = value.astimezone(clock.NATIONAL_ZONE)
        return f"{dates.format_date(local.date())}, {local:%H:%M}"
    if isinstance(value, date):
        return dates.format_date(value)
    if isinstance(value, str | int | float):
        return str(value)
    return ", ".join(value or ())


def last_take_out(account: Account) -> TakeOut | None:
    """Return what the person asked for last; None: nothing so far."""
    return TakeOut.objects.filter(account=account).order_by("-asked_at", "-pk").first()


def open_erasure(account: Account) -> ErasureRequest | None:
    """Return the erasure that the person has asked for and not called off."""
    return ErasureRequest.objects.filter(
        account=account, cancelled_at__isnull=True, done_at__isnull=True
    ).first()
