"""The public result of the canary crawl."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from bala.kernel.public_pages import public_page
from bala.pages.queries.canary import latest_runs


@public_page
def canary(request: HttpRequest) -> HttpResponse:
    """Show what the last crawls planted, read and found; not where: that is told to coordinators."""
    runs = list(latest_runs())
    run = runs[0] if runs else None
    figures = (
        [
            (_("identifiers planted"), run.planted),
            (_("pages read"), run.pages),
            (_("feeds read"), run.feeds),
            (_("API answers read"), run.api_answers),
            (_("files read"), run.files),
            (_("exports read"), run.exports),
            (_("doors found locked"), run.refused),
            (_("identifiers found"), len(run.found)),
        ]
        if run
        else []
    )
    context = {
        "run": run,
        "runs": runs,
        "figures": figures,
        "crumbs": [(_("Home"), reverse("pages:home")), (_("The canary"), "")],
    }
    return render(request, "pages/site/canary.html", context)
