"""Pictures and films in a page: `{% load files %}{% picture file sizes="…" alt="…" %}`."""

from typing import Any

from django import template

from bala.files.enums import FileKind, FileState
from bala.files.models import Rendition, StoredFile
from bala.files.queries import address, signed_address

register = template.Library()


@register.inclusion_tag("files/picture.html")
def picture(
    file: StoredFile, alt: str, sizes: str = "100vw", private: bool = False, lazy: bool = True
) -> dict[str, Any]:
    """Show a picture, or the poster of a film, in the size that fits.

    `alt` says what is to be seen ("": decoration). `sizes` is the width it takes in the page. Fetch
    files by `queries.with_renditions`. `private=True` gives signed addresses: only on pages that
    nobody but those who may see the file can open. Without it what is not released shows nothing.
    """
    made = _shown(file, private)
    sizes_of_it = [r for r in made.values() if r.name == "poster" or r.name.startswith("w")]
    sizes_of_it.sort(key=lambda rendition: rendition.width or 0)
    links = [(_address(file, r, private), r.width) for r in sizes_of_it]
    largest = sizes_of_it[-1] if sizes_of_it else None
    return {
        "file": file,
        "alt": alt,
        "sizes": sizes,
        "lazy": lazy,
        "src": links[len(links) // 2][0] if links else "",
        "srcset": ", ".join(f"{url} {width}w" for url, width in links),
        "largest": largest,
    }


@register.inclusion_tag("files/film.html")
def film(file: StoredFile, label: str = "", private: bool = False) -> dict[str, Any]:
    """Show a film with its poster; a long one comes piece by piece. For the rest see `picture`."""
    made = _shown(file, private)

    def link(name: str) -> str:
        return _address(file, made[name], private) if name in made else ""

    best = made.get("mp4_1080") or made.get("mp4_480")
    return {
        "file": file,
        "label": label,
        "best": best,
        "small": link("mp4_480"),
        "large": link("mp4_1080"),
        "poster": link("poster"),
        "hls": link("hls"),
    }


def _shown(file: StoredFile, private: bool) -> dict[str, Rendition]:
    hidden = file.state != FileState.READY or (not private and file.released_at is None)
    if hidden or file.kind == FileKind.DOCUMENT:
        return {}
    return {rendition.name: rendition for rendition in file.renditions.all()}


def _address(file: StoredFile, rendition: Rendition, private: bool) -> str:
    return signed_address(file, rendition) if private else address(file, rendition)
