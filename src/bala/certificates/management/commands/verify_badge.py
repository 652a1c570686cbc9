"""bala verify_badge FILE: is this badge genuine? Without network and without the database."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from bala.certificates.actions.badges import jwks
from bala.certificates.queries.badge_checks import BadgeCheck, NotABadge, check, token_of
from bala.kernel import clock


class Command(BaseCommand):
    """Check a badge."""

    help = "Checks a digital badge (token, baked PNG or SVG) offline."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file, the issuer's keys and its list of revocations."""
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--keys", type=Path, help="JWKS of the issuer; else the keys of this service"
        )
        parser.add_argument(
            "--status", type=Path, help="list of revocations, as the badge names it"
        )
        parser.add_argument("--json", action="store_true", help="answer for programs")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Print what was found; end with 1 unless the badge is genuine and holds."""
        found = self._found(options)
        if options["json"]:
            self.stdout.write(json.dumps(_as_json(found), ensure_ascii=False, indent=1))
        else:
            self._tell(found)
        if not found.is_valid:
            raise SystemExit(1)

    def _found(self, options: dict[str, Any]) -> BadgeCheck:
        try:
            token = token_of(self._read(options["file"]))
            status = token_of(self._read(options["status"])) if options["status"] else ""
        except NotABadge as error:
            return BadgeCheck(faults=[str(error)])
        keys = jwks()["keys"]
        if options["keys"]:
            try:
                given = json.loads(self._read(options["keys"]))
                keys = given.get("keys", [given])
            except (ValueError, AttributeError):
                raise CommandError("The file of keys is no JSON Web Key Set.") from None
        return check(
            token, [k for k in keys if isinstance(k, dict)], status=status, now=clock.now()
        )

    def _read(self, path: Path) -> bytes:
        try:
            return path.read_bytes()
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}") from None

    def _tell(self, found: BadgeCheck) -> None:
        one = found.credential
        if found.is_valid:
            self.stdout.write(
                "GENUINE" + ("" if found.revoked is False else ", revocation not checked")
            )
        else:
            self.stdout.write("REVOKED" if found.revoked and not found.faults else "NOT GENUINE")
        for fault in found.faults:
            self.stdout.write(f"  {fault}")
        if one and not found.faults:
            subject = one["credentialSubject"]
            self.stdout.write(f"  {one.get('name', '')}")
            self.stdout.write(f"  {subject['achievement']['criteria'].get('narrative', '')}")
            self.stdout.write(f"  issued {one['validFrom']} by {one['iss']}")
            self.stdout.write(f"  {one['id']}")


def _as_json(found: BadgeCheck) -> dict[str, Any]:
    return {
        "valid": found.is_valid,
        "revoked": found.revoked,
        "faults": found.faults,
        "kid": found.kid,
        "credential": found.credential if not found.faults else None,
    }
