"""Coverage and its gaps."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
