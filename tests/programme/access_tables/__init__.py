"""The access table of the room, by what its addresses are about."""
