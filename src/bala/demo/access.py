"""The demonstration's door exists in the demonstration alone."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from bala.kernel.errors import NotHere


def demonstration_only() -> None:
    """Raise NotHere unless this is a demonstration."""
    if not settings.BALA_DEMO:
        raise NotHere(_("This is not a demonstration."))
