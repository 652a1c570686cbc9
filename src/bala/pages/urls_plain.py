"""Addresses without a language."""

from django.urls import path

from bala.pages.views import plain

urlpatterns = [
    path("", plain.root, name="root"),
    path("theme/", plain.theme, name="theme"),
    path("healthz", plain.health, name="health"),
]
