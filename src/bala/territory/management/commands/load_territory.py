"""Load regions, sanitary rules and helplines."""

from typing import Any

from django.core.management.base import BaseCommand

from bala.territory.actions import load_reference_data


class Command(BaseCommand):
    """`bala load_territory`."""

    help = "Load regions, sanitary zones and limits of 2021, and helplines; can be repeated."

    def handle(self, *_args: Any, **_options: Any) -> None:
        load_reference_data()
