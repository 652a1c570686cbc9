"""What the demonstration remembers: the letters that went nowhere else."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from bala.kernel import clock
from bala.kernel.public_ids import PublicIdField


class Post(models.Model):
    """A letter, text message or bot's message, kept in place of being sent."""

    public_id = PublicIdField()
    way = models.CharField(max_length=10)  # email, sms or telegram
    to = models.CharField(max_length=400)  # mailbox, telephone, number of a chat
    subject = models.CharField(max_length=300, blank=True)
    text = models.TextField()
    html = models.TextField(blank=True)
    sent_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        indexes = [models.Index(fields=["to", "-id"], name="post_to")]

    def __str__(self) -> str:
        return self.subject or self.to

    @property
    def icon(self) -> str:
        """The pictogram of its way."""
        return {"telegram": "chat", "sms": "phone"}.get(self.way, "mail")
