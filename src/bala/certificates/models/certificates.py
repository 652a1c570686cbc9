"""What was issued, and the series that its numbers come from."""

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bala.certificates.enums import LETTERS, Kind, Naming, PrintLanguage, RecipientKind
from bala.certificates.models.designs import Design
from bala.kernel import clock
from bala.kernel.public_ids import PublicIdField
from bala.kernel.translated import TranslatedText
from bala.people.models import Account, Child
from bala.territory.models import Organisation, Region

#: What never changes once a certificate is issued.
FIXED = (
    "public_id",
    "design",
    "campaign_slug",
    "series",
    "number",
    "recipient_kind",
    "recipient_key",
    "child",
    "account",
    "organisation",
    "occasion_key",
    "occasion_kk",
    "occasion_ru",
    "occasion_en",
    "occasion_hash",
    "place",
    "nomination",
    "language",
    "issued_on",
    "issued_at",
    "content_sha256",
)


class Series(models.Model):
    """The numbers of one kind in a campaign, 1, 2, 3…: a number is taken and used in one transaction."""

    campaign_slug = models.SlugField(max_length=80)
    kind = models.CharField(max_length=15, choices=Kind)
    year = models.PositiveSmallIntegerField()
    last_number = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["campaign_slug", "kind"], name="series_once")
        ]

    def __str__(self) -> str:
        return f"{LETTERS[self.kind]}-{self.year}"


class Certificate(models.Model):
    """A diploma, letter, certificate of participation or voucher that somebody was given.

    The printed name is kept for printing and for the family alone; the public reads what `naming`
    and the family's consent allow (queries.verification). Erasing a family empties name, detail and
    salt: the number stays, and nobody can be found by it.
    """

    personal: ClassVar = ("name", "detail")
    public_id = PublicIdField()
    design = models.ForeignKey(Design, models.PROTECT, related_name="certificates")
    campaign_slug = models.SlugField(max_length=80)
    region = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, related_name="+")
    issuing_organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="certificates_issued"
    )
    series = models.ForeignKey(Series, models.PROTECT, related_name="certificates")
    number = models.PositiveIntegerField()
    recipient_kind = models.CharField(_("recipient"), max_length=12, choices=RecipientKind)
    # Who it is, for "once": "child:7", or a keyed hash of a plain name, which tells nobody the name.
    recipient_key = models.CharField(max_length=80)
    child = models.ForeignKey(
        Child, models.PROTECT, null=True, blank=True, related_name="certificates"
    )
    account = models.ForeignKey(
        Account, models.PROTECT, null=True, blank=True, related_name="certificates"
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="certificates"
    )
    name = models.CharField(_("name as printed"), max_length=300, blank=True)
    detail = models.CharField(_("line below the name"), max_length=200, blank=True)
    naming = models.CharField(max_length=5, choices=Naming, default=Naming.NONE)
    # What for: an object of a room above ("programme.planitem:ID"), or "" for words alone.
    occasion_key = models.CharField(max_length=100, blank=True)
    occasion_kk = models.CharField(max_length=500, blank=True)
    occasion_ru = models.CharField(max_length=500, blank=True)
    occasion_en = models.CharField(max_length=500, blank=True)
    occasion_hash = models.CharField(max_length=32)  # of key or words, and nomination, for "once"
    place = models.PositiveSmallIntegerField(_("place"), null=True, blank=True)
    nomination = models.CharField(_("nomination"), max_length=200, blank=True)
    language = models.CharField(max_length=4, choices=PrintLanguage)
    issued_on = models.DateField(_("issued on"))
    issued_at = models.DateTimeField(default=clock.now)
    issued_by = models.ForeignKey(Account, models.SET_NULL, null=True, blank=True, related_name="+")
    batch = models.ForeignKey(
        "Batch", models.SET_NULL, null=True, blank=True, related_name="certificates"
    )
    salt = models.CharField(max_length=32, blank=True)
    content_sha256 = models.CharField(max_length=64)  # of all that is printed, and the salt
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(
        Account, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    revoked_why = models.CharField(_("reason"), max_length=300, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    occasion = TranslatedText()

    class Meta:
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        ordering = ["-issued_at", "-pk"]
        indexes = [
            models.Index(fields=["campaign_slug", "-issued_at", "-id"], name="certificates_newest"),
            models.Index(
                fields=["issuing_organisation", "-issued_at", "-id"], name="certificates_of_house"
            ),
            models.Index(
                fields=["campaign_slug", "region", "-issued_at", "-id"],
                name="certificates_of_region",
            ),
            models.Index(
                fields=["id"], condition=Q(revoked_at__isnull=False), name="certificates_revoked"
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["series", "number"], name="certificate_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="certificate_number_from_one"),
            # A revoked one may be issued anew: with the name spelled right, say.
            models.UniqueConstraint(
                fields=["design", "recipient_key", "occasion_hash"],
                condition=Q(revoked_at__isnull=True),
                name="certificate_once",
            ),
            models.CheckConstraint(
                name="certificate_recipient_fits_kind",
                condition=(
                    Q(
                        recipient_kind="name",
                        child__isnull=True,
                        account__isnull=True,
                        organisation__isnull=True,
                    )
                    | Q(
                        recipient_kind="child",
                        child__isnull=False,
                        account__isnull=True,
                        organisation__isnull=True,
                    )
                    | Q(
                        recipient_kind="account",
                        child__isnull=True,
                        account__isnull=False,
                        organisation__isnull=True,
                    )
                    | Q(
                        recipient_kind="organisation",
                        child__isnull=True,
                        account__isnull=True,
                        organisation__isnull=False,
                    )
                ),
            ),
            # A child's printed name holds a surname and is never public (children first, rule 5).
            models.CheckConstraint(
                name="certificate_of_a_child_never_named_in_full",
                condition=~Q(recipient_kind="child", naming="name"),
            ),
            models.CheckConstraint(
                name="certificate_named_until_erased",
                condition=~Q(name="") | Q(erased_at__isnull=False),
            ),
            models.CheckConstraint(
                name="certificate_revoked_for_a_reason",
                condition=(
                    Q(revoked_at__isnull=True, revoked_why="")
                    | (Q(revoked_at__isnull=False) & ~Q(revoked_why=""))
                ),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="certificate_is_kept", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="certificate_stays", fields=list(FIXED)),
            pgtrigger.Protect(
                name="certificate_is_revoked_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__revoked_at__isnull=False)
                & (
                    pgtrigger.Q(old__revoked_at__df=pgtrigger.F("new__revoked_at"))
                    | pgtrigger.Q(old__revoked_why__df=pgtrigger.F("new__revoked_why"))
                ),
            ),
            pgtrigger.Protect(
                name="certificate_name_only_goes",
                operation=pgtrigger.Update,
                condition=(
                    pgtrigger.Q(old__name__df=pgtrigger.F("new__name")) & ~pgtrigger.Q(new__name="")
                )
                | (
                    pgtrigger.Q(old__detail__df=pgtrigger.F("new__detail"))
                    & ~pgtrigger.Q(new__detail="")
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.shown_number

    @property
    def shown_number(self) -> str:
        """The number as printed: D-2021-000123."""
        return f"{self.series}-{self.number:06d}"

    @property
    def code(self) -> str:
        """The code of verification as printed: in fours."""
        return " ".join(self.public_id[at : at + 4] for at in range(0, len(self.public_id), 4))

    @property
    def is_revoked(self) -> bool:
        """Whether it no longer holds."""
        return self.revoked_at is not None

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of the sheet, Kazakh first."""
        return ("kk", "ru") if self.language == PrintLanguage.BOTH else (str(self.language),)
