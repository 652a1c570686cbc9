"""Reads of the room: what may be delivered, and under which address."""

from bala.files.queries.addresses import address, is_signed_for, signed_address
from bala.files.queries.delivery import deliverable, own_files, public_rendition, with_renditions
from bala.files.queries.limits import limit_of, quota_left, used_bytes

__all__ = [
    "address",
    "deliverable",
    "is_signed_for",
    "limit_of",
    "own_files",
    "public_rendition",
    "quota_left",
    "signed_address",
    "used_bytes",
    "with_renditions",
]
