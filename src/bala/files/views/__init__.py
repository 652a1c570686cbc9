"""Doors of the room: delivery, the tus protocol, one's own files."""
