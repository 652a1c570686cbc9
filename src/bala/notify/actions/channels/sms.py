"""Text messages, through the HTTP gateway of whichever company the operator has a contract with."""

from django.conf import settings

from bala.notify.actions.channels.base import Letter, PermanentFailure, judge, post


class Sms:
    """Posts {"to", "text", "from", "id"} to the gateway, its token in the header Authorization."""

    def send(self, letter: Letter) -> None:
        """Hand over; `id` is the same at every attempt, so the gateway can drop a second one."""
        if not settings.BALA_SMS_URL:
            raise PermanentFailure("no gateway is set up")
        headers = {}
        if settings.BALA_SMS_TOKEN:
            headers["Authorization"] = f"Bearer {settings.BALA_SMS_TOKEN}"
        judge(
            post(
                settings.BALA_SMS_URL,
                json={
                    "to": letter.to,
                    "text": letter.words.short,
                    "from": settings.BALA_SMS_SENDER,
                    "id": letter.message_id,
                },
                headers=headers,
            )
        )
