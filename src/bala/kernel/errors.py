"""What a person can do wrong, told in the person's language."""

from django.utils.functional import Promise


class PersonError(Exception):
    """Base of every error that a person can cause; `message` is what the person reads."""

    def __init__(self, message: str | Promise) -> None:
        self.message = message
        super().__init__(message)

    def __str__(self) -> str:
        return str(self.message)


class Forbidden(PersonError):
    """The person may not see or do this; doors answer 403."""


class NotHere(PersonError):
    """The thing does not exist for this person; doors answer 404."""


class EditConflict(PersonError):
    """Somebody else changed the thing since the person opened it; doors answer 409."""
