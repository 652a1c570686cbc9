"""Coverage and its gaps."""

from django.urls import URLPattern, path

from bala.programme.views import coverage

CONSOLE = "console/<slug:slug>/coverage/"

urlpatterns: list[URLPattern] = [
    path(CONSOLE, coverage.matrix, name="coverage"),
    path(f"{CONSOLE}table.<slug:form>", coverage.export, name="coverage_export"),
    path(f"{CONSOLE}<slug:public_id>/", coverage.activity, name="coverage_activity"),
    path(f"{CONSOLE}<slug:public_id>/write/", coverage.write, name="coverage_write"),
    path(f"{CONSOLE}<slug:public_id>/<slug:iso_code>/", coverage.cell, name="coverage_cell"),
    path("c/<slug:slug>/coverage/", coverage.public, name="public_coverage"),
]
