"""Addresses of one's own files."""

from django.urls import path

from bala.files.views import own

app_name = "files"
urlpatterns = [
    path("files/mine/", own.mine, name="mine"),
    path("files/mine/<str:public_id>/row/", own.row, name="row"),
    path("files/mine/<str:public_id>/delete/", own.remove, name="remove"),
    path("files/mine/<str:public_id>/state/", own.state, name="state"),
]
