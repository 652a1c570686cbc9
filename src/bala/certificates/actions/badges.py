"""Signing credentials, and baking them into pictures."""

import io
import json
import warnings
from datetime import datetime
from typing import Any
from xml.sax.saxutils import quoteattr

from joserfc import jws

from bala.certificates.actions.keys import public_keys, signing_key
from bala.certificates.actions.printing import badge_png
from bala.certificates.models import Certificate
from bala.certificates.queries.badge_checks import ALGORITHM, KEYWORD
from bala.certificates.queries.badges import credential, key_url, status_list
from bala.kernel import clock

# RFC 9864 would call it "Ed25519"; today's verifiers of Open Badges know the older name alone.
warnings.filterwarnings("ignore", message="EdDSA is deprecated via RFC 9864")


def jwks() -> dict[str, Any]:
    """Return the public keys as a JSON Web Key Set; the kid of each is its address."""
    return {"keys": [_published(one) for one in public_keys()]}


def public_key(kid: str) -> dict[str, Any] | None:
    """Return one public key by its short kid, or None."""
    return next((_published(one) for one in public_keys() if one["kid"] == kid), None)


def badge(certificate: Certificate) -> str:
    """Return a certificate as a signed Open Badges 3.0 credential (VC-JWT, compact)."""
    return sign(credential(certificate))


def status_token(number: int) -> str:
    """Return a list of revocations, signed at this moment."""
    return sign(status_list(number, clock.now()))


def baked_png(certificate: Certificate) -> bytes:
    """Return the picture of the badge with the credential in it, as Open Badges bakes it."""
    from PIL import Image  # heavy: only where it is used
    from PIL.PngImagePlugin import PngInfo

    info = PngInfo()
    info.add_itxt(KEYWORD, badge(certificate))
    out = io.BytesIO()
    with Image.open(io.BytesIO(badge_png(certificate.design.block))) as picture:
        picture.save(out, "PNG", pnginfo=info, optimize=True)
    return out.getvalue()


def sign(one: dict[str, Any]) -> str:
    """Return a credential as a token, with the claims that say the same as it does."""
    key = signing_key()
    subject = one["credentialSubject"]
    claims = {
        **one,
        "iss": one["issuer"]["id"],
        "jti": one["id"],
        "sub": subject["id"],
        "nbf": int(datetime.fromisoformat(one["validFrom"]).timestamp()),
    }
    kid = key_url(key.thumbprint())
    header = {"alg": ALGORITHM, "typ": "JWT", "kid": kid}
    payload = json.dumps(claims, ensure_ascii=False, separators=(",", ":")).encode()
    return jws.serialize_compact(header, payload, key, algorithms=[ALGORITHM])


def baked_svg(certificate: Certificate, drawn: str) -> str:
    """Return an SVG picture with the credential in it."""
    baked = (
        '<openbadges:credential xmlns:openbadges="https://purl.imsglobal.org/ob/v3p0"'
        f" verify={quoteattr(badge(certificate))}/>"
    )
    start = drawn.index(">", drawn.index("<svg")) + 1
    return drawn[:start] + baked + drawn[start:]


def _published(one: dict[str, Any]) -> dict[str, Any]:
    return {**one, "kid": key_url(one["kid"]), "alg": ALGORITHM, "use": "sig"}
