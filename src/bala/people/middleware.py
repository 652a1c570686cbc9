"""Roles that decide for others sign in with a second factor; children stay on children's pages."""

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from bala.people.access import own_child
from bala.people.enums import ROLES_WITH_SECOND_FACTOR
from bala.people.models import Account
from bala.people.queries import rights_of
from bala.people.queries.accounts import is_child
from bala.people.queries.children_home import is_active


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


class ChildMiddleware:
    """Let a child in only while a guardian consents, and never to the pages of accounts.

    Which pages of the rooms a child sees is said there (`grown_up`, `signed_in_child`); e-mail,
    password and second factor of a child's account are nobody's to change but the guardian's.
    """

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
        """Hold a child that came too far; who asks for public pages is not looked at."""
        if not getattr(view, "login_required", True):
            return None
        account = request.user
        if not isinstance(account, Account) or not is_child(account):
            return None
        child = own_child(account)
        if child is None or not is_active(child):
            logout(request)
            return redirect("people:child_sign_in")
        inner = request.path_info[3:]  # without the language
        if inner.startswith("/accounts/") and not inner.startswith("/accounts/logout/"):
            words = _("This page is for parents and guardians. Ask yours to open it.")
            return render(request, "pages/error/403.html", {"message": words}, status=403)
        return None
