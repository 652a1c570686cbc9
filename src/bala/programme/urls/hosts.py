"""The workplace of hosts, results, deadlines and sanitary rules."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
