"""Addresses of letters and what a person wants to receive."""

from django.urls import path

from bala.notify import views

app_name = "notify"
urlpatterns = [
    path("console/me/letters/", views.letters, {"family": False}, name="letters"),
    path("family/letters/", views.letters, {"family": True}, name="family_letters"),
    path("letters/off/<str:token>/", views.off, name="off"),
]
