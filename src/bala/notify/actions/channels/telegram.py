"""Telegram, through a bot of the operator's."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.conf import settings

from bala.notify.actions.channels.base import (
    TIMEOUT,
    Letter,
    PermanentFailure,
    TemporaryFailure,
    judge,
    post,
)

if TYPE_CHECKING:
    import httpx

LONGEST = 4096  # characters that the Bot API takes
WAIT = 25  # seconds that Telegram may keep a question for news open
WANTED = ["message", "my_chat_member"]


class Telegram:
    """Sends to a chat that the person opened with the bot."""

    def send(self, letter: Letter) -> None:
        """Hand over; a chat that blocked the bot (403) or is gone (400) is final."""
        if not settings.BALA_TELEGRAM_TOKEN:
            raise PermanentFailure("no bot is set up")
        text = f"{letter.words.subject}\n\n{letter.words.text}"
        if len(text) > LONGEST:
            text = letter.words.short
        say({"chat_id": letter.to, "text": text})


def say(call: dict[str, str]) -> None:
    """Send a text to a chat; raises TemporaryFailure or PermanentFailure."""
    _ask(
        "sendMessage",
        {
            **call,
            "text": call["text"][:LONGEST],
            "link_preview_options": {"is_disabled": True},
        },
    )


def updates(after: int, wait: int = WAIT) -> Iterator[Any]:
    """Give what was said to the bot after an update's number; Telegram forgets those up to it.

    Waits up to `wait` seconds for something to come. Raises TemporaryFailure, or PermanentFailure
    (a webhook is set, the token is wrong).
    """
    asked = {"offset": after + 1, "timeout": wait, "allowed_updates": WANTED}
    answer = _ask("getUpdates", asked, timeout=wait + TIMEOUT)
    try:
        found = answer.json()["result"]
        yield from (one for one in found if isinstance(one.get("update_id"), int))
    except (ValueError, KeyError, TypeError, AttributeError):
        raise TemporaryFailure("the answer is not Telegram's") from None


def set_hook(address: str) -> None:
    """Let Telegram bring what is said to the bot to an address; raises as `say` does."""
    secret = settings.BALA_TELEGRAM_SECRET
    _ask("setWebhook", {"url": address, "secret_token": secret, "allowed_updates": WANTED})


def _ask(method: str, call: dict[str, Any], timeout: float | None = None) -> "httpx.Response":
    url = f"{settings.BALA_TELEGRAM_API.rstrip('/')}/bot{settings.BALA_TELEGRAM_TOKEN}/{method}"
    answer = post(url, json=call, timeout=timeout)
    judge(answer)
    return answer
