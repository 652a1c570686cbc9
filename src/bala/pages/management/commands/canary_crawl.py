"""`bala canary_crawl`: plants identifiers, reads everything, says where any was found."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from bala.kernel.translated import LANGUAGES
from bala.pages.actions.canary import crawl, record, tell_of_leak


class Command(BaseCommand):
    """Search every public page, feed, API answer, file and export for planted identifiers."""

    help = (
        "Plants a family with a word of its own in every personal field, reads every page, feed, "
        "API answer, file and export in three languages, signed out and as people whom it does not "
        "concern, and says where any of the words was found. All of it happens in one transaction "
        "that is taken back."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the arguments."""
        parser.add_argument("--json", action="store_true", help="print the result as JSON")
        parser.add_argument(
            "--most",
            type=int,
            default=1500,
            help="linked addresses that a reader follows in a language beyond the named ones",
        )
        parser.add_argument(
            "--language",
            action="append",
            choices=LANGUAGES,
            help="read in this language alone; can be repeated; without it, in all",
        )
        parser.add_argument(
            "--readers", type=int, help="only so many of the people who are signed in; else all"
        )
        parser.add_argument(
            "--forget", action="store_true", help="do not keep the result for the public page"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Crawl, keep the result, tell the coordinators of a leak; end with 1 if there is one."""
        outcome = crawl(
            most=options["most"],
            languages=options["language"] or LANGUAGES,
            readers=options["readers"],
        )
        if not options["forget"]:
            tell_of_leak(record(outcome))
        if options["json"]:
            self.stdout.write(json.dumps(outcome.stored(), ensure_ascii=False, indent=1))
        else:
            self.stdout.write(
                f"planted identifiers: {outcome.planted}\n"
                f"pages read: {outcome.pages}\n"
                f"feeds read: {outcome.feeds}\n"
                f"API answers read: {outcome.api_answers}\n"
                f"files read: {outcome.files}\n"
                f"exports read: {outcome.exports}\n"
                f"refused: {outcome.refused}\n"
                f"found: {len(outcome.found)}\n"
                f"seconds: {outcome.seconds}"
            )
            for one in outcome.found:
                self.stdout.write(f"  {one['field']} at {one['address']} as {one['reader']}")
            for address in outcome.broken:
                self.stdout.write(f"  an error of ours at {address}")
        if outcome.found:
            raise CommandError(f"{len(outcome.found)} planted identifiers were found.")
