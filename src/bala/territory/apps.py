from django.apps import AppConfig


class Config(AppConfig):
    name = "bala.territory"
    label = "territory"
