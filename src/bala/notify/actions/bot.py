"""What the bot answers to what is said to it in Telegram.

It carries letters and holds no conversation: it links a chat, unlinks it, and says what it is for.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext

from bala.kernel import clock, limits
from bala.kernel.translated import LANGUAGES
from bala.notify.actions.linking import leave_chat, take_start
from bala.notify.enums import Way
from bala.notify.models import Address
from bala.notify.queries.addresses import mark_of
from bala.notify.queries.words import letters_url

PER_HOUR = 30  # things that one chat may say


@dataclass(frozen=True, slots=True)
class Said:
    """What the bot says."""

    chat: str
    text: str

    def as_call(self) -> dict[str, str]:
        """Return it as what the Bot API takes."""
        return {"chat_id": self.chat, "text": self.text}


def take_update(update: Any) -> Said | None:
    """Do what an update of the Bot API asks for; return what to say, None where there is nothing.

    Whatever is not understood is left alone: it comes from outside.
    """
    if not isinstance(update, dict):
        return None
    member = update.get("my_chat_member")
    if isinstance(member, dict):
        _follow_membership(member)
        return None
    message = update.get("message")
    chat = _private_chat(message)
    text = message.get("text") if isinstance(message, dict) else None
    if not chat or not isinstance(text, str):
        return None
    try:
        limits.hit(f"notify.bot:{chat}", limit=PER_HOUR, per=timedelta(hours=1))
    except limits.TooOften:
        return None
    with translation.override(_language_of(message)):
        return _answer(chat, text.strip())


def _answer(chat: str, text: str) -> Said:
    command, _gap, rest = text.partition(" ")
    if command == "/start" and rest:
        account = take_start(code=rest.strip(), chat=chat)
        if account is None:
            return Said(
                chat,
                gettext(
                    "This link is of no use any more. Make a new one on your page of letters: "
                    "%(url)s"
                )
                % {"url": letters_url()},
            )
        with translation.override(account.language):
            return Said(
                chat,
                gettext(
                    "This chat is linked. Choose on your page which letters come here: %(url)s\n"
                    "Send /stop to unlink it."
                )
                % {"url": letters_url()},
            )
    if command == "/stop":
        leave_chat(chat=chat)
        return Said(chat, gettext("This chat is unlinked: letters come by e-mail again."))
    return Said(
        chat,
        gettext(
            "I bring the letters of the campaign «Бақытты бала – бақытты ел» and cannot read "
            "what you write. To link this chat, open your page of letters: %(url)s"
        )
        % {"url": letters_url()},
    )


def _follow_membership(member: dict[str, Any]) -> None:
    """Note that a person blocked the bot: letters go by e-mail from then on."""
    chat, new = _private_chat(member), member.get("new_chat_member")
    if chat and isinstance(new, dict) and new.get("status") in ("kicked", "left"):
        Address.objects.filter(mark=mark_of(Way.TELEGRAM, chat), broken_at__isnull=True).update(
            broken_at=clock.now()
        )


def _private_chat(holder: Any) -> str:
    """Return the number of the chat that something was said in; "" for groups and channels."""
    chat = holder.get("chat") if isinstance(holder, dict) else None
    if not isinstance(chat, dict) or chat.get("type") != "private":
        return ""
    number = chat.get("id")
    return str(number) if isinstance(number, int) and not isinstance(number, bool) else ""


def _language_of(message: Any) -> str:
    sender = message.get("from") if isinstance(message, dict) else None
    code = sender.get("language_code") if isinstance(sender, dict) else ""
    short = code[:2] if isinstance(code, str) else ""
    return short if short in LANGUAGES else settings.LANGUAGE_CODE
