"""Writes of the room."""

from bala.people.actions.accounts import change_language, confirm_address
from bala.people.actions.consents import load_consent_notices
from bala.people.actions.rights import (
    AlreadyHeld,
    LastCoordinator,
    ScopeMissing,
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
    "confirm_address",
    "found_campaign_rights",
    "give_role",
    "load_consent_notices",
    "note_all_seen",
    "note_seen",
    "take_role",
]
