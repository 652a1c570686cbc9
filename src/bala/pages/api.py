"""The REST interface: /api/v1, described by OpenAPI."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI

from bala.certificates.api import router as certificates
from bala.kernel.errors import PersonError
from bala.programme.api import router as programme

api = NinjaAPI(title="Bala", version="1", docs_url=None, urls_namespace="api")
api.add_router("", programme)
api.add_router("", certificates)


@api.exception_handler(PersonError)
def told(request: HttpRequest, error: PersonError) -> HttpResponse:
    """Answer a person's error with its sentence: 403, 404, 409, 429 or 400."""
    return api.create_response(request, {"detail": str(error.message)}, status=error.status)


patterns = api.urls
# Who may call what is said by each operation's own `auth`, not by Django's sign-in page.
for _pattern in patterns[0]:
    if _pattern.callback is not None:
        _pattern.callback = login_not_required(_pattern.callback)
