"""Recipients out of a list: a table with headings, or names one to a line, with the faults of each row."""

from collections.abc import Sequence
from typing import Any, Final

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from bala.certificates.queries.verification import as_code
from bala.kernel.errors import PersonError
from bala.people.enums import ConsentPurpose
from bala.people.models import Child, Consent
from bala.people.queries.consents import in_force
from bala.people.queries.names import NotAName, clean_name
from bala.territory.queries.list_files import columns_of

MOST_ROWS: Final = 10_000
Row = dict[str, Any]

#: By which words a column is known; the first row of a table names them.
COLUMNS: Final[dict[str, Sequence[str]]] = {
    "name": (
        "фио", "ф.и.о.", "имя", "имя и фамилия", "фамилия имя", "фамилия, имя", "получатель",
        "аты-жөні", "аты жөні", "тегі аты", "алушы", "full name", "recipient",
    ),
    "detail": (
        "строка под именем", "класс", "школа", "организация", "класс, школа", "должность",
        "есімнің астындағы жол", "сынып", "мектеп", "ұйым", "лауазымы", "line below the name",
        "class", "school", "organisation",
    ),
    "place": ("место", "степень", "орын", "орны", "дәреже", "дәрежесі"),
    "nomination": ("номинация", "номинациясы"),
    "code": ("код ребенка", "код", "баланың коды", "коды", "code of the child"),
}  # fmt: skip
LABELS: Final[dict[str, StrOrPromise]] = {
    "name": _("full name"),
    "detail": _("line below the name"),
    "place": _("place"),
    "nomination": _("nomination"),
    "code": _("code of the child"),
}

#: What can be wrong in a row.
FAULTS: Final[dict[str, StrOrPromise]] = {
    "no_name": _("The name is missing."),
    "not_a_name": _(
        "This is no name: it has letters, hyphens, apostrophes and blanks only, 200 at most."
    ),
    "long_detail": _("The line below the name has no more than 200 letters."),
    "bad_place": _("The place is a number from 1 to 100, or I, II, III."),
    "long_nomination": _("The nomination has no more than 200 letters."),
    "twice": _(
        "The same name with the same line below it stands in the list already: tell them apart by that line."
    ),
    "unknown_code": _("No child has this code: ask the family for it."),
    "other_name": _("The code belongs to a child of another first name."),
    "no_consent": _("The family has not consented to the child taking part yet."),
}
_ROMAN: Final = {"i": 1, "ii": 2, "iii": 3, "іі": 2, "ііі": 3, "і": 1}


class NoNames(PersonError):
    """The list has no column of names, or no rows."""


class TooLong(PersonError):
    """The list is longer than what is issued at once."""


def rows_of_table(table: Sequence[Sequence[str]]) -> list[Row]:
    """Read the rows of a table whose first row names its columns; a table without headings whose
    first column holds names is taken as names alone. Raises NoNames or TooLong."""
    places = columns_of(table[0], COLUMNS) if table else {}
    body, start = table[1:], 2
    if "name" not in places:
        if any(len([cell for cell in row if cell]) > 1 for row in table):
            raise NoNames(_("The first row names the columns; one of them is “full name”."))
        places, body, start = {"name": 0}, table, 1
    rows = [
        {"row": number, **{name: _cell(row, at) for name, at in places.items()}}
        for number, row in enumerate(body, start=start)
        if any(row)
    ]
    return _checked(rows)


def rows_of_text(text: str) -> list[Row]:
    """Read names, one to a line; after a semicolon stands the line below the name."""
    rows = []
    for number, line in enumerate(text.splitlines(), start=1):
        name, _semicolon, detail = line.partition(";")
        if line.strip():
            rows.append({"row": number, "name": name.strip(), "detail": detail.strip()})
    return _checked(rows)


def faults_of(row: Row) -> list[StrOrPromise]:
    """Return what is wrong in a row, in the reader's language."""
    return [FAULTS[fault] for fault in row["faults"]]


def _cell(row: Sequence[str], at: int) -> str:
    return row[at].strip() if at < len(row) else ""


def _checked(rows: list[Row]) -> list[Row]:
    if not rows:
        raise NoNames(_("The list is empty."))
    if len(rows) > MOST_ROWS:
        raise TooLong(_("The list has more than 10,000 rows: send it in parts."))
    children = _children({as_code(row.get("code", "")) for row in rows} - {""})
    consented = set(
        in_force(Consent.objects.filter(purpose=ConsentPurpose.TAKE_PART))
        .filter(child__in=children.values())
        .order_by()
        .values_list("child_id", flat=True)
    )
    seen: set[tuple[str, str, str]] = set()
    for row in rows:
        row["faults"] = []
        _check_name(row)
        _check_rest(row)
        _check_child(row, children, consented)
        key = (row["name"].casefold(), row["detail"].casefold(), row["nomination"].casefold())
        if row["name"] and key in seen:
            row["faults"].append("twice")
        seen.add(key)
    return rows


def _check_name(row: Row) -> None:
    if not row.get("name"):
        row["faults"].append("no_name")
        return
    try:
        row["name"] = clean_name(row["name"])
    except NotAName:
        row["faults"].append("not_a_name")


def _check_rest(row: Row) -> None:
    for name in ("detail", "nomination"):
        row[name] = " ".join(row.get(name, "").split())
        if len(row[name]) > 200:
            row["faults"].append(f"long_{name}")
    typed = row.get("place", "").strip().casefold()
    row["place"] = _ROMAN.get(typed)
    if typed and row["place"] is None:
        if typed.isascii() and typed.isdigit() and 1 <= int(typed[:4]) <= 100 and len(typed) < 4:
            row["place"] = int(typed)
        else:
            row["faults"].append("bad_place")


def _check_child(row: Row, children: dict[str, Child], consented: set[int]) -> None:
    typed = row.pop("code", "")
    row["child"] = ""
    if not typed:
        return
    child = children.get(as_code(typed))
    if child is None:
        row["faults"].append("unknown_code")
    elif child.given_name.casefold() not in row["name"].casefold():
        row["faults"].append("other_name")
    elif child.pk not in consented:
        row["faults"].append("no_consent")
    else:
        row["child"] = child.public_id


def _children(codes: set[str]) -> dict[str, Child]:
    found = Child.objects.filter(public_id__in=codes, erased_at__isnull=True).order_by("pk")
    return {child.public_id: child for child in found}
