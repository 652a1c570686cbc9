"""The workplace of hosts, results, deadlines and sanitary rules."""

from django.urls import path

from bala.programme.views import deadlines, hosting, organisations, proposals, results, sanitary

HOSTING = "console/<slug:slug>/hosting/"
DEADLINES = "console/<slug:slug>/deadlines/"
SANITARY = "console/<slug:slug>/sanitary/"
ORGANISATIONS = "console/organisations/"
IMPORT = f"{ORGANISATIONS}import/"
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
    path(SANITARY, sanitary.sanitary, name="sanitary"),
    path(f"{SANITARY}misfits/", sanitary.sanitary_misfits, name="sanitary_misfits"),
    path(f"{SANITARY}decree/", sanitary.sanitary_decree, name="sanitary_decree"),
    path(
        f"{SANITARY}decree/<str:day>/", sanitary.sanitary_decree_edit, name="sanitary_decree_edit"
    ),
    path(f"{SANITARY}import/", sanitary.sanitary_import, name="sanitary_import"),
    path(f"{SANITARY}limit/", sanitary.sanitary_limit, name="sanitary_limit_add"),
    path(f"{SANITARY}limit/<int:pk>/", sanitary.sanitary_limit, name="sanitary_limit"),
    path(ORGANISATIONS, organisations.organisations, name="organisations"),
    path(f"{ORGANISATIONS}add/", organisations.organisation_add, name="organisation_add"),
    path(f"{ORGANISATIONS}districts/", organisations.districts, name="districts"),
    path(f"{ORGANISATIONS}districts/add/", organisations.district_add, name="district_add"),
    path(f"{ORGANISATIONS}districts/<int:pk>/", organisations.district_edit, name="district_edit"),
    path(IMPORT, organisations.organisation_import, name="organisation_import"),
    path(
        f"{ORGANISATIONS}districts/import/",
        organisations.organisation_import,
        {"subject": "districts"},
        name="district_import",
    ),
    path(
        f"{IMPORT}<str:public_id>/",
        organisations.organisation_import_preview,
        name="organisation_import_preview",
    ),
    path(
        f"{IMPORT}<str:public_id>/confirm/",
        organisations.organisation_import_confirm,
        name="organisation_import_confirm",
    ),
    path(
        f"{ORGANISATIONS}<str:public_id>/",
        organisations.organisation_edit,
        name="organisation_edit",
    ),
]
