"""Accessibility by axe-core, in a page of Playwright."""

from pathlib import Path
from typing import Any

from django.conf import settings
from playwright.sync_api import Page

TAGS = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]


def violations(page: Page) -> list[str]:
    """Return what axe finds against WCAG 2.2 AA on the page: «rule: element» for each.

    The script enters through the debugger, not through the page, so that the strict content
    policy of the page stays as people meet it.
    """
    source = Path(settings.BASE_DIR) / "node_modules" / "axe-core" / "axe.min.js"
    page.evaluate(source.read_text("utf-8"))
    found: list[dict[str, Any]] = page.evaluate(
        "async (tags) => (await axe.run(document, {runOnly: tags})).violations", TAGS
    )
    return [
        f"{rule['id']}: {' '.join(node['target'])} {node['html'][:120]}"
        for rule in found
        for node in rule["nodes"]
    ]
