"""What `bala check --deploy` says beyond Django's own checks."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Tags, register
from django.core.checks import Warning as Told
from django.http.request import validate_host


@register(Tags.security, deploy=True)
def production(app_configs: Any, **_options: Any) -> list[CheckMessage]:  # noqa: ARG001
    """Warn of what works, and yet must not be so where real people are served."""
    found: list[CheckMessage] = []
    if settings.EMAIL_BACKEND.endswith(("console.EmailBackend", "dummy.EmailBackend")):
        found.append(Told("EMAIL_URL is not set: no letter leaves.", id="bala.W001"))
    host = urlsplit(settings.BALA_BASE_URL).hostname or ""
    if not validate_host(host, settings.ALLOWED_HOSTS):
        found.append(
            Told(f"ALLOWED_HOSTS lacks {host!r}, the host of BALA_BASE_URL.", id="bala.W002")
        )
    if settings.BALA_DEMO:
        found.append(Told("BALA_DEMO is on: invented people can sign in.", id="bala.W003"))
    if not settings.BALA_MFA_REQUIRED:
        found.append(
            Told("BALA_MFA_REQUIRED is off: staff get in by password alone.", id="bala.W004")
        )
    return found
