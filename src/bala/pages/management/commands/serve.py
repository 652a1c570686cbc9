"""Serve the site."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from bala.kernel import processes


class Command(BaseCommand):
    """`bala serve`: the web server, and a worker beside it unless told otherwise."""

    help = (
        "Serve the site with granian; a worker for jobs runs beside it unless --no-worker is given."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--workers", type=int, default=1, help="web processes")
        parser.add_argument("--no-worker", action="store_true", help="run no jobs here")

    def handle(self, *_args: Any, **options: Any) -> None:
        processes.serve(
            host=options["host"],
            port=options["port"],
            workers=options["workers"],
            with_worker=not options["no_worker"],
        )
