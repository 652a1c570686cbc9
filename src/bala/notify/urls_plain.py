"""Addresses without a language: machines come here."""

from django.urls import path

from bala.notify.views import hook

urlpatterns = [
    path("hooks/telegram/", hook.telegram, name="telegram_hook"),
]
