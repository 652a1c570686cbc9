from django.apps import AppConfig


class Config(AppConfig):
    name = "bala.notify"
    label = "notify"
