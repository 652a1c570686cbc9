"""Restore the installation."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from bala.kernel.backups import BackupFailed, restore_backup


class Command(BaseCommand):
    """`bala restore FILE.tar --yes`."""

    help = "Put database and files back from an archive of `bala backup`; replaces what is there."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--yes", action="store_true", help="replace what is there")

    def handle(self, *_args: Any, **options: Any) -> None:
        if not options["yes"]:
            raise CommandError("This replaces the database and the files: add --yes", returncode=2)
        try:
            restore_backup(options["file"])
        except BackupFailed as error:
            raise CommandError(str(error), returncode=2) from error
        self.stdout.write(f"{options['file']}: restored")
