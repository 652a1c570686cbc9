"""What letters are written with."""

from datetime import date, datetime
from typing import Any

from django import template
from django.conf import settings
from django.template.base import FilterExpression, Parser, Token
from django.urls import reverse
from django.utils.safestring import SafeString

from bala.people.enums import ConsentPurpose
from bala.people.templatetags.people import qr

register = template.Library()

FLAGS = frozenset({"mandatory", "digest", "staff", "family"})


class LetterNode(template.Node):
    """Says what kind of letter the template is; writes nothing."""

    def __init__(self, label: FilterExpression, flags: frozenset[str]) -> None:
        self.label = label
        self.flags = flags

    def render(self, context: template.Context) -> str:  # noqa: ARG002 - Django's signature
        """Write nothing."""
        return ""

    def words(self) -> str:
        """Return the name of the kind in the active language."""
        return str(self.label.resolve(template.Context()))


@register.tag
def letter(_parser: Parser, token: Token) -> LetterNode:
    """Declare a kind of letter: {% letter _("Receipts of consents") family mandatory %}.

    staff, family (or both): whose page of preferences lists it. mandatory: it cannot be switched
    off. digest: whoever wants may have it once a day.
    """
    _tag, *bits = token.split_contents()
    flags = frozenset(bits[1:])
    if not bits or not flags or flags - FLAGS:
        raise template.TemplateSyntaxError(
            f"letter takes a name and some of {', '.join(sorted(FLAGS))}"
        )
    return LetterNode(_parser.compile_filter(bits[0]), flags)


@register.simple_tag
def absolute(name: str, **kwargs: Any) -> str:
    """Return the whole address of a page, in the reader's language: it is read outside the site."""
    return f"{settings.BALA_BASE_URL.rstrip('/')}{reverse(name, kwargs=kwargs)}"


@register.filter
def as_day(text: str) -> date:
    """Read a day or moment of the context ("2021-05-28"), to be shown by the filters of dates."""
    return datetime.fromisoformat(text).date()


@register.filter
def purpose(code: str) -> str:
    """Name the purpose of a consent in the reader's language."""
    return str(ConsentPurpose(code).label)


@register.simple_tag
def qr_code(text: str) -> SafeString:
    """Draw a text as a code for a phone."""
    return qr(text)
