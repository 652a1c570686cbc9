"""The site as its visitors find it on a day of the campaign: `bala serve` with a pinned clock.

`BENCH_MOMENT` names another moment than the national day, as `2021-05-28T04:00:00+00:00`.
"""

import os
import sys
from collections.abc import Callable, Iterable
from datetime import datetime
from functools import cache
from typing import Any

from bench.coverage import NATIONAL_DAY

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bala.settings")
MOMENT = datetime.fromisoformat(os.environ.get("BENCH_MOMENT", NATIONAL_DAY.isoformat()))


def application(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
    """Answer one request at that moment; two addresses tell what nothing costs."""
    if environ["PATH_INFO"] == "/bare/":
        start("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "2")])
        return [b"ok"]
    from bala.kernel import clock
    from bala.wsgi import application as real

    _with_empty_view()
    with clock.at(MOMENT):
        return real(environ, start)


@cache
def _with_empty_view() -> None:
    """Add an address behind all middleware whose view does nothing."""
    from django.contrib.auth.decorators import login_not_required
    from django.http import HttpResponse
    from django.urls import path

    from bala import urls

    urls.urlpatterns.insert(0, path("empty/", login_not_required(lambda _r: HttpResponse("ok"))))


def main() -> None:
    """Serve on the port that is named, with two web processes and a worker."""
    from bala.kernel import processes

    processes.serve(port=int(sys.argv[1]), workers=2, application="bench.served:application")


if __name__ == "__main__":
    main()
