"""Whether a child's own sign-in works now."""

from datetime import date

from django.conf import settings

from bala.people.enums import ConsentPurpose
from bala.people.models import Account, Child, SignInCard
from bala.people.queries.consents import missing
from bala.people.queries.families import age_on


def may_have_sign_in(child: Child, day: date) -> bool:
    """Whether the child is old enough (BALA_CHILD_SIGN_IN_AGE)."""
    return age_on(child.born_on, day) >= int(settings.BALA_CHILD_SIGN_IN_AGE)


def is_active(child: Child) -> bool:
    """Whether a legal representative lets the child take part now; without that nobody signs in as
    the child (standards, children first, rule 1). One query."""
    return child.erased_at is None and not missing(child, [ConsentPurpose.TAKE_PART])


def child_by_name(name: str) -> Child | None:
    """Return the child that signs in by this name."""
    return (
        Child.objects.select_related("account", "region")
        .filter(account__sign_in_name=name.strip().lower(), account__is_active=True)
        .first()
    )


def card_of(child: Child) -> SignInCard | None:
    """Return the child's card that works."""
    return SignInCard.objects.filter(child=child, revoked_at__isnull=True).first()


def child_of(account: Account) -> Child | None:
    """Return the child who signs in with the account, whole."""
    return Child.objects.select_related("region", "account").filter(account=account).first()
