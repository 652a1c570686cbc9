"""Children of an institution, lists of children, groups as numbers."""

import json
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any, Final

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from bala.kernel.errors import PersonError
from bala.people.enums import ConsentPurpose, Language
from bala.people.models import Child, ChildImport, ClassGroup, Guardianship
from bala.people.queries.consents import in_force
from bala.people.queries.families import age_on
from bala.people.queries.names import clean_name, clean_optional_name
from bala.territory.models import Organisation
from bala.territory.queries.list_files import columns_of

COLUMNS: Final[dict[str, tuple[str, ...]]] = {
    "given_name": ("имя", "аты", "first name", "name"),
    "family_name": ("фамилия", "тегі", "surname"),
    "born_on": ("дата рождения", "туған күні", "date of birth", "born"),
    "language": ("язык", "тілі", "language"),
    "needs": ("что помогает участвовать", "қатысуға не көмектеседі", "needs"),
}
LANGUAGES: Final = {
    "kk": "kk", "казахский": "kk", "қазақ": "kk", "қазақша": "kk", "kazakh": "kk",
    "ru": "ru", "русский": "ru", "орыс": "ru", "орысша": "ru", "russian": "ru",
    "en": "en", "английский": "en", "ағылшын": "en", "english": "en",
}  # fmt: skip
MOST: Final = 2000  # children of one list


@dataclass(slots=True)
class ListedChild:
    """One row of a list: as it was read, with what is wrong with it."""

    row: int  # as the spreadsheet counts
    given_name: str = ""
    family_name: str = ""
    born_on: str = ""  # ISO
    language: str = "kk"
    needs: str = ""
    known: bool = False  # the institution has this child already
    faults: list[str] = field(default_factory=list)


def read_children(
    rows: list[list[str]], *, institution: Organisation, today: date, adult: int
) -> list[ListedChild]:
    """Return what a list says, each row with its faults. Raises ListUnclear without its columns."""
    places = columns_of(rows[0], dict(COLUMNS))
    if "given_name" not in places or "born_on" not in places:
        raise ListUnclear(
            _("The first row must name the columns: first name, surname, date of birth, language.")
        )
    if len(rows) - 1 > MOST:
        raise ListUnclear(_("The list has more than 2,000 children: send it in parts."))
    known = {
        (name.casefold(), surname.casefold(), born_on.isoformat())
        for name, surname, born_on in children_of_institution(institution)
        .order_by()
        .values_list("given_name", "family_name", "born_on")
    }
    found, seen = [], dict[tuple[str, str, str], int]()
    for number, cells in enumerate(rows[1:], start=2):
        if not any(cells):
            continue
        cell = {name: cells[at] if at < len(cells) else "" for name, at in places.items()}
        child = _read(number, cell, today, adult)
        key = (child.given_name.casefold(), child.family_name.casefold(), child.born_on)
        if key in seen:
            child.faults.append(_("The same child stands in row %(row)s.") % {"row": seen[key]})
        seen.setdefault(key, number)
        child.known = key in known
        found.append(child)
    if not found:
        raise ListUnclear(_("The list has no children."))
    return found


class ListUnclear(PersonError):
    """The list as a whole cannot be read."""


def _read(number: int, cell: dict[str, str], today: date, adult: int) -> ListedChild:
    child = ListedChild(number, needs=cell.get("needs", "")[:1000])
    for name, clean in (("given_name", clean_name), ("family_name", clean_optional_name)):
        try:
            setattr(child, name, clean(cell.get(name, "")))
        except PersonError as error:
            setattr(child, name, cell.get(name, "")[:200])
            child.faults.append(str(error))
    born_on = _day(cell["born_on"])
    if born_on is None:
        child.born_on = cell["born_on"][:20]
        child.faults.append(_("Not a date: write 08.03.2011."))
    else:
        child.born_on = born_on.isoformat()
        if born_on > today:
            child.faults.append(_("This day has not come yet."))
        elif age_on(born_on, today) >= adult:
            child.faults.append(_("Whoever was born on this day is grown up."))
    language = cell.get("language", "").casefold()
    child.language = LANGUAGES.get(language, "kk")
    if language and language not in LANGUAGES:
        child.faults.append(_("Not a language that is known: Kazakh, Russian or English."))
    return child


def _day(text: str) -> date | None:
    text = text.strip()
    try:
        if "-" in text:
            return date.fromisoformat(text)
        day, month, year = (int(part) for part in text.split("."))
        return date(year, month, day)
    except ValueError:
        return None


def stored(children: list[ListedChild]) -> str:
    """Return a list as it is kept until it is decided on."""
    return json.dumps([asdict(child) for child in children], ensure_ascii=False)


def listed(found: ChildImport) -> list[ListedChild]:
    """Return the rows of a list that is kept."""
    rows: list[dict[str, Any]] = json.loads(found.rows or "[]")
    return [ListedChild(**row) for row in rows]


def children_of_institution(institution: Organisation, text: str = "") -> QuerySet[Child]:
    """Return the children whom an institution represents, by name, narrowed to names with `text`."""
    ties = Guardianship.objects.filter(organisation=institution, ended_at__isnull=True)
    found = Child.objects.filter(pk__in=ties.values("child_id"), erased_at__isnull=True)
    for word in text.split():
        found = found.filter(Q(given_name__icontains=word) | Q(family_name__icontains=word))
    return found.order_by("family_name", "given_name", "pk")


def without_consent(children: QuerySet[Child], purpose: ConsentPurpose) -> QuerySet[Child]:
    """Narrow children to those without a consent in force to the purpose."""
    given = in_force().filter(child=OuterRef("pk"), purpose=purpose, about="")
    return children.exclude(Exists(given))


def groups_of(organisation: Organisation) -> QuerySet[ClassGroup]:
    """Return the groups of an organisation, by name: numbers, without names of children."""
    return ClassGroup.objects.filter(organisation=organisation, closed_at__isnull=True).order_by(
        "name", "pk"
    )


LANGUAGE_VALUES: Final = frozenset(Language.values)
