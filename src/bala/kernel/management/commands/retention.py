"""`bala retention`: ends what is kept longer than it may be."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from bala.kernel.retention import keep_terms


class Command(BaseCommand):
    """Delete or anonymise personal data whose time is over."""

    help = (
        "Deletes or anonymises personal data whose time is over, as the job of every night does; "
        "numbers stay."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the arguments."""
        parser.add_argument("--dry-run", action="store_true", help="only count what is due")

    def handle(self, *_args: Any, **options: Any) -> None:
        """End what is due, and say how much of what."""
        for kept in keep_terms(dry_run=options["dry_run"]):
            self.stdout.write(
                f"{kept.term.name}: kept {kept.term.days} days, due {kept.due}, ended {kept.ended}"
            )
