"""Addresses without a language: what is delivered, and the tus protocol."""

from django.urls import path

from bala.files.views import delivery, tus

app_name = "media"
urlpatterns = [
    path("files/tus/", tus.uploads, name="uploads"),
    path("files/tus/<str:public_id>", tus.upload, name="upload"),
    path("files/<str:public_id>/<str:name>", delivery.file, name="file"),
]
