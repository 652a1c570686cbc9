"""Load the words of the consents."""

from typing import Any

from django.core.management.base import BaseCommand

from bala.people.actions import load_consent_notices


class Command(BaseCommand):
    """`bala load_notices`."""

    help = "Load the versions of the consents' words that are not there yet; can be repeated."

    def handle(self, *_args: Any, **_options: Any) -> None:
        self.stdout.write(f"{load_consent_notices()} new")
