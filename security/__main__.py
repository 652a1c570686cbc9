"""`python -m security [audit] [api] [pages]`; without names, all three.

Ends with 0 when nothing was found, 1 when something was, 3 when nothing was found but a part could
not be looked at. Reports lie in `var/security-reports`.
"""

import importlib
import os
import sys

from security.verdicts import REPORTS, Verdict

NAMES = ("audit", "api", "pages")


def main() -> None:
    """Run the parts that are named and say what each found."""
    chosen = sys.argv[1:] or list(NAMES)
    if unknown := set(chosen) - set(NAMES):
        sys.exit(f"No such part: {', '.join(sorted(unknown))}. There are: {', '.join(NAMES)}")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bala.settings")
    REPORTS.mkdir(parents=True, exist_ok=True)
    verdicts: list[Verdict] = []
    for name in chosen:
        verdicts += importlib.import_module(f"security.{name}").run()
    print("\nVerdict")
    for one in verdicts:
        print(f"  {one}")
    if any(one.found for one in verdicts):
        sys.exit(1)
    sys.exit(3 if any(one.not_looked_at for one in verdicts) else 0)


if __name__ == "__main__":
    main()
