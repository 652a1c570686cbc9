"""What the shell of every page needs."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse, translate_url
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, gettext, gettext_lazy
from django_stubs_ext import StrOrPromise

from bala.kernel import clock
from bala.pages.enums import THEMES
from bala.programme.queries.campaigns import current_campaign
from bala.territory.queries import helplines_on

#: What stands in the menus: (name of the address, words). A room adds its line here.
Menu = Sequence[tuple[str, StrOrPromise]]
PUBLIC: Menu = (
    ("pages:programme", gettext_lazy("Programme")),
    ("pages:calendar", gettext_lazy("Calendar")),
    ("pages:regions", gettext_lazy("Regions")),
    ("pages:coverage", gettext_lazy("How it goes")),
    ("pages:helplines", gettext_lazy("Help")),
    ("pages:search", gettext_lazy("Search")),
)
CONSOLE: Sequence[tuple[StrOrPromise, Menu]] = (("", (("pages:console", gettext_lazy("Today")),)),)

LANGUAGE_LABELS = (("kk", "ҚАЗ", "Қазақша"), ("ru", "РУС", "Русский"), ("en", "ENG", "English"))


@dataclass(frozen=True)
class NavItem:
    """A line of a menu; `count` is what waits there."""

    label: StrOrPromise
    url: str
    current: bool
    count: int | None = None


@dataclass(frozen=True)
class NavGroup:
    """Lines of a menu that belong together, under a heading or none."""

    label: StrOrPromise
    items: list[NavItem]


def _items(request: HttpRequest, menu: Menu) -> Iterator[NavItem]:
    for name, label in menu:
        try:
            url = reverse(name)
        except NoReverseMatch:  # its room is not installed
            continue
        here = request.path == url or (name != "pages:console" and request.path.startswith(url))
        yield NavItem(label, url, here)


def _groups(request: HttpRequest) -> list[NavGroup]:
    groups = (NavGroup(label, list(_items(request, menu))) for label, menu in CONSOLE)
    return [group for group in groups if group.items]


def chosen_theme(request: HttpRequest) -> str:
    """Return auto, light or dark: what the visitor chose, whatever the cookie holds."""
    theme = request.COOKIES.get("theme", "")
    return theme if theme in THEMES else "auto"


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
        "theme": chosen_theme(request),
        "public_nav": SimpleLazyObject(lambda: list(_items(request, PUBLIC))),
        "console_nav": SimpleLazyObject(lambda: _groups(request)),
        "demo": {"now": clock.now()} if settings.BALA_DEMO else None,
        "site_name": gettext("Bala"),
    }
