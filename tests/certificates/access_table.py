"""Who gets what at the addresses of the room."""

from tests.access import Row

ACCESS: dict[str, Row] = {}
