"""Addresses of certificates and their verification."""

from django.urls import path

from bala.certificates.views import family, public
from bala.certificates.views.console import designs, issued, lists

app_name = "certificates"
_CONSOLE = "console/<slug:slug>/certificates/"
_DESIGN = f"{_CONSOLE}designs/<str:public_id>/"
_LIST = f"{_CONSOLE}lists/<str:public_id>/"
_ONE = f"{_CONSOLE}one/<str:public_id>/"

urlpatterns = [
    path("v/", public.check, name="check"),
    path("v/<str:code>/", public.verify, name="verify"),
    path("family/certificates/", family.certificates, name="family"),
    path("family/certificates/<str:public_id>.pdf", family.pdf, name="family_pdf"),
    path("family/certificates/<str:public_id>.png", family.picture, name="family_picture"),
    path(
        "family/certificates/<str:public_id>/badge.jwt",
        family.badge,
        {"form": "jwt"},
        name="family_badge",
    ),
    path(
        "family/certificates/<str:public_id>/badge.png",
        family.badge,
        {"form": "png"},
        name="family_badge_picture",
    ),
    path(_CONSOLE, issued.certificates, name="certificates"),
    path(f"{_CONSOLE}issue/", issued.certificate_issue, name="issue"),
    path(_ONE, issued.certificate, name="certificate"),
    path(f"{_ONE}sheet.pdf", issued.pdf, name="certificate_pdf"),
    path(f"{_ONE}revoke/", issued.certificate_revoke, name="revoke"),
    path(f"{_CONSOLE}lists/", lists.list_add, name="list_add"),
    path(_LIST, lists.list_page, name="list"),
    path(f"{_LIST}confirm/", lists.list_confirm, name="list_confirm"),
    path(f"{_LIST}discard/", lists.list_discard, name="list_discard"),
    path(f"{_LIST}print/", lists.list_print, name="list_print"),
    path(f"{_LIST}files/<str:name>/", lists.list_file, name="list_file"),
    path(f"{_CONSOLE}designs/", designs.designs, name="designs"),
    path(f"{_CONSOLE}designs/add/", designs.design_add, name="design_add"),
    path(f"{_CONSOLE}designs/preview/", designs.preview, name="design_preview"),
    path(_DESIGN, designs.design, name="design"),
    path(f"{_DESIGN}picture.png", designs.design_picture, name="design_picture"),
    path(f"{_DESIGN}approve/", designs.design_approve, name="design_approve"),
    path(f"{_DESIGN}copy/", designs.design_copy, name="design_copy"),
    path(f"{_DESIGN}retire/", designs.design_retire, name="design_retire"),
    path(f"{_DESIGN}poster.pdf", designs.poster, name="poster"),
]
