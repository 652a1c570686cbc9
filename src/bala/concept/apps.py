from django.apps import AppConfig


class Config(AppConfig):
    name = "bala.concept"
    label = "concept"
