"""What the house as a whole keeps: the results of the canary crawl."""

from django.db import models

from bala.kernel import clock
from bala.kernel.public_ids import PublicIdField


class CanaryRun(models.Model):
    """One canary crawl: how many identifiers were planted, what was read, where any was found."""

    public_id = PublicIdField()
    made_at = models.DateTimeField(default=clock.now)
    planted = models.PositiveIntegerField()
    pages = models.PositiveIntegerField()
    feeds = models.PositiveIntegerField()
    api_answers = models.PositiveIntegerField()
    files = models.PositiveIntegerField()
    exports = models.PositiveIntegerField()
    refused = models.PositiveIntegerField()  # answers that showed nothing: 302, 403, 404
    # [{"address": …, "field": "people.Child.family_name", "reader": "visitor"}]
    found = models.JSONField(default=list)
    broken = models.JSONField(default=list)  # addresses that answered with an error of ours
    seconds = models.FloatField()

    class Meta:
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.made_at:%Y-%m-%d} {len(self.found)}"

    @property
    def read(self) -> int:
        """All answers that showed something."""
        return self.pages + self.feeds + self.api_answers + self.files + self.exports
