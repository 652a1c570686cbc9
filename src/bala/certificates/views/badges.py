"""What verifiers of badges read: keys, issuer, achievements, lists of revocations."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from bala.certificates.access import known_achievement
from bala.certificates.actions import badges as actions
from bala.certificates.queries.badges import OB, VC, achievement, highest_list, issuer
from bala.kernel.errors import NotHere
from bala.kernel.public_pages import people_page, public_page


@public_page
def jwks(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """The public keys, as a JSON Web Key Set."""
    return _json(actions.jwks(), "application/jwk-set+json")


@public_page
def key(request: HttpRequest, kid: str) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """One public key: what the `kid` of a badge leads to."""
    found = actions.public_key(kid)
    return _json(found, "application/jwk+json") if found else HttpResponse(status=404)


@public_page
def profile(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Who issues."""
    return _json({"@context": [VC, OB], **issuer()}, "application/json")


@public_page
def achievement_of(request: HttpRequest, public_id: str) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """What a badge stands for."""
    return _json(
        {"@context": [VC, OB], **achievement(known_achievement(public_id))}, "application/json"
    )


@people_page
def status(request: HttpRequest, number: int) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """A list of revocations; a revocation takes the kept one back at once."""
    if number > highest_list():
        raise NotHere(_("There is no such list."))
    return HttpResponse(actions.status_token(number), content_type="application/vc+jwt")


def _json(content: dict[str, Any], content_type: str) -> HttpResponse:
    text = json.dumps(content, ensure_ascii=False, indent=1)
    response = HttpResponse(text, content_type=content_type)
    response["Access-Control-Allow-Origin"] = "*"  # verifiers run in browsers too
    return response
