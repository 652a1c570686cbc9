from django.apps import AppConfig


class Config(AppConfig):
    name = "bala.safeguarding"
    label = "safeguarding"
