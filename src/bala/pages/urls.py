"""Addresses of the room."""

from django.urls import path

from bala.pages.views import console, public

app_name = "pages"
urlpatterns = [
    path("", public.home, name="home"),
    path("console/", console.console, name="console"),
]
