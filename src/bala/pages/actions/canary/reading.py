"""Reading everything: named addresses first, then whatever they link to."""

import re
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import Any, Final
from urllib.parse import urljoin, urlsplit

from django.db import transaction
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse
from django.utils import translation

from bala.pages.actions.canary.needles import Needles
from bala.pages.actions.canary.planting import Planted
from bala.people.models import Account

_LINK: Final = re.compile(r"""(?:href|src|srcset|hx-get|content)=["']([^"']+)["']""")
_LOC: Final = re.compile(r"<(?:loc|id|link)[^>]*?(?:href=\")?([^<\"]+)")
_HOST: Final = "http://localhost"
#: Not read: what ends the session, what others wrote, and files that are the same for all.
_LEFT_OUT: Final = ("/static/", "/admin/", "/accounts/logout")


@dataclass(slots=True)
class Reading:
    """What was read, and where a planted word stood."""

    needles: Needles
    most: int  # addresses that one reader reads in one language
    counts: Counter[str] = field(default_factory=Counter)
    found: list[dict[str, str]] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)

    def read_as(self, reader: str, account: Account | None, seeds: Iterable[str]) -> None:
        """Read the seeds and what they link to, as a visitor or as somebody signed in."""
        client = Client(raise_request_exception=False, HTTP_HOST="localhost")
        if account is not None:
            client.force_login(account, "django.contrib.auth.backends.ModelBackend")
        first = list(dict.fromkeys(seeds))
        waiting, known = deque(first), set(first)
        left = self.most + len(first)
        while waiting and left > 0:
            left -= 1
            address = waiting.popleft()
            for link in self._read(client, reader, address):
                if link not in known:
                    known.add(link)
                    waiting.append(link)

    def _read(self, client: Client, reader: str, address: str) -> list[str]:
        # What a request writes (a count, a session) is taken back before the next one.
        with transaction.atomic():
            response = client.get(address)
            body: bytes = response.getvalue()
            transaction.set_rollback(True)
        headers = "\n".join(f"{name}: {value}" for name, value in response.items())
        if response.status_code >= 500:
            self.broken.append(address)
        self.counts[_kind(response, address)] += 1
        for where in sorted(self.needles.found_in(body, headers)):
            self.found.append({"address": address, "field": where, "reader": reader})
        links = [response.get("Location", "")]
        if _is_text(response):
            text = body.decode("utf-8", "ignore")
            links += [part for one in _LINK.findall(text) for part in _parts(one)]
            if "xml" in response.get("Content-Type", ""):
                links += _LOC.findall(text)
        return list(_own(links, address))


def seeds_of(planted: Planted, language: str) -> Iterator[str]:
    """Give every named address of the site, about all that was planted."""
    with translation.override(language):
        for name, wanted in _named_addresses():
            for given in _all_ways(wanted, _values(planted, name.partition(":")[0])):
                try:
                    yield reverse(name, kwargs=given)
                except NoReverseMatch:
                    continue


def _values(planted: Planted, room: str) -> dict[str, list[Any]]:
    """Give what may stand in the addresses of a room; in those of one that we do not know, anything."""
    everything = [one for ids in planted.ids.values() for one in ids]
    ids = planted.ids.get({"media": "files"}.get(room, room)) or everything
    names = [rendition.name for file in planted.files for rendition in file.renditions.all()]
    return {
        "slug": [planted.campaign.slug],
        "public_id": ids,
        "code": ids,
        "key": ids[:1],
        "consent_id": [planted.consent],
        "iso_code": [planted.region.iso_code],
        "iso": [planted.region.iso_code],
        "number": [planted.activity.block.number],
        "day": [planted.item.starts_on.isoformat()],
        "name": list(dict.fromkeys(names)),
        "form": ["xlsx", "csv", "pdf", "docx"],
        "section": ["pages", "events"],
        "pk": [planted.item.pk],
    }


def _all_ways(wanted: list[str], values: dict[str, list[Any]]) -> Iterator[dict[str, Any]]:
    if any(name not in values for name in wanted):
        return
    ways: list[dict[str, Any]] = [{}]
    for name in wanted:
        ways = [{**way, name: value} for way in ways for value in values[name]]
    yield from ways


def _named_addresses() -> Iterator[tuple[str, list[str]]]:
    """Give the name and the parameters of every address but those of Django's admin."""

    def walk(resolver: Any, space: str) -> Iterator[tuple[str, list[str]]]:
        for pattern in resolver.url_patterns:
            if isinstance(pattern, URLResolver):
                if pattern.namespace != "admin":
                    inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
                    yield from walk(pattern, inner)
            elif isinstance(pattern, URLPattern) and pattern.name:
                yield f"{space}{pattern.name}", list(pattern.pattern.converters)

    yield from walk(get_resolver(), "")


def _parts(text: str) -> list[str]:
    """Split a srcset; any other link comes back alone."""
    text = unescape(text)
    return [one.split()[0] for one in text.split(",") if one.strip()] if ", " in text else [text]


def _own(links: Iterable[str], base: str) -> Iterator[str]:
    for link in links:
        if not link or link.startswith(("#", "mailto:", "tel:", "data:", "javascript:", "webcal:")):
            continue
        parts = urlsplit(urljoin(_HOST + base, link.strip()))
        if f"{parts.scheme}://{parts.netloc}" != _HOST or parts.path.startswith(_LEFT_OUT):
            continue
        if "/accounts/" in parts.path or len(parts.query) > 300:
            continue
        yield parts.path + (f"?{parts.query}" if parts.query else "")


def _is_text(response: Any) -> bool:
    kind = response.get("Content-Type", "")
    return str(kind).startswith(("text/html", "application/xml", "application/atom", "text/xml"))


def _kind(response: Any, address: str) -> str:
    if response.status_code != 200:
        return "refused"
    path, kind = urlsplit(address).path, response.get("Content-Type", "")
    if path.startswith("/api/"):
        return "api_answers"
    if path.startswith("/files/"):
        return "files"
    if "calendar" in kind or "atom" in kind or "rss" in kind or kind.startswith("application/xml"):
        return "feeds"
    if kind.startswith("text/html"):
        return "pages"
    return "exports"
