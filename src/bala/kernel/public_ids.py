"""Public ids: what stands in an address in place of a row's number; nobody can guess another."""

import secrets
from typing import Any

from django.db import models

# No vowels and no look-alikes: an id is read out over the telephone and never spells a word.
ALPHABET = "23456789bcdfghjkmnpqrstvwxz"
LENGTH = 16  # 76 bits


def new_public_id() -> str:
    """Return a fresh random id of LENGTH letters and digits."""
    # One draw, not one for each letter: an import of 10,000 rows makes 10,000 ids.
    number = secrets.randbelow(len(ALPHABET) ** LENGTH)
    letters = []
    for _ in range(LENGTH):
        number, place = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[place])
    return "".join(letters)


class PublicIdField(models.CharField[str, str]):
    """A unique random id, set once when the row is made."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", LENGTH)
        kwargs.setdefault("default", new_public_id)
        kwargs.setdefault("unique", True)
        kwargs.setdefault("editable", False)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        """Always say whether it is unique: in a table of history it is not, and must stay so."""
        name, path, args, kwargs = super().deconstruct()
        kwargs["unique"] = self.unique
        return name, path, args, kwargs
