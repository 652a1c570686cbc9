"""Addresses of the room."""

from django.urls import path

from bala.demo import views

app_name = "demo"
urlpatterns = [
    path("demo/clock/", views.move, name="clock"),
    path("demo/letters/", views.letters, name="letters"),
    path("demo/letters/<str:public_id>/", views.letter, name="letter"),
    path("demo/telegram/<str:bot>/", views.telegram, name="telegram"),
]
