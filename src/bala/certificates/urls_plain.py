"""Addresses without a language: what verifiers of badges read."""

from django.urls import path

from bala.certificates.views import badges

app_name = "badges"
urlpatterns = [
    path(".well-known/jwks.json", badges.jwks, name="jwks"),
    path("badges/issuer.json", badges.profile, name="issuer"),
    path("badges/keys/<str:kid>.json", badges.key, name="key"),
    path("badges/achievements/<str:public_id>.json", badges.achievement_of, name="achievement"),
    path("badges/status/<int:number>", badges.status, name="status"),
]
