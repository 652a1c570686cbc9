"""Back up the installation."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from bala.kernel.backups import BackupFailed, write_backup


class Command(BaseCommand):
    """`bala backup FILE.tar`."""

    help = "Write database and files into one archive."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            size = write_backup(options["file"])
        except BackupFailed as error:
            raise CommandError(str(error), returncode=2) from error
        self.stdout.write(f"{options['file']}: {size:,} bytes")
