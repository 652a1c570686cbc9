"""Reads of the room; the condition for what is public is what all others ask for."""

from bala.safeguarding.queries.items import own_items, public, public_items

__all__ = ["own_items", "public", "public_items"]
