"""How each person wants to receive letters."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from bala.kernel import clock
from bala.kernel.errors import PersonError
from bala.notify.enums import Way
from bala.notify.models import Preference
from bala.notify.queries.kinds import Kind
from bala.people.models import Account


class CannotBeChosen(PersonError):
    """Letters of this kind do not go that way, or cannot be switched off."""


@transaction.atomic
def choose(*, account: Account, ways: Mapping[Kind, Way]) -> None:
    """Let letters of each kind come as chosen from now on; raises CannotBeChosen."""
    for kind, way in ways.items():
        if way not in kind.ways:
            raise CannotBeChosen(_("Letters of this kind cannot come that way."))
        Preference.objects.update_or_create(
            account=account, kind=kind.name, defaults={"way": way, "chosen_at": clock.now()}
        )


def switch_off(*, account: Account, kind: Kind) -> None:
    """Let no more letters of the kind come; raises CannotBeChosen where they must."""
    choose(account=account, ways={kind: Way.OFF})
