"""Give the first coordinator of a campaign the role, from the command line."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from bala.kernel.errors import PersonError
from bala.people.access import GivingReach
from bala.people.actions import give_role
from bala.people.enums import Language, Role
from bala.people.models import Account


class Command(BaseCommand):
    """`bala invite EMAIL --campaign SLUG --name "…"`."""

    help = (
        "Make somebody the coordinator of a campaign and send an invitation to choose a password."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--campaign", default="", help="slug; empty: every campaign")
        parser.add_argument("--name", required=True, help="full name")
        parser.add_argument("--language", default="kk", choices=Language.values)

    def handle(self, *_args: Any, **options: Any) -> None:
        giver = Account(is_superuser=True)
        reach = GivingReach(giver, options["campaign"], gives_all=True, regions=())
        try:
            grant = give_role(
                reach=reach,
                email=options["email"],
                full_name=options["name"],
                language=options["language"],
                role=Role.COORDINATOR,
                reason="bala invite",
            )
        except PersonError as error:
            raise CommandError(str(error), returncode=2) from error
        self.stdout.write(f"{grant.account.email}: {grant.get_role_display()}")
