"""Addresses of uploads and of what is delivered."""

from django.urls import URLPattern

app_name = "files"
urlpatterns: list[URLPattern] = []
