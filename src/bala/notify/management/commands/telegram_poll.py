"""Ask Telegram what was said to the bot, where Telegram cannot reach us."""

import logging
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import close_old_connections

from bala.notify.actions.bot import take_update
from bala.notify.actions.channels import PermanentFailure, TemporaryFailure
from bala.notify.actions.channels.telegram import say, updates
from bala.notify.queries.recipients import has_telegram

logger = logging.getLogger(__name__)
REST = 5  # seconds, after Telegram could not be asked


class Command(BaseCommand):
    """`bala telegram_poll [--once]`."""

    help = "Ask Telegram for what is said to the bot, until stopped; instead of the webhook."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="ask once and end")

    def handle(self, *_args: Any, **options: Any) -> None:
        if not has_telegram():
            raise CommandError("BALA_TELEGRAM_TOKEN and BALA_TELEGRAM_BOT are not set")
        after = 0
        while True:
            try:
                for update in updates(after):
                    _take(update)
                    after = max(after, int(update["update_id"]))
                if options["once"]:
                    # What was taken is confirmed by asking for what follows.
                    list(updates(after, wait=0))
                    return
            except TemporaryFailure as failure:
                if options["once"]:
                    raise CommandError(f"Telegram could not be asked: {failure}") from None
                time.sleep(failure.retry_after or REST)
            except PermanentFailure as failure:
                raise CommandError(f"Telegram refused: {failure}") from None
            close_old_connections()


def _take(update: Any) -> None:
    """Answer one; a person who cannot be answered must not hold up the others."""
    said = take_update(update)
    if said is not None:
        try:
            say(said.as_call())
        except (PermanentFailure, TemporaryFailure) as failure:
            logger.warning("the bot could not answer: %s", failure)
