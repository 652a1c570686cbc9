"""Bringing a concept in, and the campaign's own texts."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
