from django.apps import AppConfig


class Config(AppConfig):
    name = "bala.programme"
    label = "programme"
