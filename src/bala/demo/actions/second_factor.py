"""Somebody in the demonstration who signs in with a second step."""

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP

from bala.demo.actions.people import make_account
from bala.demo.enums import CAMPAIGN_SLUG, TWO_STEP, TWO_STEP_SECRET
from bala.people.enums import Role
from bala.people.models import RoleGrant


def make_second_factor() -> None:
    """Make a coordinator with an authenticator whose secret is public, unless there is one."""
    account = make_account(TWO_STEP)
    RoleGrant.objects.get_or_create(
        account=account,
        role=Role.COORDINATOR,
        campaign_slug=CAMPAIGN_SLUG,
        taken_at=None,
        defaults={"reason": "Приказ № 214 от 12.05.2021"},
    )
    if not Authenticator.objects.filter(user=account).exists():
        TOTP.activate(account, TWO_STEP_SECRET)
