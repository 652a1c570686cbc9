"""The demonstration's post: nothing leaves the machine, all of it can be read in the browser.

The settings name the back end of e-mail and the console of the gateways by their paths.
"""

from collections.abc import Sequence
from typing import Any

from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.utils.translation import get_language

from bala.demo.models import Post
from bala.kernel import clock
from bala.notify.actions.bot import take_update

KEPT = 5000  # the oldest go


class Backend(BaseEmailBackend):
    """Keeps e-mails."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Keep the letters; return how many."""
        for post in email_messages:
            keep(
                way="email",
                to=", ".join(post.recipients())[:400],
                subject=str(post.subject)[:300],
                text=str(post.body),
                html=_html_of(post),
            )
        return len(email_messages)


def keep_call(call: Any) -> None:
    """Keep what would have been posted to a gateway: {"to" or "chat_id", "text"}."""
    if isinstance(call, dict) and "text" in call:
        way, to = ("telegram", call["chat_id"]) if "chat_id" in call else ("sms", call["to"])
        keep(way=way, to=str(to), text=str(call["text"]))


def keep(*, way: str, to: str, text: str, subject: str = "", html: str = "") -> Post:
    """Keep a letter; the oldest beyond KEPT are forgotten."""
    post = Post.objects.create(
        way=way, to=to, text=text, subject=subject, html=html, sent_at=clock.now()
    )
    Post.objects.filter(pk__lte=post.pk - KEPT).delete()
    return post


def _html_of(post: EmailMessage) -> str:
    if isinstance(post, EmailMultiAlternatives):
        for part in post.alternatives:
            if part[1] == "text/html":
                return str(part[0])
    return ""


def say_to_bot(*, chat: int, text: str) -> None:
    """Say something to the bot from a chat, and keep what it answers."""
    said = take_update(
        {
            "message": {
                "text": text,
                "chat": {"id": chat, "type": "private"},
                "from": {"language_code": get_language()},
            }
        }
    )
    if said is not None:
        keep_call(said.as_call())
