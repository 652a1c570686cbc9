"""From a person's error to the page that tells it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from bala.kernel.errors import PersonError
from bala.kernel.limits import TooOften


class PersonErrorMiddleware:
    """Answer an error that no view caught: 403, 404, 409, 429 or 400, with its sentence."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Render the page of a PersonError; leave all else to Django."""
        if not isinstance(exception, PersonError):
            return None
        status = exception.status
        template = f"pages/error/{status if status in (403, 404) else 'person'}.html"
        response = render(request, template, {"message": exception.message}, status=status)
        if isinstance(exception, TooOften):
            response["Retry-After"] = str(round(exception.wait.total_seconds()))
        return response
