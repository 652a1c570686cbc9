"""Writes of the room: sending, releasing, taking back, deleting."""

from bala.files.actions.keeping import claim, delete, release, withhold
from bala.files.actions.preparing import prepare
from bala.files.actions.receiving import FileRefused, QuotaExceeded, receive

__all__ = [
    "FileRefused",
    "QuotaExceeded",
    "claim",
    "delete",
    "prepare",
    "receive",
    "release",
    "withhold",
]
