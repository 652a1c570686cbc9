"""Children, who represents them, and what was consented to."""

from typing import ClassVar

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bala.kernel import clock
from bala.kernel.encryption import EncryptedTextField
from bala.kernel.public_ids import PublicIdField
from bala.kernel.translated import TranslatedText
from bala.people.enums import (
    ConsentMethod,
    ConsentPurpose,
    GuardianshipKind,
    Language,
    WithdrawalMethod,
)
from bala.people.models.accounts import Account
from bala.territory.models import District, Organisation, Region


@pghistory.track(
    pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent(), exclude=["needs"]
)
class Child(models.Model):
    """A child whom somebody represents. The row never leaves the family, its hosts and the record.

    What the public may read of a child is `queries.families.public_author`, nothing else.
    """

    personal: ClassVar = ("given_name", "family_name", "born_on", "school", "needs")
    public_id = PublicIdField()
    given_name = models.CharField(_("first name"), max_length=200)
    family_name = models.CharField(_("surname"), max_length=200, blank=True)
    pseudonym = models.CharField(_("name shown to others"), max_length=60, blank=True)
    born_on = models.DateField(_("date of birth"))
    region = models.ForeignKey(Region, models.PROTECT, related_name="children")
    district = models.ForeignKey(
        District, models.PROTECT, null=True, blank=True, related_name="children"
    )
    school = models.ForeignKey(
        Organisation, models.SET_NULL, null=True, blank=True, related_name="pupils"
    )
    language = models.CharField(_("language"), max_length=2, choices=Language, default=Language.KK)
    needs = EncryptedTextField(_("what helps the child to take part"), blank=True)
    # The child's own sign-in, made by a guardian; it passes to the person at eighteen.
    account = models.OneToOneField(
        Account, models.SET_NULL, null=True, blank=True, related_name="child"
    )
    added_at = models.DateTimeField(default=clock.now)
    revision = models.PositiveIntegerField(default=0)  # counts changes: optimistic locking
    erased_at = models.DateTimeField(null=True, blank=True)  # names gone, numbers stay

    class Meta:
        verbose_name = _("child")
        verbose_name_plural = _("children")
        ordering = ["born_on", "pk"]
        indexes = [models.Index(fields=["region", "born_on"])]

    def __str__(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Guardianship(models.Model):
    """Somebody, or an institution, is the legal representative of a child."""

    public_id = PublicIdField()
    child = models.ForeignKey(Child, models.PROTECT, related_name="guardianships")
    account = models.ForeignKey(
        Account, models.PROTECT, null=True, blank=True, related_name="guardianships"
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="guardianships"
    )
    kind = models.CharField(_("who represents the child"), max_length=15, choices=GuardianshipKind)
    began_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True, blank=True)  # null: in force

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="guardianship_by_person_or_institution",
                condition=(
                    Q(kind="institution", account__isnull=True, organisation__isnull=False)
                    | (~Q(kind="institution") & Q(account__isnull=False, organisation__isnull=True))
                ),
            ),
            models.UniqueConstraint(
                fields=["child", "account", "organisation"],
                condition=Q(ended_at__isnull=True),
                nulls_distinct=False,
                name="guardianship_in_force_once",
            ),
        ]
        triggers = [
            # Looked at when the transaction ends: by then the consents have ended too.
            pgtrigger.Trigger(
                name="no_consent_without_guardian",
                when=pgtrigger.After,
                operation=pgtrigger.Update | pgtrigger.Delete,
                timing=pgtrigger.Deferred,
                func="""
                    IF NOT EXISTS (
                        SELECT FROM people_guardianship
                        WHERE child_id = OLD.child_id AND ended_at IS NULL
                    ) AND EXISTS (
                        SELECT FROM people_consent c
                        LEFT JOIN people_consentwithdrawal w ON w.consent_id = c.id
                        WHERE c.child_id = OLD.child_id AND w.id IS NULL
                    ) THEN
                        RAISE EXCEPTION 'child % has consents in force and no guardian', OLD.child_id
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NULL;
                """,
            )
        ]

    def __str__(self) -> str:
        return f"{self.child_id} {self.kind}"


class GuardianInvitation(models.Model):
    """A guardian asks somebody, by letter, to represent the child too. The link works once."""

    personal: ClassVar = ("email",)
    public_id = PublicIdField()
    child = models.ForeignKey(Child, models.CASCADE, related_name="invitations")
    email = EncryptedTextField(blank=True)  # where the letter goes; gone once it is over
    language = models.CharField(max_length=2, choices=Language)
    invited_by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    invited_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(
        Account, models.PROTECT, null=True, blank=True, related_name="+"
    )
    cancelled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="invitation_accepted_by_somebody_or_over",
                condition=Q(accepted_at__isnull=True, accepted_by__isnull=True)
                | Q(
                    accepted_at__isnull=False,
                    accepted_by__isnull=False,
                    cancelled_at__isnull=True,
                ),
            )
        ]

    def __str__(self) -> str:
        return self.public_id


class ConsentNotice(models.Model):
    """The words that somebody consents to: one version of a purpose, in three languages."""

    purpose = models.CharField(max_length=15, choices=ConsentPurpose)
    version = models.PositiveSmallIntegerField()
    text_kk = models.TextField()
    text_ru = models.TextField()
    text_en = models.TextField()
    in_force_from = models.DateField()

    text = TranslatedText()

    class Meta:
        ordering = ["purpose", "version"]
        constraints = [
            models.UniqueConstraint(fields=["purpose", "version"], name="notice_version_once")
        ]
        triggers = [
            pgtrigger.Protect(name="notice_stays", operation=pgtrigger.Delete | pgtrigger.Update)
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.version}"


class Consent(models.Model):
    """A legal representative's yes to one purpose for one child. Never changed: see withdrawal."""

    public_id = PublicIdField()
    child = models.ForeignKey(Child, models.PROTECT, related_name="consents")
    purpose = models.CharField(max_length=15, choices=ConsentPurpose)
    # The exact use, where a capability asks for one of its own ("contests.contest:ID"); "": any.
    about = models.CharField(max_length=80, blank=True)
    notice = models.ForeignKey(ConsentNotice, models.PROTECT, related_name="+")
    language = models.CharField(max_length=2, choices=Language)  # the language it was read in
    given_by = models.ForeignKey(Account, models.PROTECT, related_name="consents_given")
    guardianship = models.ForeignKey(Guardianship, models.PROTECT, related_name="consents")
    given_at = models.DateTimeField(default=clock.now)
    method = models.CharField(max_length=10, choices=ConsentMethod)
    # On paper: number and day of the document that it stands in.
    basis = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["given_at", "pk"]
        indexes = [models.Index(fields=["child", "purpose"])]
        triggers = [
            pgtrigger.Protect(name="consent_stays", operation=pgtrigger.Delete | pgtrigger.Update),
            pgtrigger.Trigger(
                name="consent_by_guardian",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    IF NOT EXISTS (
                        SELECT FROM people_guardianship
                        WHERE id = NEW.guardianship_id AND child_id = NEW.child_id
                            AND ended_at IS NULL
                    ) THEN
                        RAISE EXCEPTION 'guardianship % is not in force for child %',
                            NEW.guardianship_id, NEW.child_id USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.child_id} {self.purpose}"


class ConsentWithdrawal(models.Model):
    """The no that ends a consent, for ever; a new yes is a new consent."""

    consent = models.OneToOneField(Consent, models.PROTECT, related_name="withdrawal")
    withdrawn_at = models.DateTimeField(default=clock.now)
    method = models.CharField(max_length=10, choices=WithdrawalMethod)
    # Nobody, when it came by the link of the receipt: whoever holds the link may.
    withdrawn_by = models.ForeignKey(
        Account, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        triggers = [
            pgtrigger.Protect(
                name="withdrawal_stays", operation=pgtrigger.Delete | pgtrigger.Update
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="withdrawn_by_link_or_person",
                condition=Q(method="link", withdrawn_by__isnull=True) | ~Q(method="link"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.consent_id}"
