"""Addresses of the room."""

from django.urls import path

from bala.demo import views

app_name = "demo"
urlpatterns = [
    path("demo/clock/", views.move, name="clock"),
]
