"""The site as its visitors find it on a day of the campaign: `bala serve` with a pinned clock."""

import os
import sys
from collections.abc import Callable, Iterable
from typing import Any

from bench.coverage import NATIONAL_DAY

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bala.settings")


def application(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
    """Answer one request on the national day."""
    from bala.kernel import clock
    from bala.wsgi import application as real

    with clock.at(NATIONAL_DAY):
        return real(environ, start)


def main() -> None:
    """Serve on the port that is named, with two web processes and a worker."""
    from bala.kernel import processes

    processes.serve(port=int(sys.argv[1]), workers=2, application="bench.served:application")


if __name__ == "__main__":
    main()
