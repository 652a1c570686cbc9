"""The kinds of letters: each is a template ROOM/letters/NAME.txt that says what it is."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.apps import apps
from django.template.loader import get_template

from bala.notify.enums import CARRIERS, Way
from bala.notify.templatetags.letters import LetterNode

DIGEST = "notify.digest"  # the letter that holds what was collected
PHONE_CODE = "notify.phone_code"  # goes to a telephone that is not confirmed yet


class NoSuchKind(LookupError):
    """No room has a template of that name."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of letter."""

    name: str  # "ROOM.NAME"
    node: LetterNode

    @property
    def label(self) -> str:
        """Its name in the active language."""
        return self.node.words()

    @property
    def is_mandatory(self) -> bool:
        """Whether it comes whatever the person chose: receipts, what concerns safety."""
        return "mandatory" in self.node.flags

    @property
    def is_for_staff(self) -> bool:
        """Whether those who hold a role get it."""
        return "staff" in self.node.flags

    @property
    def is_for_families(self) -> bool:
        """Whether guardians get it; its words are then nobody else's business."""
        return "family" in self.node.flags

    @property
    def ways(self) -> tuple[Way, ...]:
        """The ways that a person may choose for it."""
        ways = list(CARRIERS)
        if self.name == DIGEST:  # switched off by choosing another way for what it holds
            return CARRIERS
        if "digest" in self.node.flags and not self.is_mandatory:
            ways.append(Way.DIGEST)
        return (*ways, *(() if self.is_mandatory else (Way.OFF,)))


def kinds() -> list[Kind]:
    """Return every kind that the installed rooms declare, by name."""
    return [_all()[name] for name in sorted(_all())]


def kind_of(name: str) -> Kind:
    """Return the kind called "ROOM.NAME", or raise NoSuchKind."""
    try:
        return _all()[name]
    except KeyError:
        raise NoSuchKind(name) from None


def template_of(name: str, ending: str = "txt") -> str:
    """Return the name of the template of a kind."""
    room, _dot, letter = name.partition(".")
    return f"{room}/letters/{letter}.{ending}"


@lru_cache(maxsize=1)
def _all() -> dict[str, Kind]:
    found = {}
    for config in apps.get_app_configs():
        for path in sorted(Path(config.path).glob(f"templates/{config.label}/letters/*.txt")):
            if not path.name.startswith("_") and not path.name.endswith(".short.txt"):
                name = f"{config.label}.{path.stem}"
                found[name] = Kind(name, _declaration(name))
    return found


def _declaration(name: str) -> LetterNode:
    source: Any = get_template(template_of(name))
    for node in source.template.nodelist.get_nodes_by_type(LetterNode):
        if isinstance(node, LetterNode):
            return node
    raise ValueError(f"{template_of(name)} does not say what kind of letter it is")
