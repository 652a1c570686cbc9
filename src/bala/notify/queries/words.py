"""The words of a letter, made in the language of whoever reads it."""

import re
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core import signing
from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from bala.kernel.translated import LANGUAGES, pick
from bala.notify.models import Message
from bala.notify.queries.kinds import DIGEST, Kind, NoSuchKind, kind_of, template_of
from bala.people.models import Account

OFF_SALT = "bala.notify.off"
LONGEST_SUBJECT = 200
SHORT = 300  # characters of a text message: two parts in Cyrillic letters and a link


@dataclass(frozen=True, slots=True)
class Words:
    """A letter that can be sent."""

    subject: str
    text: str  # with what stands under it
    html: str
    short: str  # for telephones
    off_url: str  # "" where the kind cannot be switched off


def words_of(message: Message) -> Words:
    """Return the letter in the language of its account; NoSuchKind where its room is gone."""
    kind = kind_of(message.kind)
    with translation.override(message.account.language):
        context = _context(message)
        subject, body = _said(kind, context)
        off_url = "" if kind.is_mandatory else switch_off_url(message.account, kind)
        foot = _foot(message, kind, off_url)
        shown = {
            **context,
            "subject": subject,
            "body": body,
            "paragraphs": body.split("\n\n"),
            "foot": foot,
            "off_url": off_url,
            "kind": kind,
        }
        short = _optional(kind, "short.txt", _plain(shown))
        page = _optional(kind, "html", shown)
        if not page:
            page = get_template("notify/shell/letter.html").render(shown)
        return Words(
            subject=subject,
            text=f"{body}\n\n-- \n{foot}\n",
            html=page,
            short=(short.strip() or _shortened(subject, body)),
            off_url=off_url,
        )


def said_in(message: Message) -> tuple[str, str]:
    """Return the subject and body of a letter in its reader's language, without what stands under
    it; NoSuchKind where its room is gone."""
    with translation.override(message.account.language):
        return _said(kind_of(message.kind), _context(message))


def switch_off_url(account: Account, kind: Kind) -> str:
    """Return the address that switches the kind off without signing in."""
    token = signing.dumps([account.public_id, kind.name], salt=OFF_SALT, compress=False)
    return _absolute(reverse("notify:off", kwargs={"token": token}))


def read_switch_off(token: str) -> tuple[str, str] | None:
    """Return the account's public id and the kind that a link is for; None where it is not ours."""
    try:
        public_id, kind = signing.loads(token, salt=OFF_SALT)
    except (signing.BadSignature, ValueError):
        return None
    return str(public_id), str(kind)


def preferences_url(kind: Kind) -> str:
    """Return the address of the page on which the person chooses what comes how."""
    family = kind.is_for_families and not kind.is_for_staff
    return _absolute(reverse("notify:family_letters" if family else "notify:letters"))


def letters_url() -> str:
    """Return the address of the page from which a person comes to the own letters."""
    return _absolute(reverse("people:mine"))


def _absolute(path: str) -> str:
    return f"{settings.BALA_BASE_URL.rstrip('/')}{path}"


def _context(message: Message) -> dict[str, Any]:
    """Give texts in three languages in the one that is active."""
    given = {name: _in_language(value) for name, value in message.given.items()}
    if message.kind == DIGEST:
        given["letters"] = _collected(message)
    return {**given, "reader": message.account, "base_url": settings.BALA_BASE_URL}


def _said(kind: Kind, context: dict[str, Any]) -> tuple[str, str]:
    """Return the subject and the body of a letter in the active language."""
    return _split(get_template(template_of(kind.name)).render(_plain(context)))


def _collected(digest: Message) -> list[dict[str, Any]]:
    """Return what a daily letter holds, in the order in which it was written."""
    found = []
    held = digest.collected.select_related("account", "child").order_by("written_at", "pk")
    for message in held:
        try:
            subject, body = _said(kind_of(message.kind), _context(message))
        except NoSuchKind:  # its room is gone
            continue
        child = message.child.given_name if message.child else ""
        paragraphs = body.split("\n\n")
        found.append({"subject": subject, "body": body, "paragraphs": paragraphs, "child": child})
    return found


def _in_language(value: Any) -> Any:
    if isinstance(value, dict):
        if value and value.keys() <= set(LANGUAGES):
            return str(pick({code: value.get(code, "") for code in LANGUAGES}))
        return {name: _in_language(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_in_language(inner) for inner in value]
    return value


def _plain(context: dict[str, Any]) -> dict[str, Any]:
    """Mark texts as safe: what is no HTML needs no escaping, whatever its template forgets."""
    return {name: _safe(value) for name, value in context.items()}


def _safe(value: Any) -> Any:
    from django.utils.safestring import mark_safe

    if isinstance(value, str):
        return mark_safe(value)  # noqa: S308 - goes into plain text only
    if isinstance(value, dict):
        return {name: _safe(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_safe(inner) for inner in value]
    return value


def _split(text: str) -> tuple[str, str]:
    subject, _gap, body = text.strip().partition("\n")
    body = re.sub(r"\n{3,}", "\n\n", body.strip())
    # A line break in a subject would begin another header.
    return re.sub(r"\s*[\r\n]+\s*", " ", subject.strip())[:LONGEST_SUBJECT], body


def _optional(kind: Kind, ending: str, context: dict[str, Any]) -> str:
    try:
        return get_template(template_of(kind.name, ending)).render(context)
    except TemplateDoesNotExist:
        return ""


def _shortened(subject: str, body: str) -> str:
    link = re.search(r"https?://\S+", body)
    return f"{subject}\n{link.group()}" if link else subject[:SHORT]


def _foot(message: Message, kind: Kind, off_url: str) -> str:
    lines = [gettext("Bala, the platform of the campaign “A happy child is a happy country”")]
    if message.child is not None:
        lines.insert(
            0, gettext("This letter is about: %(name)s") % {"name": message.child.given_name}
        )
    if off_url:
        lines.append(
            gettext("No more letters of the kind “%(kind)s”: %(url)s")
            % {"kind": kind.label, "url": off_url}
        )
    lines.append(gettext("How letters come to you: %(url)s") % {"url": preferences_url(kind)})
    return "\n".join(lines)
