"""Reads of the room: what may be delivered, and under which address."""

from bala.files.queries.addresses import address, is_signed_for, signed_address, thumbnail
from bala.files.queries.delivery import (
    deliverable,
    own_files,
    public_rendition,
    unfinished_uploads,
    with_renditions,
)
from bala.files.queries.limits import limit_of, quota_left, used_bytes, why_refused
from bala.files.queries.uses import Use, register_uses, uses_of

__all__ = [
    "Use",
    "address",
    "deliverable",
    "is_signed_for",
    "limit_of",
    "own_files",
    "public_rendition",
    "quota_left",
    "register_uses",
    "signed_address",
    "thumbnail",
    "unfinished_uploads",
    "used_bytes",
    "uses_of",
    "why_refused",
    "with_renditions",
]
