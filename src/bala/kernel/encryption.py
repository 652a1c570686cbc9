"""Columns whose text the database never sees: sensitive needs of children, for one.

Fernet of the package cryptography. The first key of BALA_FIELD_KEYS writes, all of them read, so a
key is changed by putting a new one in front and saving the rows anew.
"""

import base64
from functools import lru_cache
from typing import Any

from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import models


@lru_cache(maxsize=4)
def _cipher(secrets: tuple[str, ...]) -> MultiFernet:
    def key(secret: str) -> bytes:
        hkdf = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"bala.kernel.encryption")
        return base64.urlsafe_b64encode(hkdf.derive(secret.encode()))

    return MultiFernet([Fernet(key(secret)) for secret in secrets])


def _current() -> MultiFernet:
    return _cipher(tuple(settings.BALA_FIELD_KEYS) or (settings.SECRET_KEY,))


class EncryptedTextField(models.TextField[str, str]):
    """Text that is encrypted on its way into the database; it can be neither searched nor sorted.

    An empty text stays empty. A row written with a key that is gone raises InvalidToken.
    """

    def get_prep_value(self, value: Any) -> Any:
        """Encrypt."""
        text = super().get_prep_value(value)
        return _current().encrypt(text.encode()).decode() if text else text

    def from_db_value(self, value: str | None, *_args: Any) -> str | None:
        """Decrypt."""
        return _current().decrypt(value.encode()).decode() if value else value
