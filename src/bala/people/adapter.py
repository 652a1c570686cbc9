"""How allauth behaves here."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from bala.kernel import limits


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc] # allauth is untyped
    """Accounts of staff are made by invitation; families get a door of their own."""

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return what limits are counted under: the hashed address, so that none is kept."""
        return limits.visitor(request)

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Nobody signs up by himself yet."""
        return False
