"""bala rotate_badge_key: sign badges with a new key from now on."""

from typing import Any

from django.core.management.base import BaseCommand

from bala.certificates.actions.keys import rotate


class Command(BaseCommand):
    """Put a new key in front."""

    help = "Makes a new key that signs digital badges; older keys stay, to verify what they signed."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Make it and say its kid."""
        self.stdout.write(f"From now on signs: {rotate()}")
