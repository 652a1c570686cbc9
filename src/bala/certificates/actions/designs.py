"""Making designs, approving them, putting them out of use."""

from collections.abc import Mapping
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from bala.certificates.access import IssuingPlace, Office
from bala.certificates.enums import DesignState, Kind
from bala.certificates.models import Design
from bala.kernel import clock
from bala.kernel.errors import EditConflict, PersonError
from bala.people.models import Account

#: What a person writes on a design.
FIELDS: Final = (
    "label",
    "language",
    "block",
    "heading_kk",
    "heading_ru",
    "lead_kk",
    "lead_ru",
    "body_kk",
    "body_ru",
    "value_kk",
    "value_ru",
    "terms_kk",
    "terms_ru",
    "issuer_kk",
    "issuer_ru",
    "issuer_en",
    "signatories",
    "link",
)


class NotADraft(PersonError):
    """What was approved stays as it was approved."""

    status = 409


class TextsMissing(PersonError):
    """A sheet in a language wants its heading and who issues it in that language."""


@transaction.atomic
def make_design(
    *, office: Office, place: IssuingPlace, kind: Kind, values: Mapping[str, Any]
) -> Design:
    """Make a draft for the country, a region or an organisation."""
    title = office.campaign.title
    return Design.objects.create(
        campaign_slug=office.slug,
        campaign_kk=title.get("kk", ""),
        campaign_ru=title.get("ru", ""),
        campaign_en=title.get("en", ""),
        region=place.region,
        organisation=place.organisation,
        kind=kind,
        made_by=office.account,
        **{name: values[name] for name in FIELDS if name in values},
    )


@transaction.atomic
def change_design(*, design: Design, revision: int, values: Mapping[str, Any]) -> Design:
    """Write a draft. Raises NotADraft, and EditConflict where somebody else wrote it meanwhile."""
    row = _locked(design)
    if row.state != DesignState.DRAFT:
        raise NotADraft(_("This design is approved: make a copy to change it."))
    if row.revision != revision:
        raise EditConflict(_("Somebody else has changed this design. Look at it anew."))
    for name in FIELDS:
        if name in values:
            setattr(row, name, values[name])
    row.revision += 1
    row.save()
    return row


@transaction.atomic
def copy_design(*, office: Office, place: IssuingPlace, design: Design) -> Design:
    """Make a draft with the texts of a design."""
    values = {name: getattr(design, name) for name in FIELDS}
    values["label"] = str(_("Copy: %(name)s") % {"name": design.label})[:120]
    return make_design(office=office, place=place, kind=Kind(design.kind), values=values)


@transaction.atomic
def approve_design(*, by: Account, design: Design, revision: int) -> Design:
    """Let certificates be issued of a draft, as the approver saw it; from then on it stays.

    Raises TextsMissing, NotADraft, and EditConflict where it is no longer what was looked at.
    """
    row = _locked(design)
    if row.state == DesignState.APPROVED:
        return row
    if row.state != DesignState.DRAFT:
        raise NotADraft(_("This design is no longer in use."))
    if row.revision != revision:
        raise EditConflict(_("Somebody else has changed this design. Look at it anew."))
    for code in row.languages:
        if not row.text("heading", code) or not row.text("issuer", code):
            raise TextsMissing(
                _("Write the heading and who issues it in every language of the sheet.")
            )
        if row.kind == Kind.VOUCHER and not row.text("value", code):
            raise TextsMissing(_("Write what the voucher is worth in every language of the sheet."))
    row.state, row.approved_by, row.approved_at = DesignState.APPROVED, by, clock.now()
    row.save(update_fields=["state", "approved_by", "approved_at"])
    return row


@transaction.atomic
def retire_design(*, design: Design) -> Design:
    """Let nothing more be issued of a design; what was issued stands. A draft is deleted instead."""
    row = _locked(design)
    if row.state == DesignState.DRAFT:
        row.delete()
        return row
    row.state = DesignState.RETIRED
    row.save(update_fields=["state"])
    return row


def _locked(design: Design) -> Design:
    return Design.objects.select_for_update(of=("self",)).get(pk=design.pk)
