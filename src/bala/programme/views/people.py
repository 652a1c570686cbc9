"""Who asks."""

from django.http import HttpRequest

from bala.kernel.errors import Forbidden
from bala.people.models import Account


def signed_in(request: HttpRequest) -> Account:
    """Return the account behind a request that an access door has let in."""
    if not isinstance(request.user, Account):
        raise Forbidden("")
    return request.user
