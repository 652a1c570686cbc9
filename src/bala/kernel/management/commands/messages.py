"""Bring the rooms' catalogues up to their sources and compile them."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

import bala
from bala.kernel import catalogues


class Command(BaseCommand):
    """`bala messages [ROOM …] [--compile]`."""

    help = "Extract messages into src/bala/ROOM/locale and compile them; --compile only compiles."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "rooms", nargs="*", help="names of rooms; all of them when none is given"
        )
        parser.add_argument("--compile", action="store_true", help="compile only")

    def handle(self, *_args: Any, **options: Any) -> None:
        home = Path(bala.__file__).parent
        rooms = [home / name for name in options["rooms"]] or sorted(
            path for path in home.iterdir() if (path / "__init__.py").exists()
        )
        if not options["compile"]:
            for room in rooms:
                for language in catalogues.LANGUAGES:
                    left = catalogues.update(room, language)
                    if left:
                        self.stdout.write(f"{room.name} {language}: {left} without translation")
        catalogues.compile_all(rooms)
