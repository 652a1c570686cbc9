from django.apps import AppConfig


class Config(AppConfig):
    name = "bala.demo"
    label = "demo"
