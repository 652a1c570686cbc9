"""Addresses of letters and what a person wants to receive."""

from django.urls import path

from bala.notify.views import linking, preferences

app_name = "notify"
urlpatterns = [
    path("console/me/letters/", preferences.letters, {"family": False}, name="letters"),
    path("family/letters/", preferences.letters, {"family": True}, name="family_letters"),
    path("letters/telegram/", linking.telegram, name="telegram"),
    path("letters/phone/", linking.phone, name="phone"),
    path("letters/forget/<str:way>/", linking.forget, name="forget"),
    path("letters/off/<str:token>/", preferences.off, name="off"),
]
