"""Roles that decide for others sign in with a second factor, or do not get in."""

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from bala.people.enums import ROLES_WITH_SECOND_FACTOR
from bala.people.models import Account
from bala.people.queries import rights_of


class SecondFactorMiddleware:
    """Send a person with such a role, and no second factor yet, to set one up."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponse],
        _args: tuple[object, ...],
        _kwargs: dict[str, object],
    ) -> HttpResponse | None:
        """Hold whoever comes to a page that is not for everybody: each room's workplaces, families'
        pages and Django's admin. What lies under accounts/ sets the second factor up."""
        if self._must_set_up(request, view):
            return redirect("mfa_activate_totp")
        return None

    def _must_set_up(self, request: HttpRequest, view: Callable[..., HttpResponse]) -> bool:
        inner = request.path_info[3:]  # without the language
        if not settings.BALA_MFA_REQUIRED or inner.startswith("/accounts/"):
            return False
        if not getattr(view, "login_required", True) and not inner.startswith("/admin/"):
            return False  # who asks is not looked at: public pages know no session
        account = request.user
        if not isinstance(account, Account):
            return False
        needs = account.is_staff or ROLES_WITH_SECOND_FACTOR & rights_of(account).scopes.keys()
        return bool(needs) and not is_mfa_enabled(account)
