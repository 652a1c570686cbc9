from django.apps import AppConfig


class Config(AppConfig):
    name = "bala.people"
    label = "people"
