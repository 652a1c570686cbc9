"""Words that the screening looks for, beyond those that come with Bala."""

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from bala.kernel import clock
from bala.kernel.public_ids import PublicIdField
from bala.people.enums import Language
from bala.people.models import Account
from bala.safeguarding.enums import WordKind


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class ScreeningWord(models.Model):
    """A word added by a coordinator, or one of Bala's own that is switched off.

    The words that come with Bala (data/words.csv) are always in force unless a row here says no, so
    an empty table never means that nothing is screened.
    """

    public_id = PublicIdField()
    kind = models.CharField(_("list"), max_length=10, choices=WordKind)
    language = models.CharField(_("language"), max_length=2, choices=Language)
    # Beginnings of words, in order, up to two words between them; "$" ends a word for good.
    words = models.CharField(_("words"), max_length=120)
    is_off = models.BooleanField(_("not looked for"), default=False)
    added_by = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")
    added_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("word of the screening")
        verbose_name_plural = _("words of the screening")
        ordering = ["kind", "language", "words"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "words"], name="screening_word_once")
        ]

    def __str__(self) -> str:
        return self.words
