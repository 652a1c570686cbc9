"""Addresses of moderation, reports by the public and the record of who saw a child's data."""

from django.urls import URLPattern

app_name = "safeguarding"
urlpatterns: list[URLPattern] = []
