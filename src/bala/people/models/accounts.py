"""Accounts and the rights they hold."""

from typing import Any, ClassVar

import pghistory
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bala.kernel import clock
from bala.kernel.public_ids import PublicIdField
from bala.people.enums import Language, Role
from bala.territory.models import District, Organisation, Region


class AccountManager(BaseUserManager["Account"]):
    """Makes accounts; an address is one address however its case is written."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "Account":
        """Make an account that signs in with `email` and `password` (None: no password)."""
        account = self.model(email=self.normalize_email(email).lower(), **fields)
        account.set_password(password)
        account.save(using=self._db)
        return account

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "Account":
        """Make an account with all rights in Django's admin."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "Account":
        """Find the account by its address, in any case."""
        return self.get(email=(username or "").lower())


class Account(AbstractBaseUser, PermissionsMixin):
    """Somebody who signs in."""

    personal: ClassVar = ("email", "full_name", "sign_in_name")
    public_id = PublicIdField()
    email = models.EmailField(_("e-mail"), unique=True)
    # A child's own sign-in has a name in place of an e-mail: its e-mail leads nowhere.
    sign_in_name = models.CharField(max_length=30, unique=True, null=True, blank=True)
    full_name = models.CharField(_("full name"), max_length=200)
    language = models.CharField(_("language"), max_length=2, choices=Language, default=Language.KK)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)  # may open Django's admin
    joined_at = models.DateTimeField(default=clock.now)
    erased_at = models.DateTimeField(null=True, blank=True)  # closed and nameless for good

    objects: ClassVar[AccountManager] = AccountManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["full_name"]

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")

    def __str__(self) -> str:
        if self.erased_at is not None:
            return gettext("an account that was erased")
        return self.full_name or self.email


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class RoleGrant(models.Model):
    """A role held by a person within a scope, given by somebody for a reason.

    The campaign is named by its slug, because campaigns stand on a higher floor (docs/adr/0003).
    """

    personal: ClassVar = ("reason",)
    public_id = PublicIdField()
    account = models.ForeignKey(Account, models.CASCADE, related_name="grants")
    role = models.CharField(_("role"), max_length=15, choices=Role)
    campaign_slug = models.SlugField(max_length=80, blank=True)  # empty: every campaign
    region = models.ForeignKey(Region, models.PROTECT, null=True, blank=True)
    district = models.ForeignKey(District, models.PROTECT, null=True, blank=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True)
    # Blocks stand on a higher floor too: the number of one; null: every block.
    block = models.PositiveSmallIntegerField(_("block"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    given_by = models.ForeignKey(
        Account, models.SET_NULL, null=True, blank=True, related_name="grants_given"
    )
    given_at = models.DateTimeField(default=clock.now)
    taken_by = models.ForeignKey(
        Account, models.SET_NULL, null=True, blank=True, related_name="grants_taken"
    )
    taken_at = models.DateTimeField(null=True, blank=True)  # null: in force

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="grant_scope_fits_role",
                condition=(
                    Q(role__in=["coordinator", "editor"], organisation__isnull=True)
                    | Q(role="organiser", region__isnull=False, organisation__isnull=True)
                    | Q(role__in=["host", "representative"], organisation__isnull=False)
                    | Q(role="inspector", region__isnull=False)
                    | Q(role__in=["moderator", "juror", "lawyer", "benefactor"])
                ),
            ),
            models.UniqueConstraint(
                fields=[
                    *("account", "role", "campaign_slug"),
                    *("region", "district", "organisation", "block"),
                ],
                condition=Q(taken_at__isnull=True),
                nulls_distinct=False,
                name="grant_in_force_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.role}"
