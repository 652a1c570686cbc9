"""What the shell of every page needs."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse, translate_url
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, gettext, gettext_lazy
from django_stubs_ext import StrOrPromise

from bala.kernel import clock
from bala.kernel.keeping import kept
from bala.pages.enums import THEMES
from bala.pages.queries.console import campaign_in_view, menu_counts
from bala.people.enums import Role
from bala.people.models import Account
from bala.people.queries import rights_of
from bala.programme.access.campaigns import Reach, campaigns_of, reach_of
from bala.programme.models import Campaign
from bala.programme.queries.campaigns import current_campaign
from bala.territory.queries import helplines_on

#: What stands in the menus: (name of the address, words). A room adds its line here.
Menu = Sequence[tuple[str, StrOrPromise]]
PUBLIC: Menu = (
    ("programme:programme", gettext_lazy("Programme")),
    ("pages:calendar", gettext_lazy("Calendar")),
    ("pages:regions", gettext_lazy("Regions")),
    ("programme:public_coverage", gettext_lazy("How it goes")),
    ("pages:helplines", gettext_lazy("Help")),
    ("pages:search", gettext_lazy("Search")),
)

#: The console's menu, as (heading, lines); a line is (address, words, who sees it). Addresses take
#: the campaign's slug, but for those that stand outside of any campaign.
Line = tuple[str, StrOrPromise, frozenset[str]]
_COORDINATOR = frozenset({"coordinator"})
_ORGANISERS = frozenset({"coordinator", "organiser"})
_READERS = frozenset({"coordinator", "organiser", "editor"})
_ISSUERS = frozenset({"coordinator", "organiser", "host"})
_MODERATORS = frozenset({"coordinator", "moderator"})
CONSOLE: Sequence[tuple[StrOrPromise, Sequence[Line]]] = (
    (
        "",
        (
            ("programme:coverage", gettext_lazy("Coverage"), _READERS),
            ("programme:plans", gettext_lazy("Plans of the regions"), _READERS),
            ("programme:hosting", gettext_lazy("My organisation"), frozenset({"host"})),
            ("programme:proposals", gettext_lazy("Proposals"), _ORGANISERS),
            ("safeguarding:queue", gettext_lazy("Moderation"), _MODERATORS),
            ("certificates:certificates", gettext_lazy("Certificates"), _ISSUERS),
            ("returns:overview", gettext_lazy("Returns"), _ORGANISERS),
            ("returns:reports", gettext_lazy("Reports"), _COORDINATOR),
        ),
    ),
    (
        gettext_lazy("Campaign"),
        (
            ("programme:campaign_edit", gettext_lazy("Programme and texts"), _READERS),
            ("programme:concepts", gettext_lazy("Concept documents"), _COORDINATOR),
            ("programme:deadlines", gettext_lazy("Deadlines"), _ORGANISERS),
            ("programme:sanitary", gettext_lazy("Sanitary rules"), _ORGANISERS),
        ),
    ),
    (
        gettext_lazy("Service"),
        (
            ("programme:organisations", gettext_lazy("Organisations"), _ORGANISERS),
            ("people:rights", gettext_lazy("People and rights"), _ORGANISERS),
            ("notify:outbox", gettext_lazy("Letters"), _ORGANISERS),
        ),
    ),
)

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


def _items(request: HttpRequest, menu: Menu, slug: str = "") -> Iterator[NavItem]:
    for name, label in menu:
        url = _address(name, slug)
        if not url:  # its room is not installed, or no campaign is published
            continue
        here = request.path == url or (name != "pages:console" and request.path.startswith(url))
        yield NavItem(str(label), url, here)


def _roles(reach: Reach) -> frozenset[str]:
    held = {
        "coordinator": reach.is_coordinator,
        "editor": reach.is_editor,
        "organiser": bool(reach.organiser),
        "host": bool(reach.host),
    }
    return frozenset(role for role, holds in held.items() if holds)


def _address(name: str, slug: str) -> str:
    return _address_in(get_language() or "", name, slug)


@lru_cache(maxsize=1000)
def _address_in(_language: str, name: str, slug: str) -> str:
    """Look an address up once for each language, with the campaign's slug where it takes one."""
    try:
        return reverse(name, kwargs={"slug": slug})
    except NoReverseMatch:
        try:
            return reverse(name)
        except NoReverseMatch:
            return ""


def _slug(request: HttpRequest, campaign: Any) -> str:
    """Return the campaign that the address names, else the one of the day; "" when there is none."""
    named = request.resolver_match.kwargs.get("slug", "") if request.resolver_match else ""
    return str(named or (campaign.slug if campaign else ""))


def _groups(request: HttpRequest, campaign: Campaign | None) -> list[NavGroup]:
    home = reverse("pages:console")
    groups = [NavGroup("", [NavItem(gettext("Today"), home, request.path == home)])]
    if campaign is None or not isinstance(request.user, Account):
        return groups
    roles = _roles(reach_of(request.user, campaign))
    if rights_of(request.user).has(Role.MODERATOR, campaign.slug):
        roles |= {"moderator"}
    counts = menu_counts(request.user, campaign)
    for label, lines in CONSOLE:
        items = []
        for name, words, who in lines:
            if roles & who:
                url = _address(name, campaign.slug)
                if url:
                    here = request.path.startswith(url)
                    items.append(NavItem(words, url, here, counts.get(name)))
        if items and not label:
            groups[0].items.extend(items)
        elif items:
            groups.append(NavGroup(label, items))
    return groups


@dataclass(frozen=True)
class Switch:
    """A campaign that the console can be switched to."""

    title: str
    switch_url: str
    current: bool


def _console(request: HttpRequest) -> dict[str, Any]:
    """What the console's shell shows: the campaign at work, the others, the menu."""
    if not isinstance(request.user, Account):
        return {}
    account, match = request.user, request.resolver_match
    slug = match.kwargs.get("slug") if match else None
    named = slug or request.GET.get("campaign")

    @cache
    def at_work() -> Campaign | None:
        return campaign_in_view(account, named)

    def switches() -> list[Switch]:
        shown = at_work()
        current = shown.slug if shown else ""
        return [
            Switch(c.title, f"{reverse('pages:console')}?campaign={c.slug}", c.slug == current)
            for c in campaigns_of(account)
        ]

    return {
        "campaign": SimpleLazyObject(at_work),
        "campaigns": SimpleLazyObject(switches),
        "console_nav": SimpleLazyObject(lambda: _groups(request, at_work())),
    }


@dataclass(frozen=True, slots=True)
class HelplineLink:
    """A helpline as every page shows it."""

    number: str
    url: str
    label: str


def helplines() -> tuple[HelplineLink, ...]:
    """Return the country's helplines of the day; kept."""

    def read() -> tuple[HelplineLink, ...]:
        found = helplines_on(clock.today())
        return tuple(HelplineLink(one.number, one.url, str(one.label)) for one in found)

    return kept("helplines", read)


@dataclass(frozen=True, slots=True)
class LanguageLink:
    """This page in a language."""

    code: str
    label: str
    name: str
    url: str
    current: bool


def chosen_theme(request: HttpRequest) -> str:
    """Return auto, light or dark: what the visitor chose, whatever the cookie holds."""
    theme = request.COOKIES.get("theme", "")
    return theme if theme in THEMES else "auto"


def _in_language(request: HttpRequest, code: str) -> str:
    """Return the address of this page in another language, its place in a list included."""
    path = request.get_full_path()
    here = f"/{get_language()}/"
    if path.startswith(here):  # the language stands first: nothing else of an address is translated
        return f"/{code}/{path.removeprefix(here)}"
    return translate_url(path, code)


def shell(request: HttpRequest) -> dict[str, Any]:
    """Return language switch, helplines, campaign, theme and the state of the demonstration."""
    language = get_language() or "kk"
    campaign = SimpleLazyObject(current_campaign)

    @cache
    def slug() -> str:
        return _slug(request, campaign)

    return {
        "language_urls": tuple(
            LanguageLink(code, label, name, _in_language(request, code), code == language[:2])
            for code, label, name in LANGUAGE_LABELS
        ),
        "campaign": campaign,
        "helplines": cache(helplines),  # templates call it, once, where they need it
        "theme": chosen_theme(request),
        "public_nav": cache(lambda: tuple(_items(request, PUBLIC, slug()))),
        "public_slug": SimpleLazyObject(slug),
        **(_console(request) if request.path_info[3:].startswith("/console/") else {}),
        "site_name": gettext("Bala"),
    }
