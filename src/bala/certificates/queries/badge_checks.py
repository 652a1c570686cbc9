"""Whether a badge is genuine, told from the file alone: no network, no database.

What is asked for: the keys of the issuer, and, to know of revocations, its list of them.
"""

import base64
import binascii
import gzip
import io
import json
import re
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from xml.etree.ElementTree import ParseError

from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import OKPKey

ALGORITHM: Final = "EdDSA"
KEYWORD: Final = "openbadgecredential"  # of the text in a baked PNG
LONGEST: Final = 1_000_000  # characters of a token, bytes of a picture ten times that
MOST_BITS: Final = 1 << 24
_SKEW: Final = timedelta(minutes=5)  # clocks differ
_TOKEN = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)")


@dataclass(slots=True)
class BadgeCheck:
    """What was found: `faults` is empty for a badge that is genuine and holds."""

    credential: dict[str, Any] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    revoked: bool | None = None  # None: no list of revocations was given
    kid: str = ""

    @property
    def is_valid(self) -> bool:
        """Whether it is genuine, and not known to be revoked."""
        return not self.faults and not self.revoked


class NotABadge(ValueError):
    """The file holds no token."""


def token_of(data: bytes) -> str:
    """Return the token in a file: the token itself, JSON with it, or a baked PNG or SVG.

    Raises NotABadge.
    """
    if len(data) > 10 * LONGEST:
        raise NotABadge("the file is too large for a badge")
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return _in_png(data)
    try:
        text = data.decode("utf-8-sig").strip()
    except UnicodeDecodeError:
        raise NotABadge("the file is neither a token nor a picture with one") from None
    if "<svg" in text[:2000]:
        return _in_svg(data)
    if text.startswith(("{", '"')):
        text = _in_json(text)
    if len(text) <= LONGEST and _TOKEN.fullmatch(text):
        return text
    raise NotABadge("the file holds no token")


def check(
    token: str, keys: Iterable[dict[str, Any]], *, status: str = "", now: datetime
) -> BadgeCheck:
    """Check a token against the public keys of its issuer (JWK), and against a list of revocations.

    `status` is that list as a token of the same issuer. Never raises for what stands in a token.
    """
    found = BadgeCheck()
    claims = _signed(token, list(keys), found)
    if claims is None:
        return found
    found.credential = claims
    found.faults += credential_faults(claims) + _claim_faults(claims, now)
    if status and not found.faults:
        found.revoked = _is_revoked(claims, status, list(keys), found)
    return found


def credential_faults(one: dict[str, Any]) -> list[str]:
    """Return where an object breaks the rules of an Open Badges 3.0 AchievementCredential."""
    faults = []

    def want(holds: bool, fault: str) -> None:
        if not holds:
            faults.append(fault)

    context = _list(one.get("@context"))
    want(
        context[:1] == ["https://www.w3.org/ns/credentials/v2"],
        "@context does not begin with credentials v2",
    )
    second = context[1] if len(context) > 1 else ""
    want(
        isinstance(second, str)
        and second.startswith("https://purl.imsglobal.org/spec/ob/v3p0/context"),
        "@context lacks Open Badges 3.0",
    )
    types = _list(one.get("type"))
    want("VerifiableCredential" in types, "type lacks VerifiableCredential")
    want(
        bool(
            {"OpenBadgeCredential", "AchievementCredential"}
            & {t for t in types if isinstance(t, str)}
        ),
        "type lacks OpenBadgeCredential",
    )
    want(_is_uri(one.get("id")), "id is no URI")
    issuer = one.get("issuer")
    if isinstance(issuer, dict):
        want(_is_uri(issuer.get("id")), "issuer.id is no URI")
        want("Profile" in _list(issuer.get("type")), "issuer.type lacks Profile")
    else:
        want(_is_uri(issuer), "issuer is no URI")
    want(_moment(one.get("validFrom")) is not None, "validFrom is no moment with a zone")
    until = one.get("validUntil")
    want(until is None or _moment(until) is not None, "validUntil is no moment with a zone")
    faults += _subject_faults(one.get("credentialSubject"))
    status = one.get("credentialStatus")
    if status is not None:
        want(isinstance(status, dict) and bool(status.get("type")), "credentialStatus has no type")
    for schema in _list(one.get("credentialSchema")) if one.get("credentialSchema") else []:
        want(
            isinstance(schema, dict) and _is_uri(schema.get("id")) and bool(schema.get("type")),
            "credentialSchema wants id and type",
        )
    return faults


def _subject_faults(subject: Any) -> list[str]:
    if not isinstance(subject, dict):
        return ["credentialSubject is missing"]
    faults = []
    if "AchievementSubject" not in _list(subject.get("type")):
        faults.append("credentialSubject.type lacks AchievementSubject")
    if not _is_uri(subject.get("id")) and not subject.get("identifier"):
        faults.append("credentialSubject has neither id nor identifier")
    one = subject.get("achievement")
    if not isinstance(one, dict):
        return [*faults, "achievement is missing"]
    if "Achievement" not in _list(one.get("type")):
        faults.append("achievement.type lacks Achievement")
    if not _is_uri(one.get("id")):
        faults.append("achievement.id is no URI")
    faults += [
        f"achievement.{name} is missing"
        for name in ("name", "description")
        if not _is_text(one.get(name))
    ]
    criteria = one.get("criteria")
    if not isinstance(criteria, dict) or not (
        _is_text(criteria.get("narrative")) or _is_uri(criteria.get("id"))
    ):
        faults.append("achievement.criteria wants id or narrative")
    return faults


def _claim_faults(claims: dict[str, Any], now: datetime) -> list[str]:
    """The claims of the token say the same as the credential, and it holds at this moment."""
    issuer = claims.get("issuer")
    subject = claims.get("credentialSubject")
    same = {
        "iss": issuer.get("id") if isinstance(issuer, dict) else issuer,
        "jti": claims.get("id"),
        "sub": subject.get("id") if isinstance(subject, dict) else None,
    }
    faults = [
        f"{name} is not that of the credential"
        for name, value in same.items()
        if claims.get(name) != value
    ]
    start, end = _moment(claims.get("validFrom")), _moment(claims.get("validUntil"))
    if start is not None and claims.get("nbf") != int(start.timestamp()):
        faults.append("nbf is not that of the credential")
    if start is not None and start > now + _SKEW:
        faults.append("it holds from a later moment on")
    if end is not None and end < now:
        faults.append("it holds no more since validUntil")
    return faults


def _signed(token: str, keys: list[dict[str, Any]], found: BadgeCheck) -> dict[str, Any] | None:
    """Return what a token says if one of the keys signed it; else note why not."""
    try:
        unproven = jws.extract_compact(token.encode())
        header: dict[str, Any] = unproven.headers()
    except (JoseError, ValueError, TypeError, AttributeError, KeyError):
        found.faults.append("it is no token")
        return None
    if header.get("alg") != ALGORITHM:
        found.faults.append("it is signed in another way than EdDSA")
        return None
    found.kid = str(header.get("kid", ""))
    short = found.kid.rpartition("/")[2].removesuffix(".json")
    known = next((key for key in keys if key.get("kid") in (found.kid, short)), None)
    if known is None:
        found.faults.append("its key is not among the issuer's keys")
        return None
    try:
        key = OKPKey.import_key({name: known[name] for name in ("kty", "crv", "x")})
        proven = jws.deserialize_compact(token.encode(), key, algorithms=[ALGORITHM])
        claims = json.loads(proven.payload)
    except (JoseError, ValueError, TypeError, KeyError):
        found.faults.append("its signature is wrong")
        return None
    if not isinstance(claims, dict):
        found.faults.append("it holds no credential")
        return None
    return claims


def _is_revoked(
    claims: dict[str, Any], status: str, keys: list[dict[str, Any]], found: BadgeCheck
) -> bool | None:
    entry = claims.get("credentialStatus")
    if not isinstance(entry, dict):
        return None
    beside = BadgeCheck()
    listed = _signed(status, keys, beside)
    if listed is None:
        found.faults.append(f"the list of revocations: {beside.faults[0]}")
        return None
    subject = listed.get("credentialSubject")
    if listed.get("id") != entry.get("statusListCredential") or not isinstance(subject, dict):
        found.faults.append("the list of revocations is another than the badge names")
        return None
    bits = _bits(subject.get("encodedList"))
    index = str(entry.get("statusListIndex", ""))
    if (
        bits is None
        or not (index.isascii() and index.isdigit())
        or len(index) > 9
        or int(index) >= len(bits) * 8
    ):
        found.faults.append("the list of revocations does not speak of this badge")
        return None
    return bool(bits[int(index) // 8] & (0x80 >> (int(index) % 8)))


def _bits(text: Any) -> bytes | None:
    if not isinstance(text, str) or not text.startswith("u"):
        return None
    try:
        packed = base64.urlsafe_b64decode(text[1:] + "=" * (-len(text[1:]) % 4))
        with gzip.GzipFile(fileobj=io.BytesIO(packed)) as file:
            return file.read(MOST_BITS // 8)  # no more, whatever it would unpack to
    except (binascii.Error, ValueError, OSError, EOFError, zlib.error):
        return None


def _in_png(data: bytes) -> str:
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(data)) as picture:
            picture.load()
            found = picture.info.get(KEYWORD, "")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
        raise NotABadge("the picture is damaged") from None
    if not found:
        raise NotABadge("no badge is baked into this picture")
    return str(found).strip()


def _in_svg(data: bytes) -> str:
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    try:
        root = fromstring(data)
    except (ParseError, DefusedXmlException, ValueError):
        raise NotABadge("the picture is damaged") from None
    for element in root.iter():
        if str(element.tag).endswith("}credential") and element.get("verify"):
            return str(element.get("verify")).strip()
    raise NotABadge("no badge is baked into this picture")


def _in_json(text: str) -> str:
    try:
        read = json.loads(text)
    except ValueError:
        raise NotABadge("the file is damaged JSON") from None
    if isinstance(read, dict):
        read = read.get("credential") or read.get("jwt") or ""
    return read if isinstance(read, str) else ""


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_uri(value: Any) -> bool:
    return isinstance(value, str) and bool(re.match(r"(?:https?://|urn:|did:)\S+$", value))


def _moment(value: Any) -> datetime | None:
    if not isinstance(value, str) or not _MOMENT.fullmatch(value):
        return None
    try:
        return datetime.fromisoformat(value).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
