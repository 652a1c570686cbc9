"""Certificates as Open Badges 3.0 credentials, their issuer and the list of what was revoked.

https://www.imsglobal.org/spec/ob/v3p0/ and https://www.w3.org/TR/vc-bitstring-status-list/
"""

import base64
import gzip
from datetime import UTC, datetime
from typing import Any, Final

from django.conf import settings
from django.utils import translation

from bala.certificates.enums import Kind
from bala.certificates.models import Certificate, Design
from bala.certificates.queries.sheets import verification_url
from bala.certificates.queries.verification import public_recipient
from bala.certificates.queries.wording import place_words
from bala.kernel.translated import pick

VC: Final = "https://www.w3.org/ns/credentials/v2"
OB: Final = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
SCHEMA: Final = (
    "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json"
)
#: How many certificates one list of revocation speaks of: the least that hides a single one.
LIST_LENGTH: Final = 131_072
_ACHIEVEMENTS: Final = {
    Kind.DIPLOMA: "Award",
    Kind.LETTER: "Award",
    Kind.PARTICIPATION: "Certificate",
    Kind.VOUCHER: "Certificate",
}

Credential = dict[str, Any]


def base() -> str:
    """Return where the site lives, without a slash at the end."""
    return str(settings.BALA_BASE_URL).rstrip("/")


def key_url(kid: str) -> str:
    """Return the address of a public key, which is the `kid` of what it signed."""
    return f"{base()}/badges/keys/{kid}.json"


def issuer() -> dict[str, Any]:
    """Return the profile of whoever signs: the platform of the campaign."""
    return {
        "id": f"{base()}/badges/issuer.json",
        "type": ["Profile"],
        "name": "Bala",
        "url": f"{base()}/",
        "description": "The platform of the campaign “A happy child is a happy country”, Kazakhstan",
    }


def achievement(design: Design) -> dict[str, Any]:
    """Return what a design stands for: public, the same for all who get it."""
    heading = pick({"ru": design.heading_ru, "kk": design.heading_kk}, "ru")
    campaign = pick({c: design.text("campaign", c) for c in ("kk", "ru", "en")}, "ru")
    issued_by = pick({c: design.text("issuer", c) for c in ("kk", "ru", "en")}, "ru")
    return {
        "id": f"{base()}/badges/achievements/{design.public_id}.json",
        "type": ["Achievement"],
        "achievementType": _ACHIEVEMENTS[Kind(design.kind)],
        "name": str(heading),
        "description": " – ".join(part for part in (str(heading), str(campaign)) if part),
        "criteria": {"narrative": f"{issued_by}. {campaign}".strip()},
        "inLanguage": heading.language,
    }


def credential(certificate: Certificate) -> Credential:
    """Return a certificate as an AchievementCredential.

    It holds what the public may read of the recipient and no more: of a child the first name or
    pseudonym while its family consents to publication, never the printed name (children first, 5).
    """
    url = verification_url(certificate.public_id)
    subject: dict[str, Any] = {
        "id": f"{url}#recipient",
        "type": ["AchievementSubject"],
        "achievement": {**achievement(certificate.design), **_what_for(certificate)},
    }
    recipient = public_recipient(certificate)
    if recipient.name:
        subject["identifier"] = [
            {
                "type": "IdentityObject",
                "hashed": False,
                "identityHash": recipient.name,
                "identityType": "name",
            }
        ]
    if certificate.place:
        subject["result"] = [{"type": ["Result"], "value": str(certificate.place)}]
    number, place = divmod(certificate.pk, LIST_LENGTH)
    return {
        "@context": [VC, OB],
        "id": url,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": f"{_kind(certificate)} {certificate.shown_number}",
        "issuer": issuer(),
        "validFrom": moment(certificate.issued_at),
        "credentialSubject": subject,
        "credentialStatus": {
            "id": f"{status_url(number)}#{place}",
            "type": "BitstringStatusListEntry",
            "statusPurpose": "revocation",
            "statusListIndex": str(place),
            "statusListCredential": status_url(number),
        },
        "credentialSchema": [{"id": SCHEMA, "type": "1EdTechJsonSchemaValidator2019"}],
    }


def status_url(number: int) -> str:
    """Return the address of a list of revocation."""
    return f"{base()}/badges/status/{number}"


def status_list(number: int, now: datetime) -> Credential:
    """Return the list of what was revoked among certificates `number` × LIST_LENGTH and following."""
    start = number * LIST_LENGTH
    revoked = Certificate.objects.filter(
        pk__gte=start, pk__lt=start + LIST_LENGTH, revoked_at__isnull=False
    )
    bits = bytearray(LIST_LENGTH // 8)
    for pk in revoked.order_by("pk").values_list("pk", flat=True):
        place = pk - start
        bits[place // 8] |= 0x80 >> (place % 8)  # the first bit is the leftmost
    packed = base64.urlsafe_b64encode(gzip.compress(bytes(bits), mtime=0)).decode().rstrip("=")
    url = status_url(number)
    return {
        "@context": [VC],
        "id": url,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": issuer(),
        "validFrom": moment(now),
        "credentialSubject": {
            "id": f"{url}#list",
            "type": "BitstringStatusList",
            "statusPurpose": "revocation",
            "encodedList": f"u{packed}",
        },
    }


def moment(when: datetime) -> str:
    """Return a moment as credentials write it: 2021-06-01T06:00:00Z."""
    return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def highest_list() -> int:
    """Return the number of the last list that speaks of a certificate; 0 where there is none."""
    last = Certificate.objects.order_by("-pk").values_list("pk", flat=True).first()
    return (last or 0) // LIST_LENGTH


def _what_for(certificate: Certificate) -> dict[str, Any]:
    """Narrow the achievement to the occasion, which is public as on the page of verification."""
    texts = {
        "ru": certificate.occasion_ru,
        "kk": certificate.occasion_kk,
        "en": certificate.occasion_en,
    }
    occasion = pick(texts, "ru")
    parts = [
        str(occasion),
        place_words(certificate.place, occasion.language),
        certificate.nomination,
    ]
    narrative = ", ".join(part for part in parts if part)
    return {"criteria": {"narrative": narrative}} if narrative else {}


def _kind(certificate: Certificate) -> str:
    with translation.override("en"):
        kind = str(Kind(certificate.design.kind).label)
    return kind[:1].upper() + kind[1:]
