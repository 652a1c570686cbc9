"""What a person can do wrong, told in the person's language."""

from typing import ClassVar

from django.utils.functional import Promise


class PersonError(Exception):
    """Base of every error that a person can cause; `message` is what the person reads.

    `status` is what doors answer with.
    """

    status: ClassVar[int] = 400

    def __init__(self, message: str | Promise) -> None:
        self.message = message
        super().__init__(message)

    def __str__(self) -> str:
        return str(self.message)


class Forbidden(PersonError):
    """The person may not see or do this."""

    status = 403


class NotHere(PersonError):
    """The thing does not exist for this person."""

    status = 404


class EditConflict(PersonError):
    """Somebody else changed the thing since the person opened it."""

    status = 409
