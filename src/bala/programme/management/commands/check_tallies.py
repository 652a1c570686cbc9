"""`bala check_tallies`: prove that the sums behind coverage are those of the rows."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from bala.programme.actions.coverage import check_tallies, rebuild_tallies


class Command(BaseCommand):
    """Compare the tallies with the rows, and build them anew where asked."""

    help = (
        "Prove that the tallies of coverage are the sums of the rows; --rebuild builds them anew."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say what can be asked for."""
        parser.add_argument("--rebuild", action="store_true", help="build them anew first")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Print what was found; sums that differ end with status 1."""
        if options["rebuild"]:
            rebuild_tallies()
        wrong = check_tallies()
        if wrong:
            raise CommandError(f"Not the sums of the rows: {', '.join(wrong)}", returncode=1)
        self.stdout.write("The tallies are the sums of the rows.")
