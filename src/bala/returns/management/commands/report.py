"""`bala report`: the consolidated report, or that of a region, to a file."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from bala.kernel.errors import PersonError
from bala.programme.models import Campaign
from bala.returns.actions.reports import report_to_file
from bala.returns.enums import ReportFormat


class Command(BaseCommand):
    """`bala report --campaign SLUG [--region KZ-75] --lang ru|kk|en --format docx|xlsx|pdf --out FILE`."""

    help = "Write the report of a campaign (or of one region) to a file; freezes its figures."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--campaign", required=True, help="the campaign's slug")
        parser.add_argument("--region", default="", help="ISO code of a region; all when left out")
        parser.add_argument("--lang", required=True, choices=("ru", "kk", "en"))
        parser.add_argument("--format", required=True, choices=ReportFormat.values)
        parser.add_argument("--out", required=True, type=Path, help="the file to write")

    def handle(self, *_args: Any, **options: Any) -> None:
        campaign = Campaign.objects.filter(slug=options["campaign"]).first()
        if campaign is None:
            raise CommandError(f"There is no campaign {options['campaign']!r}.", returncode=2)
        region = None
        if options["region"]:
            region = campaign.regions.filter(iso_code=options["region"]).first()
            if region is None:
                raise CommandError(
                    f"The region {options['region']!r} takes no part in the campaign.", returncode=2
                )
        out: Path = options["out"]
        _must_be_writable(out)
        try:
            run = report_to_file(
                campaign=campaign,
                region=region,
                language=options["lang"],
                file_format=ReportFormat(options["format"]),
                out=out,
            )
        except PersonError as error:
            if not out.stat().st_size:  # the empty file that the check above made
                out.unlink()
            raise CommandError(str(error), returncode=2) from error
        self.stdout.write(f"{out}: SHA-256 {run.sha256}")


def _must_be_writable(out: Path) -> None:
    """Find out before the work is done, and not after it."""
    try:
        with out.open("ab"):
            pass
    except OSError as error:
        raise CommandError(f"Cannot write {out}: {error.strerror}.", returncode=2) from error
