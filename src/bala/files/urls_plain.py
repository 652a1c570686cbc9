"""Addresses without a language: what is delivered, and the tus protocol."""

from django.urls import path

from bala.files.views import delivery

app_name = "media"
urlpatterns = [
    path("files/<str:public_id>/<str:name>", delivery.file, name="file"),
]
