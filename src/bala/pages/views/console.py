"""The first page of whoever works here."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def console(request: HttpRequest) -> HttpResponse:
    """Show what waits for the person today."""
    return render(request, "pages/console_home.html")
