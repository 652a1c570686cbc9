"""Makers of designs and certificates."""

from typing import Any

from bala.certificates.actions import Award, Occasion, Recipient, issue
from bala.certificates.enums import DesignState, Kind
from bala.certificates.models import Certificate, Design
from bala.kernel import clock

SLUG = "bakytty-bala-1"
OCCASION = Occasion(kk="«Отбасылық эстафета»", ru="«Семейная эстафета»", en="Family relay")
KAZAKH = "Әлия Ғабиқызы Қуанышбекова-Ңұрүһіө"


def make_design(kind: Kind = Kind.DIPLOMA, **fields: Any) -> Design:
    """Make an approved design in both languages (or in another `state`)."""
    state = fields.pop("state", DesignState.APPROVED)
    fields.setdefault("campaign_slug", SLUG)
    fields.setdefault("campaign_kk", "«Бақытты бала – бақытты ел»")
    fields.setdefault("campaign_ru", "«Счастливый ребенок – счастливая страна»")
    fields.setdefault("label", "Диплом эстафеты")
    fields.setdefault("heading_kk", "Диплом")
    fields.setdefault("heading_ru", "Диплом")
    fields.setdefault("lead_ru", "награждается")
    fields.setdefault("body_kk", "{occasion} жеңімпазы")
    fields.setdefault("body_ru", "за победу: {occasion}")
    fields.setdefault("issuer_kk", "Білім басқармасы")
    fields.setdefault("issuer_ru", "Управление образования")
    fields.setdefault(
        "signatories", [{"name": "С. Ахметова", "post_kk": "Басшы", "post_ru": "Руководитель"}]
    )
    if kind == Kind.VOUCHER:
        fields.setdefault("value_kk", "4 билет")
        fields.setdefault("value_ru", "4 билета")
    if state != DesignState.DRAFT:
        fields.setdefault("approved_at", clock.now())
    return Design.objects.create(kind=kind, state=state, **fields)


def make_certificate(design: Design | None = None, **fields: Any) -> Certificate:
    """Issue a certificate to a person by name (or to `recipient`)."""
    recipient = fields.pop("recipient", None) or Recipient.named(fields.pop("name", KAZAKH))
    award = Award(recipient, fields.pop("place", None), fields.pop("nomination", ""))
    return issue(
        by=fields.pop("by", None),
        design=design or make_design(),
        occasion=fields.pop("occasion", OCCASION),
        award=award,
        **fields,
    )
