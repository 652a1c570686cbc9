"""How often something may be done, counted for all processes together (docs/adr/0009).

Counts stand in PostgreSQL under a hashed key, so nobody's address is kept and no broker is needed.
"""

import hashlib
import hmac
import ipaddress
import math
from datetime import date, timedelta
from functools import lru_cache

from django.conf import settings
from django.db import connection
from django.http import HttpRequest
from django.utils.translation import ngettext

from bala.kernel import clock
from bala.kernel.errors import PersonError
from bala.kernel.models import DailySalt, Hits

_COUNT = """
INSERT INTO kernel_hits AS known (key, started_at, ends_at, times) VALUES (%s, %s, %s, 1)
ON CONFLICT (key) DO UPDATE SET
  times = CASE WHEN known.ends_at <= EXCLUDED.started_at THEN 1 ELSE known.times + 1 END,
  started_at = CASE WHEN known.ends_at <= EXCLUDED.started_at
               THEN EXCLUDED.started_at ELSE known.started_at END,
  ends_at = CASE WHEN known.ends_at <= EXCLUDED.started_at
            THEN EXCLUDED.ends_at ELSE known.ends_at END
WHERE known.ends_at <= EXCLUDED.started_at OR known.times < %s
RETURNING times
"""


class TooOften(PersonError):
    """The limit is used up. `wait` is how long until it may be done again."""

    status = 429

    def __init__(self, wait: timedelta) -> None:
        self.wait = wait
        minutes = max(math.ceil(wait.total_seconds() / 60), 1)
        super().__init__(
            ngettext(
                "This was done too often from here. Try again in %(minutes)d minute.",
                "This was done too often from here. Try again in %(minutes)d minutes.",
                minutes,
            )
            % {"minutes": minutes}
        )


def hit(key: str, *, limit: int, per: timedelta) -> None:
    """Count one more doing of `key`; raise TooOften from the one after `limit` until `per` is over.

    `per` begins with the first doing. Only a hash of `key` is kept. Call it before a transaction
    begins: what is rolled back is not counted. One statement, safe between any processes.
    """
    hashed = hashlib.sha256(key.encode()).hexdigest()
    now = clock.now()
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [hashed, now, now + per, limit])
        counted = cursor.fetchone()
    if counted is None:
        ends_at = Hits.objects.filter(key=hashed).values_list("ends_at", flat=True).first()
        raise TooOften(max((ends_at or now) - now, timedelta(seconds=1)))


def visitor(request: HttpRequest) -> str:
    """Return a name for where a request came from, good for one day: its address, hashed.

    IPv6 counts by /64, which is what one household gets. Behind a proxy (BALA_BEHIND_PROXY) the
    last entry of X-Forwarded-For counts: that one was written by the proxy itself.
    """
    salt = _salt(clock.today(), settings.DATABASES["default"]["NAME"])
    return hmac.new(salt.encode(), _network(address(request)).encode(), "sha256").hexdigest()[:32]


def address(request: HttpRequest) -> str:
    """Return the network address that a request came from; "" where there is none (a socket)."""
    if settings.BALA_BEHIND_PROXY:
        forwarded = request.headers.get("X-Forwarded-For", "")
        last = forwarded.rpartition(",")[2].strip()
        if last:
            return last
    return str(request.META.get("REMOTE_ADDR") or "")


def forget_old() -> None:
    """Drop counts that are over and the salts of past days; the addresses are lost for good then."""
    Hits.objects.filter(ends_at__lt=clock.now()).delete()
    DailySalt.objects.filter(day__lt=clock.today() - timedelta(days=1)).delete()


def _network(text: str) -> str:
    try:
        found = ipaddress.ip_address(text)
    except ValueError:
        return text
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped is not None:
            return str(found.ipv4_mapped)
        return str(ipaddress.IPv6Network((found, 64), strict=False).network_address)
    return str(found)


@lru_cache(maxsize=4)
def _salt(day: date, _database: str) -> str:
    """Return the salt of a day, the same for all processes; the first who asks makes it."""
    DailySalt.objects.bulk_create([DailySalt(day=day)], ignore_conflicts=True)
    return DailySalt.objects.get(day=day).salt
