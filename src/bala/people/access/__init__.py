"""Who may see or do what with people's data."""

from bala.people.access.families import (
    ConsentMissing,
    grown_up,
    guarded_child,
    own_child,
    own_consent,
    own_take_out,
    signed_in_child,
    taking_part,
)
from bala.people.access.rights import GivingReach, Person, rights_giver, takeable_grant

__all__ = [
    "ConsentMissing",
    "GivingReach",
    "Person",
    "grown_up",
    "guarded_child",
    "own_child",
    "own_consent",
    "own_take_out",
    "rights_giver",
    "signed_in_child",
    "takeable_grant",
    "taking_part",
]
