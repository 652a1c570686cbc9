"""What a part of `make security` has to say."""

from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
REPORTS = ROOT / "var" / "security-reports"
#: Where `make security` installs the tools (requirements/security.txt and wapiti.txt).
TOOLS = ROOT / "var" / "security" / "bin"
WAPITI = ROOT / "var" / "wapiti" / "bin"


@dataclass(frozen=True)
class Verdict:
    """One look at one thing: what was found, or why it could not be looked at."""

    what: str
    found: tuple[str, ...] = ()
    not_looked_at: str = ""

    def __str__(self) -> str:
        if self.found:
            return f"FOUND   {self.what}: " + "; ".join(self.found)
        if self.not_looked_at:
            return f"UNKNOWN {self.what}: {self.not_looked_at}"
        return f"clean   {self.what}"
