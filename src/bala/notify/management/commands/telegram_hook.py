"""Tell Telegram where to bring what is said to the bot."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from bala.notify.actions.channels import PermanentFailure, TemporaryFailure
from bala.notify.actions.channels.telegram import set_hook
from bala.notify.queries.recipients import has_telegram


class Command(BaseCommand):
    """`bala telegram_hook`."""

    help = "Tell Telegram to bring what is said to the bot to BALA_BASE_URL."

    def handle(self, *_args: Any, **_options: Any) -> None:
        if not has_telegram() or not settings.BALA_TELEGRAM_SECRET:
            raise CommandError(
                "set BALA_TELEGRAM_TOKEN, BALA_TELEGRAM_BOT and BALA_TELEGRAM_SECRET first"
            )
        address = f"{settings.BALA_BASE_URL.rstrip('/')}{reverse('telegram_hook')}"
        try:
            set_hook(address)
        except (PermanentFailure, TemporaryFailure) as failure:
            raise CommandError(f"Telegram refused: {failure}") from None
        self.stdout.write(f"Telegram brings what is said to the bot to {address}")
