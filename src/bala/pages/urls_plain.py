"""Addresses without a language."""

from django.urls import path

from bala.pages.views import feeds, plain, public, sitemap

urlpatterns = [
    path("", plain.root, name="root"),
    path("theme/", plain.theme, name="theme"),
    path("region/", public.choose_region, name="choose_region"),
    path("robots.txt", feeds.robots, name="robots"),
    path("sitemap.xml", sitemap.sitemap_index, name="sitemap"),
    path("sitemap-<str:section>.xml", sitemap.sitemap_section, name="sitemap_section"),
    path("proof/", plain.proof, name="proof"),
    path("healthz", plain.health, name="health"),
]
