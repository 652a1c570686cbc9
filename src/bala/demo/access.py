"""The demonstration's doors exist in the demonstration alone."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from bala.kernel.errors import NotHere
from bala.people.models import Account


def demonstration_only() -> None:
    """Raise NotHere unless this is a demonstration."""
    if not settings.BALA_DEMO:
        raise NotHere(_("This is not a demonstration."))


def demonstration_account(email: str) -> Account:
    """Return an account of the demonstration by its address, or raise NotHere."""
    demonstration_only()
    account = Account.objects.filter(email=email, email__endswith="@demo.example").first()
    if account is None:
        raise NotHere(_("Nobody of the demonstration has this address."))
    return account
