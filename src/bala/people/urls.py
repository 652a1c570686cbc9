"""Addresses of the room."""

from django.urls import path

from bala.people import views

app_name = "people"
urlpatterns = [
    path("console/me/", views.me, name="me"),
    path("console/me/language/", views.language, name="language"),
    path("console/<slug:slug>/people/", views.rights, name="rights"),
    path("console/<slug:slug>/people/give/", views.give, name="give"),
    path("console/<slug:slug>/people/<str:public_id>/take/", views.take, name="take"),
    path("invited-only/", views.invited_only, name="invited_only"),
]
