"""Telegram, through a bot of the operator's."""

from django.conf import settings

from bala.notify.actions.channels.base import Letter, PermanentFailure, judge, post

LONGEST = 4096  # characters that the Bot API takes


class Telegram:
    """Sends to a chat that the person opened with the bot."""

    def send(self, letter: Letter) -> None:
        """Hand over; a chat that blocked the bot (403) or is gone (400) is final."""
        if not settings.BALA_TELEGRAM_TOKEN:
            raise PermanentFailure("no bot is set up")
        text = f"{letter.words.subject}\n\n{letter.words.text}"
        if len(text) > LONGEST:
            text = letter.words.short
        api = settings.BALA_TELEGRAM_API.rstrip("/")
        judge(
            post(
                f"{api}/bot{settings.BALA_TELEGRAM_TOKEN}/sendMessage",
                json={
                    "chat_id": letter.to,
                    "text": text[:LONGEST],
                    "link_preview_options": {"is_disabled": True},
                },
            )
        )
