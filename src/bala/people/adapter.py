"""How allauth behaves here."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from bala.kernel import limits
from bala.people.models import Account


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc] # allauth is untyped
    """Families sign up by themselves; accounts of staff are made by invitation."""

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return what limits are counted under: the hashed address, so that none is kept."""
        return limits.visitor(request)

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
