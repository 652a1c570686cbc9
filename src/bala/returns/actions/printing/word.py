"""The report as a Word document, from a template that the ministry can replace.

docs/report-template.md lists what a template may name. A template that cannot be filled is refused
with the tag that is wrong, not with a broken document.
"""

import io
import re
import zipfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from docxtpl import DocxTemplate, RichText
from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError, UndefinedError
from jinja2.sandbox import SandboxedEnvironment

from bala.kernel.errors import PersonError

HERE = Path(__file__).resolve().parents[2] / "templates_docx"
MEDIA_SHOWN = {True: 3, False: 200}  # of each region, in a consolidated and in a region's report
LINK_COLOUR = "00505F"
_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ue000-\ue002]")


class TemplateBroken(PersonError):
    """The Word template cannot be read or filled; the message names the tag."""


class Figure:
    """A figure in a template: `{{ x }}` prints it, `{{r x.link }}` prints it as a link."""

    def __init__(self, template: DocxTemplate, figure: dict[str, Any]) -> None:
        self._template = template
        self.text, self.short, self.url = figure["text"], figure["short"], figure["url"]

    def __str__(self) -> str:
        return str(self.text)

    @property
    def link(self) -> RichText:
        """The figure as a table prints it, a link to its records."""
        return _linked(self._template, [{"text": self.short, "url": self.url}])


def to_docx(content: dict[str, Any]) -> bytes:
    """Return the report as a Word document; raise TemplateBroken."""
    path = template_path(content["language"])
    template = _open(path)
    environment = SandboxedEnvironment(undefined=StrictUndefined, autoescape=True)
    try:
        template.render(_context(template, content), environment)
    except TemplateSyntaxError as error:
        raise _broken(path, _tag_at(error), error.message or "") from error
    except UndefinedError as error:
        raise _broken(path, _tag_naming(path, str(error)), str(error)) from error
    except TemplateError as error:
        raise _broken(path, "", str(error)) from error
    except (TypeError, ValueError, AttributeError, KeyError) as error:
        raise _broken(path, "", str(error)) from error
    out = io.BytesIO()
    template.save(out)
    return out.getvalue()


def template_path(language: str) -> Path:
    """Return the ministry's template for a language where there is one, else the project's own."""
    if settings.BALA_REPORT_TEMPLATES:
        given = Path(settings.BALA_REPORT_TEMPLATES) / f"report-{language}.docx"
        if given.exists():
            return given
    return HERE / f"report-{language}.docx"


def _open(path: Path) -> DocxTemplate:
    try:
        template = DocxTemplate(str(path))
        template.init_docx()
    except (ValueError, KeyError, OSError, zipfile.BadZipFile) as error:
        raise TemplateBroken(
            _("The report template %(name)s is not a Word document (.docx).") % {"name": path.name}
        ) from error
    return template


def _broken(path: Path, tag: str, detail: str) -> TemplateBroken:
    if tag:
        return TemplateBroken(
            _("The report template %(name)s is broken at the tag %(tag)s: %(detail)s")
            % {"name": path.name, "tag": tag, "detail": detail}
        )
    return TemplateBroken(
        _("The report template %(name)s cannot be filled: %(detail)s")
        % {"name": path.name, "detail": detail}
    )


def _tag_at(error: TemplateSyntaxError) -> str:
    """Return the tags of the paragraph where the syntax breaks; the part of the document counts lines."""
    lines = list(getattr(error, "docx_context", []) or [])
    if not lines and error.source:
        lines = error.source.splitlines()[max(error.lineno - 1, 0) : error.lineno]
    for line in [lines[len(lines) // 2], *lines] if lines else []:
        found = _TAG.findall(re.sub(r"<[^>]+>", "", str(line)))
        if found:
            return " ".join(found)
    words = re.sub(r"<[^>]+>", "", " ".join(map(str, lines))).strip()
    return words[:120]


def _tag_naming(path: Path, message: str) -> str:
    """Return the first tag of a template that holds the name which is unknown."""
    name = re.search(r"'([^']+)'(?: is undefined)?$", message) or re.search(r"'([^']+)'", message)
    if name is None:
        return ""
    with zipfile.ZipFile(path) as file:
        parts = [n for n in file.namelist() if re.fullmatch(r"word/\w+\.xml", n)]
        text = " ".join(re.sub(r"<[^>]+>", "", file.read(n).decode("utf-8")) for n in parts)
    return next((tag for tag in _TAG.findall(text) if name[1] in tag), "")


def _context(template: DocxTemplate, content: dict[str, Any]) -> dict[str, Any]:
    """Return what a template may name: the content, its figures as objects, its parts as links."""
    context = _wrap(template, content)
    shown = MEDIA_SHOWN[content["is_consolidated"]]
    for region in context["media"]:
        more = len(region["items"]) - shown
        region["more"] = content["labels"]["more_media"] % {"n": more} if more > 0 else ""
        region["items"] = region["items"][:shown]
        region["entries"] = region["items"]  # jinja reads `.items` as the method of a dict
    context["provenance"] = content["labels"]["provenance"] % {
        "day": content["as_of"],
        "time": content["as_of_time"],
        "sum": content["figures_sha256"],
    }
    return dict(context)


def _wrap(template: DocxTemplate, value: Any) -> Any:
    if isinstance(value, dict):
        if value.keys() == {"key", "value", "text", "short", "url"}:
            return Figure(template, value)
        wrapped = {name: _wrap(template, one) for name, one in value.items()}
        for name in ("sentence_parts", "phrase_parts"):
            if name in value:
                wrapped[name.removesuffix("_parts") + "_link"] = _Late(template, value[name])
        if isinstance(wrapped.get("items"), list):
            wrapped["lines"] = wrapped["items"]  # jinja reads `.items` as the method of a dict
        return wrapped
    if isinstance(value, list):
        return [_wrap(template, one) for one in value]
    return _CONTROL.sub("", value) if isinstance(value, str) else value


class _Late:
    """Words with links, made into relations of the document only if the template prints them."""

    def __init__(self, template: DocxTemplate, parts: list[dict[str, str]]) -> None:
        self._template, self._parts = template, parts

    def __html__(self) -> str:
        return str(_linked(self._template, self._parts))

    __str__ = __html__


def _linked(template: DocxTemplate, parts: list[dict[str, str]]) -> RichText:
    """Return pieces of text as runs; those with an address become links."""
    rich = RichText()
    for part in parts:
        text = _CONTROL.sub("", part["text"])
        if part["url"]:
            rich.add(text, url_id=template.build_url_id(part["url"]), color=LINK_COLOUR)
        else:
            rich.add(text)
    return rich
