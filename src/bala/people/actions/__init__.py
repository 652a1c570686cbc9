"""Writes of the room."""

from bala.people.actions.rights import (
    AlreadyHeld,
    LastCoordinator,
    ScopeMissing,
    change_language,
    found_campaign_rights,
    give_role,
    take_role,
)
from bala.people.actions.seen import note_all_seen, note_seen

__all__ = [
    "AlreadyHeld",
    "LastCoordinator",
    "ScopeMissing",
    "change_language",
    "found_campaign_rights",
    "give_role",
    "note_all_seen",
    "note_seen",
    "take_role",
]
