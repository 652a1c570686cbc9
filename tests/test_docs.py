"""What there is, is documented."""

import re
from pathlib import Path

import bala

HOME = Path(bala.__file__).parent
DOCS = HOME.parent.parent / "docs"


def test_every_setting_of_the_environment_is_documented() -> None:
    source = (HOME / "settings.py").read_text("utf-8")
    names = set(re.findall(r"env\.\w+\(\s*\"([A-Z_]+)\"", source))
    assert "BALA_VAR" in names
    documented = set(
        re.findall(r"^\| `([A-Z_]+)`", (DOCS / "settings.md").read_text("utf-8"), re.MULTILINE)
    )
    assert names == documented


def test_every_command_is_documented() -> None:
    names = {
        path.stem for path in HOME.glob("*/management/commands/*.py") if path.stem != "__init__"
    }
    documented = set(
        re.findall(r"^\| `bala (\w+)", (DOCS / "commands.md").read_text("utf-8"), re.MULTILINE)
    )
    assert names == documented


def test_documents_link_only_to_what_is_there() -> None:
    root = DOCS.parent
    for page in [root / "README.md", *DOCS.rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text("utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"
