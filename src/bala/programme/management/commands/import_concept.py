"""Import a concept, plan or contest rules: document in, campaign out."""

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.urls import reverse
from django.utils import translation

from bala.concept.draft import DraftActivity, DraftCampaign, to_json, warning_text
from bala.concept.reader import read_document
from bala.concept.sources.safety import read_limited
from bala.kernel.errors import PersonError
from bala.programme.actions.concept import import_concept, publish_concept


class Command(BaseCommand):
    """`bala import_concept FILE [--dry-run] [--json] [--publish] [--slug SLUG]`.

    Exit 2 where the document is refused. Without --dry-run the draft is kept for review, and the
    address of its review page printed; --publish makes the campaign at once.
    """

    help = "Read a concept, plan or contest rules and import it as a campaign."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="a .docx, .odt, .pdf, .txt or .md document")
        parser.add_argument("--dry-run", action="store_true", help="show it, change nothing")
        parser.add_argument("--json", action="store_true", help="print JSON instead of a tree")
        parser.add_argument("--publish", action="store_true", help="make the campaign at once")
        parser.add_argument("--slug", default="", help="the campaign's address, with --publish")

    def handle(self, *_args: Any, **options: Any) -> None:
        path: Path = options["file"]
        if options["slug"] and not options["publish"]:
            raise CommandError("--slug goes with --publish.")
        max_bytes = settings.BALA_MAX_DOCUMENT_MB * 1024 * 1024
        where = ""
        try:
            draft = read_document(path, max_bytes=max_bytes)
            if not options["dry_run"]:
                where = self._import(path, read_limited(path, max_bytes=max_bytes), options)
        except PersonError as error:
            self.stderr.write(str(error))
            raise SystemExit(2) from None
        if options["json"]:
            self.stdout.write(json.dumps(to_json(draft), ensure_ascii=False, indent=2))
        else:
            self.stdout.write("\n".join(tree(draft)))
        if where:
            (self.stderr if options["json"] else self.stdout).write(f"\n{where}")

    @transaction.atomic  # a draft that cannot be published is not kept by --publish either
    def _import(self, path: Path, data: bytes, options: dict[str, Any]) -> str:
        document = import_concept(account=None, filename=path.name, data=data)
        if not options["publish"]:
            return _address("concept_review", public_id=document.public_id)
        campaign = publish_concept(account=None, document=document, slug=options["slug"])
        return _address("campaign_edit", slug=campaign.slug)


def _address(name: str, **kwargs: str) -> str:
    """Return the full address of a page of the console, in the language of officials' papers."""
    with translation.override("ru"):
        return str(settings.BALA_BASE_URL) + reverse(f"programme:{name}", kwargs=kwargs)


def tree(draft: DraftCampaign) -> list[str]:
    """Show a draft as an indented tree of lines for a person at a terminal."""
    period = " – ".join(day.isoformat() for day in (draft.starts_on, draft.ends_on) if day)
    lines = [draft.title, *(line for line in (period, draft.places, draft.participants) if line)]
    for block in draft.blocks:
        lines += ["", f"{block.number}. {block.title}"]
        lines += [f"   {_activity(block.number, activity)}" for activity in block.activities]
    if draft.warnings:
        lines += ["", *(f"! {warning_text(warning)}" for warning in draft.warnings)]
    return lines


def _activity(block: int, activity: DraftActivity) -> str:
    facts = [str(activity.kind.label), str(activity.level.label)]
    facts += [str(item.label) for item in activity.formats]
    facts += [day.isoformat() for day in (activity.starts_on, activity.ends_on) if day]
    ages = [str(age) for age in (activity.min_age, activity.max_age) if age is not None]
    if ages:
        facts.append("–".join(ages))
    return f"{block}.{activity.number} {activity.title} [{', '.join(facts)}]"
