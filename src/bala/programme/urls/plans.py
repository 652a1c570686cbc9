"""The regions' plans."""

from django.urls import path

from bala.programme.views import plan_imports as imports
from bala.programme.views import plan_rows as rows
from bala.programme.views import plans

REGION = "console/<slug:slug>/plans/<str:iso_code>/"
IMPORT = f"{REGION}import/<str:public_id>/"
ROW = "console/rows/<str:public_id>/"

urlpatterns = [
    path("console/<slug:slug>/plans/", plans.plans, name="plans"),
    path(REGION, plans.plan_region, name="plan_region"),
    path(f"{REGION}add/", rows.plan_add, name="plan_add"),
    path(f"{REGION}bulk/", rows.plan_bulk, name="plan_bulk"),
    path(f"{REGION}carry/", rows.plan_carry, name="plan_carry"),
    path(f"{REGION}paste/", rows.plan_paste, name="plan_paste"),
    path(f"{REGION}organisations/", rows.plan_organisations, name="plan_organisations"),
    path(f"{REGION}plan.<str:form>", plans.plan_export, name="plan_export"),
    path(f"{REGION}import/", imports.plan_import, name="plan_import"),
    path(IMPORT, imports.plan_import_preview, name="plan_import_preview"),
    path(f"{IMPORT}confirm/", imports.plan_import_confirm, name="plan_import_confirm"),
    path(f"{IMPORT}discard/", imports.plan_import_discard, name="plan_import_discard"),
    path(f"{IMPORT}file/", imports.plan_import_file, name="plan_import_file"),
    path(ROW, rows.plan_item, name="plan_item"),
    path(f"{ROW}cells/", rows.plan_row, name="plan_row"),
    path(f"{ROW}copy/", rows.plan_copy, name="plan_copy"),
    path(f"{ROW}status/", rows.plan_status, name="plan_status"),
    path(f"{ROW}delete/", rows.plan_delete, name="plan_delete"),
]
