"""Pictures: sent by families and hosts, seen by everybody once they are approved."""

from django.urls import path

from bala.programme.views import pictures

urlpatterns = [
    path("family/pictures/", pictures.sent, name="pictures_sent"),
    path("family/pictures/add/", pictures.add, name="picture_add"),
    path("family/pictures/<str:public_id>/edit/", pictures.edit, name="picture_edit"),
    path("console/rows/<str:public_id>/pictures/", pictures.of_row, name="row_pictures"),
    path("c/<slug:slug>/pictures/", pictures.pictures, name="pictures"),
    path("c/<slug:slug>/picture/<str:public_id>/", pictures.picture, name="picture"),
]
