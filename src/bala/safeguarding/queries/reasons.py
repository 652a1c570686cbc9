"""The reasons that are chosen from, in words for a moderator, for a guardian and for a child."""

import csv
from dataclasses import dataclass
from functools import cache

from bala.kernel.translated import LANGUAGES, pick
from bala.safeguarding.enums import ReasonUse
from bala.safeguarding.queries.words import DATA


@dataclass(frozen=True, slots=True)
class Reason:
    """A line of data/reasons.csv; each of its texts stands in all languages."""

    code: str
    use: ReasonUse
    titles: dict[str, str]
    for_guardian: dict[str, str]
    for_child: dict[str, str]

    @property
    def title(self) -> str:
        """How it is called in the list, in the language of the page."""
        return pick(self.titles)

    def told(self, *, to_child: bool, language: str | None = None) -> str:
        """What the author reads."""
        return pick(self.for_child if to_child else self.for_guardian, language)


@cache
def all_reasons() -> dict[str, Reason]:
    """Return the reasons by their codes, in the order of the list."""
    with (DATA / "reasons.csv").open(encoding="utf-8", newline="") as lines:
        return {row["code"]: _reason(row) for row in csv.DictReader(lines)}


def reasons_to(use: ReasonUse) -> list[Reason]:
    """Return the reasons that are offered there."""
    return [reason for reason in all_reasons().values() if reason.use == use]


def reason_title(code: str) -> str:
    """Return how a reason is called; its code where the list no longer has it."""
    reason = all_reasons().get(code)
    return reason.title if reason else code


def _reason(row: dict[str, str]) -> Reason:
    def texts(name: str) -> dict[str, str]:
        return {code: row[f"{name}_{code}"] for code in LANGUAGES}

    return Reason(
        row["code"], ReasonUse(row["use"]), texts("title"), texts("guardian"), texts("child")
    )
