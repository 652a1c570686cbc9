from django.apps import AppConfig


class Config(AppConfig):
    name = "bala.kernel"
    label = "kernel"
