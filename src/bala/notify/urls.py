"""Addresses of letters and what a person wants to receive."""

from django.urls import path

from bala.notify.views import linking, outbox, preferences

app_name = "notify"
urlpatterns = [
    path("console/me/letters/", preferences.letters, {"family": False}, name="letters"),
    path("family/letters/", preferences.letters, {"family": True}, name="family_letters"),
    path("console/<slug:slug>/letters/", outbox.outbox, name="outbox"),
    path("console/<slug:slug>/letters/again/", outbox.all_again, name="all_again"),
    path("console/<slug:slug>/letters/<str:public_id>/", outbox.letter, name="letter"),
    path("console/<slug:slug>/letters/<str:public_id>/again/", outbox.again, name="again"),
    path("letters/telegram/", linking.telegram, name="telegram"),
    path("letters/phone/", linking.phone, name="phone"),
    path("letters/forget/<str:way>/", linking.forget, name="forget"),
    path("letters/off/<str:token>/", preferences.off, name="off"),
]
