"""Issuing certificates: each recipient once for an occasion, with numbers that have no gaps."""

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from bala.certificates.actions.letters import tell_of_issue
from bala.certificates.enums import DesignState, Naming, RecipientKind
from bala.certificates.models import Batch, Certificate, Design, Series
from bala.certificates.queries.sheets import content_sum
from bala.kernel import clock
from bala.kernel.errors import PersonError
from bala.kernel.search import fold
from bala.people.access import taking_part
from bala.people.models import Account, Child
from bala.people.queries.names import clean_name
from bala.territory.models import Organisation, Region

AT_ONCE = 1000  # rows of one INSERT


class DesignNotApproved(PersonError):
    """Only what was approved is issued."""


class NothingToPrint(PersonError):
    """The recipient has no name."""


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who a certificate is for, and the name that is printed.

    Make it by `named`, `of_child`, `of_account` or `of_organisation`.
    """

    kind: RecipientKind
    name: str
    detail: str = ""
    child: Child | None = None
    account: Account | None = None
    organisation: Organisation | None = None
    naming: Naming = Naming.NONE

    @classmethod
    def named(cls, name: str, *, detail: str = "", is_public: bool = False) -> "Recipient":
        """A person by name alone. `is_public`: an adult whose name the public may read."""
        naming = Naming.NAME if is_public else Naming.NONE
        return cls(RecipientKind.NAME, clean_name(name), " ".join(detail.split()), naming=naming)

    @classmethod
    def of_child(cls, child: Child, *, name: str = "", detail: str = "") -> "Recipient":
        """A child of a family, printed with the name that the family gave unless another is given."""
        return cls(
            RecipientKind.CHILD,
            clean_name(name or str(child)),
            " ".join(detail.split()),
            child=child,
            naming=Naming.CHILD,
        )

    @classmethod
    def of_account(
        cls, account: Account, *, detail: str = "", is_public: bool = False
    ) -> "Recipient":
        """Somebody grown up who signs in. `is_public`: whose name the public may read."""
        naming = Naming.NAME if is_public else Naming.NONE
        return cls(
            RecipientKind.ACCOUNT,
            clean_name(account.full_name),
            " ".join(detail.split()),
            account=account,
            naming=naming,
        )

    @classmethod
    def of_organisation(
        cls, organisation: Organisation, *, language: str, detail: str = ""
    ) -> "Recipient":
        """An organisation, named in Kazakh on a sheet in Kazakh alone, else in Russian."""
        kazakh, russian = organisation.name_kk, organisation.name_ru
        name = (kazakh or russian) if language == "kk" else (russian or kazakh)
        return cls(
            RecipientKind.ORGANISATION,
            name[:300],
            " ".join(detail.split()),
            organisation=organisation,
            naming=Naming.NAME,
        )

    @property
    def key(self) -> str:
        """Who it is, for "once". A plain name is told apart by the line below it, and is kept as a
        keyed hash: the key names nobody."""
        if self.child is not None:
            return f"child:{self.child.pk}"
        if self.account is not None:
            return f"account:{self.account.pk}"
        if self.organisation is not None:
            return f"organisation:{self.organisation.pk}"
        text = f"{_alike(self.name)}\n{_alike(self.detail)}"
        return f"name:{hmac.new(settings.SECRET_KEY.encode(), text.encode(), 'sha256').hexdigest()}"


@dataclass(frozen=True, slots=True)
class Occasion:
    """What for: the key of an object of a room above, or words alone."""

    kk: str = ""
    ru: str = ""
    en: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Award:
    """A recipient, with the place and the nomination that the certificate names."""

    recipient: Recipient
    place: int | None = None
    nomination: str = ""


@dataclass(slots=True)
class Issued:
    """What came of issuing: the new certificates in the order of the awards, and how many awards
    had one already."""

    made: list[Certificate] = field(default_factory=list)
    known: int = 0


def issue(
    *,
    by: Account | None,
    design: Design,
    occasion: Occasion,
    award: Award,
    issued_on: date | None = None,
    language: str = "",
    region: Region | None = None,
    organisation: Organisation | None = None,
) -> Certificate:
    """Issue a certificate and return it, or the one that the recipient has for this occasion.

    Raises DesignNotApproved, NothingToPrint, and ConsentMissing for a child without a consent.
    """
    issued = issue_many(
        by=by,
        design=design,
        occasion=occasion,
        awards=[award],
        issued_on=issued_on,
        language=language,
        region=region,
        organisation=organisation,
    )
    if issued.made:
        return issued.made[0]
    return Certificate.objects.get(
        design=design,
        recipient_key=award.recipient.key,
        occasion_hash=_occasion_hash(occasion, award.nomination),
        revoked_at__isnull=True,
    )


@transaction.atomic
def issue_many(
    *,
    by: Account | None,
    design: Design,
    occasion: Occasion,
    awards: Sequence[Award],
    issued_on: date | None = None,
    language: str = "",
    region: Region | None = None,
    organisation: Organisation | None = None,
    batch: Batch | None = None,
) -> Issued:
    """Issue to all of the awards that have no certificate yet; all of them or none.

    `issued_on` is today unless given, `language` that of the design. `region` and `organisation` say
    for whom it is issued: whose people see it in their lists. The row of the series is locked until
    the transaction ends, so numbers follow each other and nobody gets two.

    Raises DesignNotApproved, NothingToPrint, and ConsentMissing for a child without a consent.
    """
    if design.state != DesignState.APPROVED or not design.is_issued:
        raise DesignNotApproved(_("Certificates are issued of an approved design only."))
    day = issued_on or clock.today()
    for award in awards:
        if not award.recipient.name:
            raise NothingToPrint(_("Write the name."))
        if award.recipient.child is not None:
            taking_part(award.recipient.child)
    series = _locked_series(design, day)
    wanted: dict[tuple[str, str], Award] = {}
    for award in awards:
        once = (award.recipient.key, _occasion_hash(occasion, award.nomination))
        wanted.setdefault(once, award)
    known = set(
        Certificate.objects.filter(
            design=design,
            recipient_key__in={key for key, _hash in wanted},
            occasion_hash__in={occasion_hash for _key, occasion_hash in wanted},
            revoked_at__isnull=True,
        )
        .order_by()
        .values_list("recipient_key", "occasion_hash")
    )
    moment = clock.now()
    made = []
    for (key, occasion_hash), award in wanted.items():
        if (key, occasion_hash) in known:
            continue
        series.last_number += 1
        one = award.recipient
        certificate = Certificate(
            design=design,
            campaign_slug=design.campaign_slug,
            region=region,
            issuing_organisation=organisation,
            series=series,
            number=series.last_number,
            recipient_kind=one.kind,
            recipient_key=key,
            child=one.child,
            account=one.account,
            organisation=one.organisation,
            name=one.name,
            detail=one.detail[:200],
            naming=one.naming,
            occasion_key=occasion.key,
            occasion_kk=occasion.kk,
            occasion_ru=occasion.ru,
            occasion_en=occasion.en,
            occasion_hash=occasion_hash,
            place=award.place,
            nomination=award.nomination,
            language=language or design.language,
            issued_on=day,
            issued_at=moment,
            issued_by=by,
            batch=batch,
            salt=secrets.token_hex(16),
        )
        certificate.content_sha256 = content_sum(certificate)
        made.append(certificate)
    if made:
        Certificate.objects.bulk_create(made, batch_size=AT_ONCE)
        series.save(update_fields=["last_number"])
        tell_of_issue(made)
    return Issued(made, len(awards) - len(made))


def _locked_series(design: Design, day: date) -> Series:
    """Return the row that the numbers come from, held until the transaction ends."""
    mine = {"campaign_slug": design.campaign_slug, "kind": design.kind}
    Series.objects.bulk_create([Series(**mine, year=day.year)], ignore_conflicts=True)
    return Series.objects.select_for_update().get(**mine)


def _occasion_hash(occasion: Occasion, nomination: str) -> str:
    """Return what tells occasions apart: the object, else the words; and the nomination."""
    what = occasion.key or "\n".join((occasion.kk, occasion.ru, occasion.en))
    return hashlib.sha256(f"{_alike(what)}\n{_alike(nomination)}".encode()).hexdigest()[:32]


def _alike(text: str) -> str:
    """Return a text as it is compared: case, blanks and look-alike letters do not matter."""
    return " ".join(fold(text).casefold().split())
