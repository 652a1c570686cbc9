"""The first page of whoever works here."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from bala.pages.queries.console import campaign_in_view, today_of
from bala.people.models import Account


def console(request: HttpRequest) -> HttpResponse:
    """Show what waits for the person today."""
    account = request.user
    campaign = None
    if isinstance(account, Account):
        campaign = campaign_in_view(account, request.GET.get("campaign"))
    if campaign is None or not isinstance(account, Account):
        return render(request, "pages/console_empty.html")
    return render(request, "pages/console_home.html", {"today": today_of(account, campaign)})
