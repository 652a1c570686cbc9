"""Who gets what at the addresses of the room."""

from tests.access import Row
from tests.programme.access_tables import concept, coverage, hosts, pictures, plans, public

ACCESS: dict[str, Row] = {
    **concept.ACCESS,
    **plans.ACCESS,
    **hosts.ACCESS,
    **coverage.ACCESS,
    **public.ACCESS,
    **pictures.ACCESS,
}
