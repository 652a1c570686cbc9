"""Doors of the room, by audience."""
