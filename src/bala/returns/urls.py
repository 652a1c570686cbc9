"""Addresses of the room."""

from django.urls import URLPattern, URLResolver, path

from bala.returns.views import figures, public, reports, returns

app_name = "returns"
RETURN = "console/<slug:slug>/returns/<str:iso>/"
REPORT = "console/<slug:slug>/reports/<slug:public_id>/"
urlpatterns: list[URLPattern | URLResolver] = [
    path("console/<slug:slug>/returns/", returns.overview, name="overview"),
    path(RETURN, returns.show, name="show"),
    path(f"{RETURN}edit/", returns.edit, name="edit"),
    path(f"{RETURN}submit/", returns.submit, name="submit"),
    path(f"{RETURN}decide/", returns.decide, name="decide"),
    path(f"{RETURN}nudge/", returns.nudge, name="nudge"),
    path("console/<slug:slug>/reports/", reports.reports, name="reports"),
    path("console/<slug:slug>/reports/compare/", reports.compare, name="report_compare"),
    path(REPORT, reports.report, name="report"),
    path(f"{REPORT}file/", reports.download, name="report_download"),
    path("console/<slug:slug>/figures/<str:key>/", figures.figure, name="figure"),
    path("c/<slug:slug>/open-data/", public.open_data, name="open_data"),
    path("c/<slug:slug>/open-data/<slug:name>.csv", public.csv_file, name="open_data_csv"),
    path("c/<slug:slug>/open-data/<slug:name>.json", public.json_file, name="open_data_json"),
]
