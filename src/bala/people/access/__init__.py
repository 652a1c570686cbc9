"""Who may see or do what with people's data."""

from bala.people.access.families import guarded_child, own_child
from bala.people.access.rights import GivingReach, Person, rights_giver, takeable_grant

__all__ = ["GivingReach", "Person", "guarded_child", "own_child", "rights_giver", "takeable_grant"]
