"""What the shell of every page needs."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, gettext

from bala.kernel import clock
from bala.programme.queries.campaigns import current_campaign
from bala.territory.queries import helplines_on

LANGUAGE_LABELS = (("kk", "ҚАЗ", "Қазақша"), ("ru", "РУС", "Русский"), ("en", "ENG", "English"))


def shell(request: HttpRequest) -> dict[str, Any]:
    """Return language switch, helplines, campaign, theme and the state of the demonstration."""
    language = get_language() or "kk"
    path = request.get_full_path()
    return {
        "language_urls": [
            {
                "code": code,
                "label": label,
                "name": name,
                "url": translate_url(path, code),
                "current": code == language[:2],
            }
            for code, label, name in LANGUAGE_LABELS
        ],
        "campaign": SimpleLazyObject(current_campaign),
        "helplines": SimpleLazyObject(lambda: list(helplines_on(clock.today()))),
        "theme": request.COOKIES.get("theme", "auto"),
        "demo": {"now": clock.now()} if settings.BALA_DEMO else None,
        "site_name": gettext("Bala"),
    }
