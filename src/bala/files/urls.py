"""Addresses of one's own files."""

from django.urls import path

from bala.files.views import own

app_name = "files"
urlpatterns = [
    path("files/mine/<str:public_id>/state/", own.state, name="state"),
]
