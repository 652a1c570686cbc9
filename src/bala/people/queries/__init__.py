"""Reads of the room; rights are what most others ask for."""

from bala.people.queries.rights import Rights, Scope, grants_matching, own_grants, rights_of

__all__ = ["Rights", "Scope", "grants_matching", "own_grants", "rights_of"]
