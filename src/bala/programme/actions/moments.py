"""The moment at which outcomes are written, or summed to be frozen.

A frozen figure finds its records again by their time: those recorded until then and not superseded.
That holds only if nobody who took an earlier moment commits after the sum was made. So whoever
writes outcomes takes the moment here, under a lock of the campaign that all writers share, and
whoever freezes figures waits for the writers that have begun.
"""

from datetime import datetime

from django.db import connection

from bala.kernel import clock

_LOCK = 0x62616C62  # beside that of folding; the second number is the campaign


def moment_of_writing(campaign_id: int) -> datetime:
    """Return the moment for outcomes of a campaign that are written or superseded now.

    Call it in the transaction that writes them: freezing waits until that ends.
    """
    return _moment("pg_advisory_xact_lock_shared", campaign_id)


def moment_of_freezing(campaign_id: int) -> datetime:
    """Return a moment up to which every outcome of a campaign is committed.

    Call it in a transaction; who wants to write waits until that ends, and gets a later moment.
    """
    return _moment("pg_advisory_xact_lock", campaign_id)


def _moment(lock: str, campaign_id: int) -> datetime:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {lock}(%s, %s)", [_LOCK, campaign_id])
    return clock.now()
