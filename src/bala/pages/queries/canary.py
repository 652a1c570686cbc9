"""Which fields hold what may never be public, and what the crawls for it found."""

from django.apps import apps
from django.db.models import QuerySet

from bala.pages.models import CanaryRun


def personal_fields() -> list[str]:
    """Return every field that a model marks as personal: "people.Child.family_name"."""
    return [
        f"{model._meta.label}.{name}"  # noqa: SLF001 - how Django names its models
        for model in apps.get_models()
        for name in model.__dict__.get("personal", ())
    ]


def latest_runs(size: int = 30) -> QuerySet[CanaryRun]:
    """Return the latest crawls, the last one first."""
    return CanaryRun.objects.order_by("-made_at", "-pk")[:size]
