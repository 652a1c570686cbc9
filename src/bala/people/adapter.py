"""How allauth behaves here."""

import logging
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse

from bala.kernel import limits
from bala.people.models import Account

#: Who signs in and who fails to, for whoever watches over the site: never a password or an address.
_watch = logging.getLogger("bala.security")


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc] # allauth is untyped
    """Families sign up by themselves; accounts of staff are made by invitation."""

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return what limits are counted under: the hashed address, so that none is kept."""
        return limits.visitor(request)

    def authentication_failed(self, request: HttpRequest, **_credentials: Any) -> None:
        """Write down that a sign-in failed, and from where (hashed, good for a day)."""
        _watch.warning("sign-in failed, from %s", limits.visitor(request))

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Refuse when the limit is used up (allauth counts), and write that down."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            _watch.warning("sign-in refused by its limit, from %s", limits.visitor(request))
            raise

    def post_login(self, request: HttpRequest, user: Account, **more: Any) -> HttpResponse:
        """Write down who signed in."""
        _watch.info("account %s signed in, from %s", user.pk, limits.visitor(request))
        response: HttpResponse = super().post_login(request, user, **more)
        return response

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Any guardian may sign up; rights in the campaign come by invitation alone."""
        return True

    def save_user(
        self, request: HttpRequest, user: Account, form: Any, commit: bool = True
    ) -> Account:
        """Keep name and language along with e-mail and password."""
        user.full_name = form.cleaned_data["full_name"]
        user.language = form.cleaned_data["language"]
        saved: Account = super().save_user(request, user, form, commit)
        return saved

    def format_email_subject(self, subject: str) -> str:
        """Leave the subject as it is: the sender is named already."""
        return subject
