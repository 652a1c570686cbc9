"""Addresses of the room, by what they are about."""

from bala.programme.urls import concept, coverage, hosts, pictures, plans, public

app_name = "programme"
urlpatterns = [
    *concept.urlpatterns,
    *plans.urlpatterns,
    *hosts.urlpatterns,
    *coverage.urlpatterns,
    *public.urlpatterns,
    *pictures.urlpatterns,
]
