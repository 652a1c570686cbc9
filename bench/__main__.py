"""`make bench`: figures at national size, each beside its reference of the same run.

`python -m bench [NAME …]` with the names below; without, all of them. The data set stands in a
database of its own, `bala_bench`, and is made at the first run.
"""

import importlib
import os
import platform
import sys
from datetime import UTC, datetime

from bench.database import use_own_database

NAMES = ("coverage", "report", "plan_import", "public_pages", "notify", "files", "certificates")


def main() -> None:
    """Prepare the database, then run the benchmarks that are named."""
    chosen = sys.argv[1:] or list(NAMES)
    if unknown := set(chosen) - set(NAMES):
        sys.exit(f"No such benchmark: {', '.join(sorted(unknown))}. There are: {', '.join(NAMES)}")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bala.settings")
    os.environ.setdefault("BALA_MFA_REQUIRED", "0")
    use_own_database("bala_bench")
    import django

    django.setup()
    from django.core.management import call_command

    from bench.national import seed

    call_command("migrate", verbosity=0, interactive=False)
    call_command("collectstatic", verbosity=0, interactive=False)
    machine = f"{os.cpu_count()} cores, Python {platform.python_version()}"
    print(f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {machine}", flush=True)
    if set(chosen) - {"notify", "files", "certificates"}:  # these need no data set
        seconds = seed()
        print(
            f"data set: made in {seconds:.0f} s" if seconds else "data set: was there", flush=True
        )
    for name in chosen:
        importlib.import_module(f"bench.{name}").run()


if __name__ == "__main__":
    main()
