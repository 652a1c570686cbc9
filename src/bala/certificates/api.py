"""Certificates for other programs: one's own, and what everybody may read by a code."""

from datetime import date, datetime, timedelta
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Field, Router, Schema
from ninja.security import django_auth

from bala.certificates.access import own_certificates, verified_certificate
from bala.certificates.models import Certificate
from bala.certificates.queries.certificates import NEWEST
from bala.certificates.queries.sheets import verification_url
from bala.certificates.queries.verification import CHECKS, MISSES
from bala.kernel import limits
from bala.kernel.errors import NotHere
from bala.kernel.keyset import page_of

router = Router(tags=["certificates"])
MOST = 100


class Texts(Schema):
    """A text in three languages; an empty one is not written."""

    kk: str
    ru: str
    en: str


class CertificateOut(Schema):
    """A certificate as its owner reads it."""

    code: str
    number: str
    kind: str
    name: str
    occasion: Texts
    place: int | None
    nomination: str
    issued_on: date
    revoked_at: datetime | None
    revoked_why: str
    url: str


class CertificatesOut(Schema):
    """A page of certificates; `next` is the cursor of the next one, "" after the last."""

    items: list[CertificateOut]
    next: str


class RecipientOut(Schema):
    """What everybody may read of a recipient; empty where nothing."""

    name: str
    age_band: str
    region: str


class VerificationOut(Schema):
    """Whether a certificate stands, what for, when and by whom it was given."""

    code: str
    number: str
    kind: str
    valid: bool
    revoked_at: datetime | None
    revoked_why: str
    recipient: RecipientOut
    occasion: Texts
    place: int | None
    nomination: str
    issued_on: date
    issued_by: Texts


@router.get("/certificates", response=CertificatesOut, auth=django_auth)
def certificates(
    request: HttpRequest, cursor: Annotated[str, Field(max_length=500)] = ""
) -> dict[str, Any]:
    """The certificates of the person who is signed in, and of the children whom the person represents."""
    page = page_of(own_certificates(request.user), order=NEWEST, cursor=cursor, size=MOST)
    return {"items": [_own(one) for one in page], "next": page.next_cursor}


@router.get("/certificates/{code}", response=VerificationOut)
def verification(request: HttpRequest, code: str) -> dict[str, Any]:
    """What everybody may read of a certificate by the code on it."""
    visitor = limits.visitor(request)
    limits.hit(f"certificates.verify:{visitor}", limit=CHECKS, per=timedelta(hours=1))
    try:
        found = verified_certificate(code)
    except NotHere:
        limits.hit(f"certificates.miss:{visitor}", limit=MISSES, per=timedelta(hours=1))
        raise
    one, design = found.certificate, found.certificate.design
    return {
        "code": one.public_id,
        "number": one.shown_number,
        "kind": design.kind,
        "valid": found.is_valid,
        "revoked_at": one.revoked_at,
        "revoked_why": one.revoked_why,
        "recipient": {
            "name": found.recipient.name,
            "age_band": found.recipient.age_band,
            "region": found.recipient.region.iso_code if found.recipient.region else "",
        },
        "occasion": _texts(one, "occasion"),
        "place": one.place,
        "nomination": one.nomination,
        "issued_on": one.issued_on,
        "issued_by": _texts(design, "issuer"),
    }


def _own(one: Certificate) -> dict[str, Any]:
    return {
        "code": one.public_id,
        "number": one.shown_number,
        "kind": one.design.kind,
        "name": one.name,
        "occasion": _texts(one, "occasion"),
        "place": one.place,
        "nomination": one.nomination,
        "issued_on": one.issued_on,
        "revoked_at": one.revoked_at,
        "revoked_why": one.revoked_why,
        "url": verification_url(one.public_id),
    }


def _texts(row: Any, name: str) -> dict[str, str]:
    return {code: str(getattr(row, f"{name}_{code}")) for code in ("kk", "ru", "en")}
