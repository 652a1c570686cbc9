"""Doors of the room, by who comes through them."""
