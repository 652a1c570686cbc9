"""The demonstration's bar, on every page."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from bala.demo.enums import STEPS
from bala.demo.queries import second_factor, sign_ins
from bala.kernel import clock, dates


def demonstration(request: HttpRequest) -> dict[str, Any]:
    """Return what the bar shows, and the sign-ins on the sign-in page; nothing outside of it."""
    if not settings.BALA_DEMO:
        return {"demo": None}
    today = clock.today()
    match = request.resolver_match
    page = match.url_name if match else ""
    return {
        "demo": {
            "label": dates.format_date(today, official=True),
            "action": reverse("demo:clock"),
            "steps": [(value, label, day == today) for value, label, day in STEPS],
            "sign_ins": sign_ins() if page == "account_login" else [],
            "second_factor": second_factor() if page == "mfa_authenticate" else None,
        }
    }
