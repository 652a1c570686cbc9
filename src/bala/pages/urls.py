"""Addresses of the room."""

from django.urls import path

from bala.pages.views import console, public, styleguide

app_name = "pages"
urlpatterns = [
    path("", public.home, name="home"),
    path("styleguide/", styleguide.styleguide, name="styleguide"),
    path("console/", console.console, name="console"),
]
