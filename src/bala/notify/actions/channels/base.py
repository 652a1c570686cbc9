"""What every channel keeps to."""

import json as jsonlib
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from bala.notify.queries.words import Words

if TYPE_CHECKING:
    import httpx

TIMEOUT = 10.0  # seconds that a gateway has to answer
CONSOLE = "console:"  # address of the demonstration's gateways
LONGEST_WAIT = 3600.0  # a gateway that asks for more is asked again after an hour


class TemporaryFailure(Exception):
    """The letter may go out later. `retry_after` is in seconds, None when nobody said."""

    def __init__(self, why: str, retry_after: float | None = None) -> None:
        self.retry_after = retry_after
        super().__init__(why)


class PermanentFailure(Exception):
    """The letter will never go out on this way: the address is wrong, or refuses it."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter with the address that the channel takes it to."""

    to: str  # e-mail address, number of a chat, telephone
    words: Words
    message_id: str  # the same at every attempt


class Channel(Protocol):
    """Takes a letter to a person."""

    def send(self, letter: Letter) -> None:
        """Hand the letter over; return only when the other side has taken it.

        Raises TemporaryFailure or PermanentFailure, nothing else.
        """
        ...


def judge(answer: "httpx.Response") -> None:
    """Raise what the status of a gateway's answer means; nothing when it took the letter."""
    if answer.is_success:
        return
    # The text is the gateway's own: it may name the person, so only its beginning is kept.
    why = f"{answer.status_code} {answer.text[:120]}"
    if answer.status_code == 429 or answer.status_code >= 500 or answer.status_code == 408:
        raise TemporaryFailure(why, _retry_after(answer))
    raise PermanentFailure(why)


def _retry_after(answer: "httpx.Response") -> float | None:
    try:
        asked = float(answer.headers.get("Retry-After", ""))
    except ValueError:
        try:  # Telegram says it in the body
            asked = float(answer.json()["parameters"]["retry_after"])
        except (ValueError, KeyError, TypeError):
            return None
    return min(max(asked, 0.0), LONGEST_WAIT)


def write_out(call: object) -> None:
    """Write a call to the standard output."""
    sys.stdout.write(f"{jsonlib.dumps(call, ensure_ascii=False)}\n")


def post(
    url: str,
    *,
    json: object,
    headers: dict[str, str] | None = None,
    timeout: float | None = None,
) -> "httpx.Response":
    """Ask a gateway; a line that breaks or takes too long (seconds) is a TemporaryFailure.

    What goes to CONSOLE is given to CONSOLE_GATEWAY of the settings and counts as taken.
    """
    import httpx

    if url.startswith(CONSOLE):
        import_string(settings.CONSOLE_GATEWAY)(json)
        return httpx.Response(200, json={"ok": True, "result": []})
    try:
        return httpx.post(url, json=json, headers=headers, timeout=timeout or TIMEOUT)
    except httpx.InvalidURL as error:
        raise PermanentFailure("the gateway's address is no address") from error
    except httpx.HTTPError as error:
        # The address of a request holds the token: it must not get into a log.
        raise TemporaryFailure(type(error).__name__) from None
