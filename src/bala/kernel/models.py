"""What the kernel remembers: counts of hashed keys, the salts of two days, the edition of what is kept."""

import secrets

from django.db import models


def new_salt() -> str:
    """Return a fresh random salt."""
    return secrets.token_hex(32)


class Hits(models.Model):
    """How often something was done under a key since `started_at`; the key is a hash."""

    key = models.CharField(max_length=64, primary_key=True)
    started_at = models.DateTimeField()
    ends_at = models.DateTimeField(db_index=True)  # from then on the row means nothing
    times = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="hits_count_something", condition=models.Q(times__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.key[:8]} × {self.times}"


class DailySalt(models.Model):
    """What addresses of visitors are hashed with on one day; gone a day later, and they with it."""

    day = models.DateField(primary_key=True)
    salt = models.CharField(max_length=64, default=new_salt)

    def __str__(self) -> str:
        return self.day.isoformat()


class Edition(models.Model):
    """The number of the edition of everything that is kept for the public (see kernel.keeping)."""

    number = models.BigIntegerField()

    def __str__(self) -> str:
        return str(self.number)
