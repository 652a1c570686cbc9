"""Addresses of letters and what a person wants to receive."""

from django.urls import URLPattern

app_name = "notify"
urlpatterns: list[URLPattern] = []
