"""Addresses: the language stands first in every address that a person sees."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from bala.pages.api import patterns as api_patterns
from bala.people.views.accounts import sign_up

urlpatterns = [
    path("api/v1/", api_patterns),
    path("", include("bala.pages.urls_plain")),
    path("", include("bala.files.urls_plain")),
    path("", include("bala.certificates.urls_plain")),
    path("", include("bala.notify.urls_plain")),
    *i18n_patterns(
        path("accounts/signup/", sign_up, name="account_signup"),  # before the library's own
        path("accounts/", include("allauth.urls")),
        path("admin/", admin.site.urls),
        path("", include("bala.demo.urls")),
        path("", include("bala.returns.urls")),
        path("", include("bala.programme.urls")),
        path("", include("bala.certificates.urls")),
        path("", include("bala.safeguarding.urls")),
        path("", include("bala.files.urls")),
        path("", include("bala.notify.urls")),
        path("", include("bala.people.urls")),
        path("", include("bala.territory.urls")),
        path("", include("bala.pages.urls")),
    ),
]
handler403 = "bala.pages.views.errors.forbidden"
handler404 = "bala.pages.views.errors.not_found"
handler500 = "bala.pages.views.errors.server_error"
