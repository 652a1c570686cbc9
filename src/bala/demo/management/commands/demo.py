"""Make the demonstration and serve it: `make demo`."""

import os
from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from bala.demo.actions import load_demonstration, move_clock
from bala.demo.enums import FIRST_STEP, PASSWORD
from bala.demo.queries import sign_ins
from bala.kernel import clock, processes


class Command(BaseCommand):
    """`bala demo [--port 8000]`."""

    help = "Load the demonstration campaign, serve it (web and worker) and say how to sign in."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--load-only", action="store_true", help="load, do not serve")

    def handle(self, *_args: Any, **options: Any) -> None:
        if os.environ.get("BALA_DEMO") != "1":
            # Settings are read at start: begin again as a demonstration.
            os.environ["BALA_DEMO"] = "1"
            os.environ.setdefault("BALA_BASE_URL", f"http://127.0.0.1:{options['port']}")
            arguments = ["demo", "--port", str(options["port"])]
            if options["load_only"]:
                arguments.append("--load-only")
            raise SystemExit(processes.run_bala(arguments))
        call_command("migrate", interactive=False, verbosity=0)
        if not clock.is_moved():
            move_clock(step=FIRST_STEP)
        load_demonstration()
        if options["load_only"]:
            return
        call_command("collectstatic", interactive=False, verbosity=0)
        if not processes.port_is_free(options["port"]):
            raise CommandError(
                f"Port {options['port']} is taken. Choose another: make demo PORT=8080",
                returncode=2,
            )
        self._say(options["port"])
        processes.serve(port=options["port"])

    def _say(self, port: int) -> None:
        self.stdout.write(f"\nBala: http://127.0.0.1:{port}/")
        self.stdout.write(
            f"\nSign in at http://127.0.0.1:{port}/kk/accounts/login/ with password {PASSWORD}"
        )
        for sign_in in sign_ins():
            self.stdout.write(f"  {sign_in.email:<26} {sign_in.role} {sign_in.scope}")
        self.stdout.write("\nCtrl-C ends it.\n")
        self.stdout.flush()
