"""Makers of letters for tests."""

from typing import Any

from bala.kernel import clock
from bala.notify.actions import tell
from bala.notify.enums import Way
from bala.notify.models import Address, Message
from bala.people.models import Account

NUDGE = "returns.nudge"  # staff, can be switched off or collected
INVITATION = "people.invitation"  # mandatory


def make_message(account: Account, key: str = "one", kind: str = NUDGE, **more: Any) -> Message:
    """Tell a person that a return is awaited."""
    context = {
        "campaign": {"kk": "Бақытты бала", "ru": "Счастливый ребёнок", "en": "Happy child"},
        "region": {"kk": "Алматы қаласы", "ru": "город Алматы", "en": ""},
        "slug": "children-2021",
        "iso": "KZ-75",
        "due": "2021-06-25",
        "is_over": False,
        **more.pop("context", {}),
    }
    message = tell(account=account, kind=kind, key=key, context=context, **more)
    assert message is not None
    return message


def make_address(account: Account, way: Way, value: str = "4711") -> Address:
    """Let a chat or telephone be the person's own."""
    return Address.objects.create(account=account, way=way, value=value, confirmed_at=clock.now())
