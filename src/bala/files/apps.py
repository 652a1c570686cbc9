from django.apps import AppConfig


class Config(AppConfig):
    name = "bala.files"
    label = "files"
