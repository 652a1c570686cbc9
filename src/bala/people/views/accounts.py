"""Opening an account: allauth's page, with our statuses."""

from typing import Any

from allauth.account.views import SignupView
from django.http import HttpResponse


class SignUpView(SignupView):  # type: ignore[misc] # allauth is untyped
    """Answer 422 to what is wrong and 429 to too many tries; what was typed stays."""

    def form_invalid(self, form: Any) -> HttpResponse:
        """Show the form again with its errors."""
        response: HttpResponse = super().form_invalid(form)
        response.status_code = form.status if form.status != 200 else 422
        return response


sign_up = SignUpView.as_view()
