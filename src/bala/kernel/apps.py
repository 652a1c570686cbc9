from django.apps import AppConfig


class Config(AppConfig):
    name = "bala.kernel"
    label = "kernel"

    def ready(self) -> None:
        from bala.kernel import checks  # noqa: F401 - importing registers them
