"""Each request calls regions as today until a door says which campaign it is about."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from bala.territory.models import regions_named_on


class RegionNamesMiddleware:
    """Let no request inherit the day of the one before it in the same thread."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with regions_named_on(None):
            return self.get_response(request)
