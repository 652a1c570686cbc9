"""Who gets what at the addresses of the room."""

from tests.access import Row, everyone
from tests.world import Persona

ACCESS: dict[str, Row] = {
    "root": Row(everyone(302)),
    "theme": Row(everyone(302), method="post"),
    "health": Row(everyone()),
    "pages:home": Row(everyone()),
    "pages:styleguide": Row(everyone()),
    "pages:console": Row({**everyone(), Persona.VISITOR: 302}),
}
