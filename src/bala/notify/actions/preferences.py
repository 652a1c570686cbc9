"""How each person wants to receive letters."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from bala.kernel import clock
from bala.kernel.errors import PersonError
from bala.notify.enums import MessageState, Way
from bala.notify.models import Message, Preference
from bala.notify.queries.kinds import DIGEST, Kind
from bala.people.models import Account


class CannotBeChosen(PersonError):
    """Letters of this kind do not go that way, or cannot be switched off."""


@transaction.atomic
def choose(*, account: Account, ways: Mapping[Kind, Way]) -> None:
    """Let letters of each kind come as chosen from now on; raises CannotBeChosen.

    What was collected of a kind that is switched off is not sent any more.
    """
    for kind, way in ways.items():
        if way not in kind.ways:
            raise CannotBeChosen(_("Letters of this kind cannot come that way."))
        Preference.objects.update_or_create(
            account=account, kind=kind.name, defaults={"way": way, "chosen_at": clock.now()}
        )
    _forget_collected(account, [kind.name for kind, way in ways.items() if way is Way.OFF])


@transaction.atomic
def switch_off(*, account: Account, kind: Kind) -> None:
    """Let no more letters of the kind come; raises CannotBeChosen where they must.

    For the daily letter: of every kind that the person wanted in it.
    """
    if kind.name == DIGEST:
        daily = Preference.objects.filter(account=account, way=Way.DIGEST)
        names = [one.kind for one in daily.select_for_update().order_by("pk")]
        daily.update(way=Way.OFF, chosen_at=clock.now())
        _forget_collected(account, names)
        return
    choose(account=account, ways={kind: Way.OFF})


def _forget_collected(account: Account, kinds: list[str]) -> None:
    """Drop what waits for a daily letter; what one already holds goes out with it."""
    waiting = Message.objects.select_for_update().filter(
        account=account, kind__in=kinds, state=MessageState.COLLECTED, digest__isnull=True
    )
    found = [message.pk for message in waiting.order_by("pk")]
    Message.objects.filter(pk__in=found).delete()
