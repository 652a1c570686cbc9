"""Choices of the room."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """What a person does in a campaign; each is held within a scope."""

    COORDINATOR = "coordinator", _("coordinator")
    ORGANISER = "organiser", _("organiser")
    HOST = "host", _("host")
    EDITOR = "editor", _("editor")


# Roles that see or decide for others than their own organisation sign in with a second factor.
ROLES_WITH_SECOND_FACTOR = frozenset({Role.COORDINATOR, Role.ORGANISER, Role.EDITOR, Role.HOST})


class Language(TextChoices):
    KK = "kk", "Қазақша"
    RU = "ru", "Русский"
    EN = "en", "English"
