from django.apps import AppConfig


class Config(AppConfig):
    name = "bala.returns"
    label = "returns"
