"""Organisations and districts: one at a time, or as a list that is taken as a whole or not at all."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator, URLValidator
from django.db import IntegrityError, transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bala.kernel import clock
from bala.kernel.errors import NotHere, PersonError
from bala.kernel.sorting import kazakh_sort_key
from bala.kernel.translated import LANGUAGES
from bala.territory.actions.rows import row_with
from bala.territory.enums import DistrictKind, ListSubject, OrganisationKind
from bala.territory.models import DISTRICT_CODE, District, ListImport, Organisation, Region
from bala.territory.queries.list_files import Fault, columns_of

ORGANISATION_COLUMNS: dict[str, Sequence[str]] = {
    "external_code": ("code", "код", "бин", "коды", "бсн", "bin"),
    "name_kk": ("name in kazakh", "название на казахском", "атауы",
                "қазақша атауы"),
    "name_ru": ("name in russian", "name", "название", "наименование",
                "название на русском", "орысша атауы"),
    "name_en": ("name in english", "название на английском", "ағылшынша атауы"),
    "kind": ("вид", "тип", "түрі"),
    "region": ("region code", "регион", "область", "код региона", "өңір", "облыс", "өңір коды"),
    "district": ("district code", "район", "код района", "аудан", "аудан коды"),
    "address": ("адрес", "мекенжай", "мекенжайы"),
    "website": ("site", "сайт", "веб-сайт"),
    "email": ("e-mail", "эл. почта", "электронная почта", "электрондық пошта"),
    "phone": ("telephone", "телефон"),
}  # fmt: skip
DISTRICT_COLUMNS: dict[str, Sequence[str]] = {
    key: value
    for key, value in ORGANISATION_COLUMNS.items()
    if key in ("name_kk", "name_ru", "name_en", "kind", "region")
} | {"code": ("код", "коды", "като", "kato")}
# How lists in the wild call the kinds, beside the names of the interface.
KIND_WORDS = {
    "сш": "school", "гимназия": "school", "лицей": "school", "мектеп-гимназия": "school",
    "детский сад": "kindergarten", "балабақша": "kindergarten",
    "детский дом": "orphanage", "балалар үйі": "orphanage", "школа-интернат": "boarding_school",
    "интернат": "boarding_school", "мектеп-интернат": "boarding_school", "лагерь": "camp", "лагері": "camp",
    "госорган": "state_body", "акимат": "state_body", "әкімдік": "state_body", "нпо": "ngo",
    "үеұ": "ngo", "спорт": "sports", "сми": "media", "бақ": "media", "бизнес": "business",
    "полиция": "police", "больница": "health", "аурухана": "health", "кітапхана": "library",
    "мұражай": "museum", "музей": "museum", "библиотека": "library", "колледж": "college",
}  # fmt: skip


class BadRows(PersonError):
    """A list with faults; `faults` names them by row."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__(
            gettext_lazy(
                "The list has faults, and nothing of it was taken: mend them, send it again."
            )
        )


class CodeTaken(PersonError):
    """Another district has this code."""


@transaction.atomic
def save_organisation(
    *, organisation: Organisation | None, values: Mapping[str, Any], revision: int = 0
) -> Organisation:
    """Add an organisation, or write an existing one; `values` are its fields, checked by the form.

    `revision` is that of the organisation which the person saw. Raises RowConflict.
    """
    row = row_with(Organisation, organisation, values, revision)
    row.sort_key = kazakh_sort_key(row.name_kk or row.name_ru or row.name_en)[:700]
    row.save()
    return row


@transaction.atomic
def save_district(
    *, district: District | None = None, values: Mapping[str, Any], revision: int = 0
) -> District:
    """Add a district or city to its region, or write an existing one, which keeps its region.

    `revision` is that of the district which the person saw. Raises RowConflict or CodeTaken.
    """
    if district is not None:
        values = {name: value for name, value in values.items() if name != "region"}
    row = row_with(District, district, values, revision)
    row.sort_key = kazakh_sort_key(row.name_kk)[:255]
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:  # somebody was quicker with the same code
        raise CodeTaken(gettext_lazy("A district has this code.")) from error
    return row


def keep_list(
    *, subject: ListSubject, filename: str, rows: Sequence[Sequence[str]], owner: str
) -> ListImport:
    """Keep a list between its preview and its confirmation; `owner` is an account's public id."""
    return ListImport.objects.create(
        subject=subject, filename=filename[:255], rows=[list(row) for row in rows], owner=owner
    )


@transaction.atomic
def confirm_list(
    *, public_id: str, owner: str, region_ids: Collection[int] | None
) -> tuple[ListSubject, int]:
    """Take over a list that was looked at; return its subject and how many rows it brought.

    `region_ids` are the regions whose rows the person may bring; None: all. The list is checked
    again, since others may have written meanwhile. Confirmed twice, it is taken once. Raises NotHere
    or BadRows.
    """
    kept = ListImport.objects.select_for_update().filter(public_id=public_id, owner=owner).first()
    if kept is None:
        raise NotHere(gettext_lazy("There is no such import."))
    subject = ListSubject(kept.subject)
    if kept.confirmed_at is not None:
        return subject, 0
    rows, faults = read_rows(subject, kept.rows, region_ids)
    if faults:
        raise BadRows(faults)
    if subject is ListSubject.DISTRICTS:
        District.objects.bulk_create((District(**row) for row in rows), batch_size=1000)
    else:
        Organisation.objects.bulk_create((Organisation(**row) for row in rows), batch_size=1000)
    kept.confirmed_at = clock.now()
    kept.rows = []
    kept.save(update_fields=["confirmed_at", "rows"])
    return subject, len(rows)


def read_rows(
    subject: ListSubject, rows: Sequence[Sequence[str]], region_ids: Collection[int] | None
) -> tuple[list[dict[str, Any]], list[Fault]]:
    """Read rows of text into fields, with the faults by row; three queries, however long the list."""
    columns = DISTRICT_COLUMNS if subject is ListSubject.DISTRICTS else ORGANISATION_COLUMNS
    places = columns_of(rows[0], columns)
    wanted = {"region", "kind"} if subject is ListSubject.ORGANISATIONS else {"region", "code"}
    missing = sorted(wanted - places.keys())
    if not places.keys() & {"name_kk", "name_ru", "name_en"}:
        missing.append("name_ru")
    if missing:
        reason = _("This column is missing: name it in the first row.")
        return [], [Fault(1, name, reason) for name in missing]
    reader = _Districts(region_ids) if subject is ListSubject.DISTRICTS else _Houses(region_ids)
    for number, row in enumerate(rows[1:], start=2):
        if any(row):
            reader.read(
                number, {name: row[at] if at < len(row) else "" for name, at in places.items()}
            )
    if not reader.found and not reader.faults:
        reader.faults.append(Fault(1, "", _("The list is empty.")))
    return reader.found, reader.faults


class _Reader:
    """What is common to lists of places: regions, names, kinds, and where the faults are."""

    longest_name: int

    def __init__(self, region_ids: Collection[int] | None) -> None:
        self.region_ids = region_ids
        self.regions = {
            name.casefold(): region
            for region in Region.objects.order_by("pk")
            for name in (region.iso_code, region.code_2021, *region.all_names)
            if name
        }
        self.found: list[dict[str, Any]] = []
        self.faults: list[Fault] = []
        self.row = 0

    def fault(self, column: str, reason: str) -> None:
        """Note what is wrong in the row at hand."""
        self.faults.append(Fault(self.row, column, reason))

    def region(self, cell: Mapping[str, str]) -> Region | None:
        """Find the region, and check that the person may bring rows of it."""
        region = self.regions.get(cell["region"].casefold())
        if region is None:
            self.fault(
                "region", _("No region has this code: “%(code)s”.") % {"code": cell["region"]}
            )
        elif self.region_ids is not None and region.pk not in self.region_ids:
            self.fault("region", _("This region is organised by somebody else."))
            return None
        return region

    def texts(self, cell: Mapping[str, str]) -> dict[str, str]:
        """Take the names and whatever else is plain text, checked for its length."""
        taken = {}
        for name in ("name_kk", "name_ru", "name_en"):
            taken[name] = cell.get(name, "")
            limit = self.longest_name
            if len(taken[name]) > limit:
                self.fault(name, _("Longer than %(limit)s characters.") % {"limit": limit})
        if not any(taken.values()):
            self.fault("name_ru", _("The name is missing."))
        return taken

    def kind(self, text: str, kinds: Mapping[str, str]) -> str:
        """Find the kind by its word in any language."""
        kind = kinds.get(text.casefold(), "")
        if not kind:
            self.fault("kind", _("Not a kind that is known: “%(kind)s”.") % {"kind": text})
        return kind


class _Houses(_Reader):
    """A list of organisations."""

    longest_name = 300

    def __init__(self, region_ids: Collection[int] | None) -> None:
        super().__init__(region_ids)
        self.kinds = {**KIND_WORDS, **_labels(OrganisationKind)}
        self.districts: dict[tuple[int, str], District] = {}
        for district in District.objects.filter(is_active=True).order_by("pk"):
            for name in (district.code, district.name_kk, district.name_ru, district.name_en):
                if name:
                    self.districts[district.region_id, name.casefold()] = district
        taken = Organisation.objects.exclude(external_code="").order_by("pk")
        self.codes = dict.fromkeys(taken.values_list("region_id", "external_code"), 0)

    def read(self, number: int, cell: Mapping[str, str]) -> None:
        """Read one row."""
        self.row = number
        region = self.region(cell)
        values: dict[str, Any] = {"region": region, **self.texts(cell)}
        values["kind"] = self.kind(cell["kind"], self.kinds)
        values["district"] = self._district(region, cell.get("district", ""))
        values["external_code"] = self._code(region, cell.get("external_code", ""))
        values["address"] = cell.get("address", "")[:300]
        values["phone"] = cell.get("phone", "")[:40]
        values["email"] = self._checked("email", cell, EmailValidator())
        values["website"] = self._checked("website", cell, URLValidator(["http", "https"]))
        title = values["name_kk"] or values["name_ru"] or values["name_en"]
        values["sort_key"] = kazakh_sort_key(title)[:700]
        self.found.append(values)

    def _district(self, region: Region | None, text: str) -> District | None:
        if not text or region is None:
            return None
        district = self.districts.get((region.pk, text.casefold()))
        if district is None:
            self.fault(
                "district", _("The region has no such district: “%(name)s”.") % {"name": text}
            )
        return district

    def _code(self, region: Region | None, code: str) -> str:
        if code and region is not None:
            first = self.codes.get((region.pk, code))
            if first == 0:
                self.fault("external_code", _("An organisation of this region has this code."))
            elif first:
                self.fault(
                    "external_code", _("The code stands in row %(row)s already.") % {"row": first}
                )
            else:
                self.codes[region.pk, code] = self.row
        if len(code) > 40:
            self.fault("external_code", _("Longer than %(limit)s characters.") % {"limit": 40})
        return code

    def _checked(self, name: str, cell: Mapping[str, str], validate: Any) -> str:
        text = cell.get(name, "")
        if name == "website" and text and "://" not in text:
            text = f"https://{text}"
        if text:
            try:
                validate(text)
            except ValidationError as error:
                self.fault(name, " ".join(error.messages))
        return text


class _Districts(_Reader):
    """A list of districts."""

    longest_name = 120

    def __init__(self, region_ids: Collection[int] | None) -> None:
        super().__init__(region_ids)
        self.kinds = _labels(DistrictKind)
        self.codes = dict.fromkeys(
            District.objects.order_by("pk").values_list("code", flat=True), 0
        )

    def read(self, number: int, cell: Mapping[str, str]) -> None:
        """Read one row."""
        self.row = number
        values: dict[str, Any] = {"region": self.region(cell), **self.texts(cell)}
        # A district has both names; one stands in where the list has but one.
        values["name_kk"] = values["name_kk"] or values["name_ru"] or values["name_en"]
        values["name_ru"] = values["name_ru"] or values["name_kk"]
        kind = cell.get("kind", "")
        values["kind"] = self.kind(kind, self.kinds) if kind else DistrictKind.DISTRICT
        code = values["code"] = cell["code"]
        first = self.codes.setdefault(code, number)
        if not code or len(code) > 12:
            self.fault("code", _("The code is missing or longer than 12 characters."))
        elif not DISTRICT_CODE.fullmatch(code):
            self.fault("code", _("A code has letters, digits, dots and dashes only."))
        elif first == 0:
            self.fault("code", _("A district has this code."))
        elif first != number:
            self.fault("code", _("The code stands in row %(row)s already.") % {"row": first})
        values["sort_key"] = kazakh_sort_key(values["name_kk"])[:255]
        self.found.append(values)


def _labels(kinds: Any) -> dict[str, str]:
    words = {kind.value: kind.value for kind in kinds}
    for language in LANGUAGES:
        with translation.override(language):
            words |= {str(kind.label).casefold(): kind.value for kind in kinds}
    return words
