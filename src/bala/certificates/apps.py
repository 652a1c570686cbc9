from django.apps import AppConfig


class Config(AppConfig):
    name = "bala.certificates"
    label = "certificates"
