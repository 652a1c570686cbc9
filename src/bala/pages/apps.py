from django.apps import AppConfig


class Config(AppConfig):
    name = "bala.pages"
    label = "pages"
