"""The workplace of hosts, results, deadlines and sanitary rules."""

from django.urls import path

from bala.programme.views import deadlines, hosting, proposals, results

HOSTING = "console/<slug:slug>/hosting/"
DEADLINES = "console/<slug:slug>/deadlines/"
RESULT = "console/rows/<str:public_id>/result/"

urlpatterns = [
    path(HOSTING, hosting.hosting, name="hosting"),
    path(f"{HOSTING}print/", hosting.hosting_print, name="hosting_print"),
    path(f"{HOSTING}adopt/", hosting.hosting_adopt, name="hosting_adopt"),
    path(
        f"{HOSTING}adopt/block/<int:number>/",
        hosting.hosting_adopt_block,
        name="hosting_adopt_block",
    ),
    path(
        f"{HOSTING}adopt/<str:public_id>/",
        hosting.hosting_adopt_activity,
        name="hosting_adopt_activity",
    ),
    path(f"{HOSTING}<str:public_id>/", hosting.hosting_row, name="hosting_row"),
    path(f"{HOSTING}<str:public_id>/withdraw/", hosting.hosting_withdraw, name="hosting_withdraw"),
    path("console/<slug:slug>/proposals/", proposals.proposals, name="proposals"),
    path("console/rows/<str:public_id>/decide/", proposals.proposal_decide, name="proposal_decide"),
    path(RESULT, results.result, name="result"),
    path(f"{RESULT}take-back/", results.result_back, name="result_back"),
    path(DEADLINES, deadlines.deadlines, name="deadlines"),
    path(f"{DEADLINES}set/", deadlines.deadlines_set, name="deadlines_set"),
    path(f"{DEADLINES}<str:iso_code>/write/", deadlines.deadlines_write, name="deadlines_write"),
]
