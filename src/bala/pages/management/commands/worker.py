"""Run jobs."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    """`bala worker`: runs jobs from the queue until it is ended."""

    help = "Run jobs from the queue, several workers may run on several machines."

    def handle(self, *_args: Any, **_options: Any) -> None:
        call_command("procrastinate", "worker", "--concurrency", "2", "--delete-jobs", "successful")
