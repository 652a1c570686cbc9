"""What is written down about children: who saw their data, what they did."""

import pgtrigger
from django.db import models

from bala.kernel import clock
from bala.people.enums import SeenWhy
from bala.people.models.accounts import Account
from bala.people.models.families import Child


class ChildSeen(models.Model):
    """Somebody outside of the family saw a child's personal data. The guardian may read it."""

    child = models.ForeignKey(Child, models.CASCADE, related_name="seen")
    seen_by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    seen_at = models.DateTimeField(default=clock.now)
    why = models.CharField(max_length=15, choices=SeenWhy)
    about = models.CharField(max_length=80, blank=True)  # "contests.entry:ID", for those who check

    class Meta:
        ordering = ["-seen_at", "-pk"]
        indexes = [models.Index(fields=["child", "seen_at"])]
        # Rows go when their time is over; none is ever rewritten.
        triggers = [pgtrigger.Protect(name="seen_stays", operation=pgtrigger.Update)]

    def __str__(self) -> str:
        return f"{self.child_id} {self.why}"
