"""What the demonstration's bar and sign-in page show."""

from dataclasses import dataclass
from datetime import datetime

from allauth.mfa.adapter import get_adapter
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.db.models import QuerySet
from django.utils.translation import gettext

from bala.demo.enums import HOUR, PASSWORD, STEPS, TWO_STEP, TWO_STEP_SECRET
from bala.demo.models import Post
from bala.kernel import clock
from bala.people.models import Account, RoleGrant


@dataclass(frozen=True, slots=True)
class SignIn:
    """One way into the demonstration."""

    email: str
    name: str
    role: str
    scope: str
    password: str = PASSWORD

    @property
    def label(self) -> str:
        """What stands on the button: the role, and where it is held."""
        if self.email == address_of(TWO_STEP):
            return gettext("%(role)s, with a second step") % {"role": self.role}
        return f"{self.role}: {self.scope}" if self.scope else self.role


@dataclass(frozen=True, slots=True)
class SecondFactor:
    """What takes the place of a telephone with an authenticator app in the demonstration."""

    code: str
    secret: str
    url: str  # what the app reads from the QR code


def address_of(who: str) -> str:
    """Return the e-mail address of somebody in the demonstration."""
    return f"{who}@demo.example"


def second_factor() -> SecondFactor:
    """Return the code that is good now; codes follow the real time, not the demonstration's."""
    counters = list(yield_hotp_counters_from_time())
    counter = counters[len(counters) // 2]
    return SecondFactor(
        code=format_hotp_value(hotp_value(TWO_STEP_SECRET, counter)),
        secret=TWO_STEP_SECRET,
        url=get_adapter().build_totp_url(Account(email=address_of(TWO_STEP)), TWO_STEP_SECRET),
    )


def moment_of(step: str) -> datetime:
    """Return the moment at which a step of the demonstration stands; KeyError for no step."""
    day = {value: day for value, _label, day in STEPS}[step]
    return datetime(day.year, day.month, day.day, HOUR, tzinfo=clock.NATIONAL_ZONE)


def sign_ins() -> list[SignIn]:
    """Return one sign-in for each role of the demonstration."""
    grants = (
        RoleGrant.objects.filter(account__email__endswith="@demo.example", taken_at__isnull=True)
        .select_related("account", "region", "district", "organisation")
        .order_by("pk")
    )
    guardians = (
        Account.objects.filter(
            email__endswith="@demo.example", guardianships__ended_at__isnull=True
        )
        .exclude(guardianships=None)
        .distinct()
        .order_by("pk")
    )
    families = [
        SignIn(email=one.email, name=one.full_name, role=gettext("parent"), scope=one.full_name)
        for one in guardians
    ]
    return families + [
        SignIn(
            email=grant.account.email,
            name=grant.account.full_name,
            role=str(grant.get_role_display()),
            scope=str(grant.organisation or grant.district or grant.region or ""),
        )
        for grant in grants
    ]


def posts_to(address: str) -> QuerySet[Post]:
    """Return the letters whose address contains a text; all of them for an empty one."""
    return Post.objects.filter(to__icontains=address) if address else Post.objects.all()


def posts_in_chat(chat: int) -> list[Post]:
    """Return the last thirty messages of the bot in a chat, the oldest first."""
    found = Post.objects.filter(way="telegram", to=str(chat)).order_by("-pk")[:30]
    return list(found)[::-1]
