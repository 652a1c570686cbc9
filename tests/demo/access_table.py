"""Who gets what at the addresses of the room: outside of a demonstration they are not there."""

from tests.access import Row, everyone

ACCESS: dict[str, Row] = {
    "demo:clock": Row(everyone(404), method="post"),
    "demo:letters": Row(everyone(404)),
    "demo:letter": Row(everyone(404), lambda _world: {"public_id": "abc"}),
    "demo:telegram": Row(everyone(404), lambda _world: {"bot": "bala_bot"}),
}
