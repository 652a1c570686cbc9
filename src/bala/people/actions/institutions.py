"""An institution represents many children: taken in by list, consented for on paper."""

from collections.abc import Collection
from datetime import date

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from bala.kernel import clock
from bala.kernel.dates import format_numeric
from bala.kernel.errors import EditConflict, PersonError
from bala.people.actions.seen import note_all_seen
from bala.people.enums import (
    ConsentMethod,
    ConsentPurpose,
    GuardianshipKind,
    ImportState,
    Language,
    SeenWhy,
)
from bala.people.models import Account, Child, ChildImport, Consent, Guardianship
from bala.people.queries.consents import current_notices, in_force
from bala.people.queries.institutions import (
    children_of_institution,
    listed,
    read_children,
    stored,
)
from bala.territory.models import Organisation
from bala.territory.queries.list_files import read_list


class RowsAtFault(PersonError):
    """Some rows cannot be taken in; nothing was written."""


class NothingChosen(PersonError):
    """No child or no purpose was chosen."""


class BasisMissing(PersonError):
    """A consent on paper without its paper."""


def send_list(
    *, account: Account, institution: Organisation, filename: str, data: bytes
) -> ChildImport:
    """Read a list of children and keep it to be looked at; write no child yet.

    Raises BadList, an UnreadableDocument or ListUnclear where it is no such list.
    """
    rows = read_list(data, filename=filename)
    children = read_children(
        rows,
        institution=institution,
        today=clock.today(),
        adult=settings.BALA_ADULT_AGE,
    )
    with transaction.atomic():
        return ChildImport.objects.create(
            organisation=institution, sent_by=account, rows=stored(children)
        )


@transaction.atomic
def take_in_list(*, account: Account, found: ChildImport) -> int:
    """Add the children of a list whom the institution does not have yet; all or none. Done twice, it
    adds them once. Returns how many. Raises RowsAtFault."""
    kept = ChildImport.objects.select_for_update().get(pk=found.pk)
    if kept.state != ImportState.PREVIEW:
        return kept.count
    # Two lists at once: the second sees the children of the first.
    institution = Organisation.objects.select_for_update().get(pk=kept.organisation_id)
    rows = listed(kept)
    if any(row.faults for row in rows):
        raise RowsAtFault(_("Mend the rows with faults and send the list again."))
    there = {
        (name.casefold(), surname.casefold(), born_on.isoformat())
        for name, surname, born_on in children_of_institution(institution)
        .order_by()
        .values_list("given_name", "family_name", "born_on")
    }
    children = [
        Child(
            given_name=row.given_name,
            family_name=row.family_name,
            born_on=date.fromisoformat(row.born_on),
            region_id=institution.region_id,
            district_id=institution.district_id,
            language=Language(row.language),
            needs=row.needs,
        )
        for row in rows
        if (row.given_name.casefold(), row.family_name.casefold(), row.born_on) not in there
    ]
    Child.objects.bulk_create(children)
    Guardianship.objects.bulk_create(
        Guardianship(child=child, organisation=institution, kind=GuardianshipKind.INSTITUTION)
        for child in children
    )
    note_all_seen(by=account, children=children, why=SeenWhy.INSTITUTION, about="people.import")
    kept.state, kept.count, kept.rows = ImportState.DONE, len(children), ""
    kept.save(update_fields=["state", "count", "rows"])
    return kept.count


@transaction.atomic
def discard_list(*, found: ChildImport) -> None:
    """Call a list off; its rows are gone at once. Can be repeated."""
    ChildImport.objects.filter(pk=found.pk, state=ImportState.PREVIEW).update(
        state=ImportState.DISCARDED, rows=""
    )


@transaction.atomic
def consent_on_paper(
    *,
    account: Account,
    institution: Organisation,
    children: Collection[str] | None,
    purposes: Collection[ConsentPurpose],
    number: str,
    signed_on: date,
    language: str,
) -> int:
    """Write consents that the institution gave on paper; return how many are new.

    `children` are public ids; None: all whom it represents. Number and day of the document are the
    basis of each. What is consented to already is not written again. Raises NothingChosen,
    BasisMissing (no number, or a day that has not come), EditConflict when a purpose has no words.
    """
    if not number.strip() or signed_on > clock.today():
        raise BasisMissing(_("Number and day of the signed document are needed."))
    found = children_of_institution(institution)
    if children is not None:
        found = found.filter(public_id__in=list(children))
    # Under a lock on every child, in one order, as with all consents.
    locked = list(found.order_by("pk").select_for_update(of=["self"]))
    if not locked or not purposes:
        raise NothingChosen(_("Choose at least one child and one purpose."))
    notices = current_notices(clock.today())
    if any(purpose not in notices for purpose in purposes):
        raise EditConflict(_("The words have changed meanwhile. Please read them again."))
    ties = {
        tie.child_id: tie
        for tie in Guardianship.objects.filter(
            organisation=institution, child__in=locked, ended_at__isnull=True
        ).order_by("pk")
    }
    standing = set(
        in_force().filter(child__in=locked, about="").order_by().values_list("child_id", "purpose")
    )
    basis = f"{number.strip()[:160]}, {format_numeric(signed_on)}"
    made: list[Consent] = []
    for child in locked:
        takes_part = (
            ConsentPurpose.TAKE_PART in purposes
            or (
                child.pk,
                ConsentPurpose.TAKE_PART.value,
            )
            in standing
        )
        made.extend(
            Consent(
                child=child,
                purpose=purpose,
                notice=notices[purpose],
                language=language,
                given_by=account,
                guardianship=ties[child.pk],
                method=ConsentMethod.PAPER,
                basis=basis,
            )
            for purpose in purposes
            if takes_part and (child.pk, purpose.value) not in standing and child.pk in ties
        )
    Consent.objects.bulk_create(made)
    note_all_seen(by=account, children=locked, why=SeenWhy.INSTITUTION, about="people.consents")
    return len(made)
