"""What certificates look like and say."""

from typing import Any

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bala.certificates.enums import ISSUED, DesignState, Kind, PrintLanguage
from bala.kernel import clock
from bala.kernel.public_ids import PublicIdField
from bala.kernel.translated import Shown, TranslatedText, pick
from bala.people.models import Account
from bala.territory.models import Organisation, Region

_TEXTS = ("heading", "lead", "body", "value", "terms", "issuer")


class Design(models.Model):
    """Texts, signatories and colour of one kind of certificate in a campaign.

    The campaign is named by its slug, because campaigns stand on a higher floor (docs/adr/0003); its
    title is copied, as a sheet of paper must say the same for ever. Of the whole country without a
    region, of a region without an organisation.
    """

    public_id = PublicIdField()
    campaign_slug = models.SlugField(max_length=80)
    campaign_kk = models.CharField(max_length=300, blank=True)
    campaign_ru = models.CharField(max_length=300, blank=True)
    campaign_en = models.CharField(max_length=300, blank=True)
    region = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, related_name="+")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+"
    )
    kind = models.CharField(_("kind"), max_length=15, choices=Kind)
    label = models.CharField(_("name of the design"), max_length=120)
    language = models.CharField(
        _("languages of the sheet"),
        max_length=4,
        choices=PrintLanguage,
        default=PrintLanguage.BOTH,
    )
    block = models.PositiveSmallIntegerField(_("colour of the block"), default=0)  # 0: the sky
    heading_kk = models.CharField(_("heading in Kazakh"), max_length=80, blank=True)
    heading_ru = models.CharField(_("heading in Russian"), max_length=80, blank=True)
    lead_kk = models.CharField(_("line above the name in Kazakh"), max_length=200, blank=True)
    lead_ru = models.CharField(_("line above the name in Russian"), max_length=200, blank=True)
    body_kk = models.TextField(_("text in Kazakh"), max_length=1200, blank=True)
    body_ru = models.TextField(_("text in Russian"), max_length=1200, blank=True)
    value_kk = models.CharField(_("face value in Kazakh"), max_length=80, blank=True)
    value_ru = models.CharField(_("face value in Russian"), max_length=80, blank=True)
    terms_kk = models.TextField(_("terms in Kazakh"), max_length=600, blank=True)
    terms_ru = models.TextField(_("terms in Russian"), max_length=600, blank=True)
    issuer_kk = models.CharField(_("issued by, in Kazakh"), max_length=300, blank=True)
    issuer_ru = models.CharField(_("issued by, in Russian"), max_length=300, blank=True)
    issuer_en = models.CharField(_("issued by, in English"), max_length=300, blank=True)
    # [{"name": …, "post_kk": …, "post_ru": …}], three at most.
    signatories = models.JSONField(default=list, blank=True)
    link = models.CharField(_("address behind the QR of a poster"), max_length=300, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=DesignState, default=DesignState.DRAFT
    )
    revision = models.PositiveIntegerField(default=1)
    made_by = models.ForeignKey(Account, models.SET_NULL, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(default=clock.now)
    approved_by = models.ForeignKey(
        Account, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    approved_at = models.DateTimeField(null=True, blank=True)

    campaign = TranslatedText()
    issuer = TranslatedText()

    class Meta:
        verbose_name = _("design of a certificate")
        verbose_name_plural = _("designs of certificates")
        ordering = ["-made_at", "-pk"]
        indexes = [models.Index(fields=["campaign_slug", "-made_at", "-id"])]
        constraints = [
            models.CheckConstraint(condition=Q(block__lte=8), name="design_block_has_a_colour"),
            models.CheckConstraint(
                condition=Q(organisation__isnull=True) | Q(region__isnull=False),
                name="design_of_an_organisation_has_a_region",
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(approved_at__isnull=False),
                name="design_approved_at_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(state="draft")
                | (
                    (Q(language="ru") | (~Q(heading_kk="") & ~Q(issuer_kk="")))
                    & (Q(language="kk") | (~Q(heading_ru="") & ~Q(issuer_ru="")))
                ),
                name="design_approved_with_its_texts",
            ),
        ]
        triggers = [
            # What was approved was approved as it stands: only the state may still change.
            pgtrigger.Protect(
                name="approved_design_stays",
                operation=pgtrigger.Update,
                condition=~pgtrigger.Q(old__state="draft") & pgtrigger.Q(new__state="draft"),
            ),
            pgtrigger.ReadOnly(
                name="approved_texts_stay",
                fields=[
                    "campaign_slug",
                    "campaign_kk",
                    "campaign_ru",
                    "campaign_en",
                    "kind",
                    "language",
                    "block",
                    *(f"{n}_{c}" for n in _TEXTS for c in ("kk", "ru")),
                    "issuer_en",
                    "signatories",
                    "link",
                ],
                condition=~pgtrigger.Q(old__state="draft"),
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def is_issued(self) -> bool:
        """Whether it goes to somebody by name; posters do not."""
        return self.kind in ISSUED

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of the sheet, Kazakh first."""
        return ("kk", "ru") if self.language == PrintLanguage.BOTH else (str(self.language),)

    @property
    def heading(self) -> Shown:
        """The heading in the reader's language, or the nearest."""
        return pick({"kk": self.heading_kk, "ru": self.heading_ru})

    def text(self, name: str, language: str) -> str:
        """Return one of its texts (heading, lead, body, value, terms, issuer, campaign)."""
        found: Any = getattr(self, f"{name}_{language}")
        return str(found)
