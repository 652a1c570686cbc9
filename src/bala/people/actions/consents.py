"""Giving and withdrawing consents.

All that concerns the consents of one child happens under a lock on the child's row, so that a yes,
a withdrawal and the end of a guardianship never pass each other.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from bala.kernel import clock
from bala.kernel.errors import EditConflict, NotHere, PersonError
from bala.kernel.keeping import take_back_all
from bala.people.actions.letters import tell
from bala.people.enums import ConsentMethod, ConsentPurpose, WithdrawalMethod
from bala.people.models import (
    Account,
    Child,
    Consent,
    ConsentNotice,
    ConsentWithdrawal,
    Guardianship,
)
from bala.people.queries.consents import (
    current_notices,
    in_force,
    withdrawal_token,
)
from bala.people.queries.families import guardianships_of

NOTICES = Path(__file__).parent.parent / "data" / "consent-notices.json"


class NoticeChanged(EditConflict):
    """The words that were agreed to are no longer those that are asked for."""


class TakePartFirst(PersonError):
    """The other consents mean nothing without the one to take part."""


@transaction.atomic
def load_consent_notices() -> int:
    """Write the versions of the consents' words that the project brings; return how many are new.

    Can be repeated. A version that stands is never changed: new words are a new version.
    """
    known = set(ConsentNotice.objects.order_by().values_list("purpose", "version"))
    fresh = [
        ConsentNotice(
            purpose=ConsentPurpose(row["purpose"]),
            version=row["version"],
            in_force_from=date.fromisoformat(row["in_force_from"]),
            text_kk=row["text_kk"],
            text_ru=row["text_ru"],
            text_en=row["text_en"],
        )
        for row in json.loads(NOTICES.read_text("utf-8"))
        if (row["purpose"], row["version"]) not in known
    ]
    ConsentNotice.objects.bulk_create(fresh)
    return len(fresh)


@transaction.atomic
def decide_consents(
    *,
    account: Account,
    child: Child,
    yes: Mapping[ConsentPurpose, int],
    no: Iterable[ConsentPurpose] = (),
    language: str,
    method: ConsentMethod = ConsentMethod.ACCOUNT,
) -> list[Consent]:
    """Write a guardian's answers: `yes` by purpose with the version read, `no` for what is refused.

    A yes to what is consented to already, in the same words, is not written again. A no withdraws.
    Returns the new consents; one receipt for them goes to whoever gave them. Raises NotHere for
    whoever does not represent the child, NoticeChanged when newer words are in force, and
    TakePartFirst when other purposes are agreed to without the consent to take part.
    """
    locked = lock_child(child)
    guardianship = _guardianship(account, locked)
    notices = current_notices(clock.today())
    standing = {(c.purpose, c.notice_id) for c in in_force().filter(child=locked, about="")}
    purposes = {purpose for purpose, _notice in standing}
    refused = [purpose for purpose in no if purpose not in yes]
    after = (purposes | set(yes)) - set(refused)
    if yes and ConsentPurpose.TAKE_PART not in after:
        raise TakePartFirst(
            _("First consent to taking part: the other consents have no meaning without it.")
        )
    if refused:
        withdraw_purposes(
            account=account, child=locked, purposes=refused, method=WithdrawalMethod.ACCOUNT
        )
    moment = clock.now()
    made = []
    for purpose, version in yes.items():
        notice = notices[ConsentPurpose(purpose)]
        if notice.version != version:
            raise NoticeChanged(_("The words have changed meanwhile. Please read them again."))
        if (purpose, notice.pk) not in standing:
            made.append(
                Consent(
                    child=locked,
                    purpose=purpose,
                    notice=notice,
                    language=language,
                    given_by=account,
                    guardianship=guardianship,
                    given_at=moment,
                    method=method,
                )
            )
    Consent.objects.bulk_create(made)
    if made and method == ConsentMethod.ACCOUNT:
        _send_receipt(account, locked, made)
    return made


def withdraw_purposes(
    *,
    account: Account,
    child: Child,
    purposes: Iterable[ConsentPurpose],
    method: WithdrawalMethod = WithdrawalMethod.ACCOUNT,
) -> int:
    """Withdraw all consents of the child to the purposes; return how many ended. Can be repeated.

    Raises NotHere for whoever does not represent the child.
    """
    with transaction.atomic():
        locked = lock_child(child)
        _guardianship(account, locked)
        found = in_force().filter(child=locked, purpose__in=_with_dependent(purposes))
        return _withdraw(locked, list(found), method=method, by=account)


def withdraw_by_link(*, consent: Consent) -> int:
    """Withdraw what the link of a receipt names; return how many consents ended. Can be repeated.

    Whoever holds the link may: it went to the guardian alone.
    """
    with transaction.atomic():
        child = lock_child(consent.child)
        if consent.purpose == ConsentPurpose.TAKE_PART and not consent.about:
            found = list(in_force().filter(child=child))
        else:
            found = list(
                in_force().filter(child=child, purpose=consent.purpose, about=consent.about)
            )
        return _withdraw(child, found, method=WithdrawalMethod.LINK, by=None)


def withdraw_all(*, child: Child, method: WithdrawalMethod, by: Account | None) -> int:
    """Withdraw every consent of the child, because something else ended; return how many."""
    with transaction.atomic():
        locked = lock_child(child)
        found = list(in_force().filter(child=locked))
        return _withdraw(locked, found, method=method, by=by, silent=True)


def withdraw_of_guardianship(
    *, child: Child, guardianship: Guardianship, by: Account | None
) -> int:
    """Withdraw what was agreed to by somebody who represents the child no more; return how many.

    Without any guardian left everything ends, and without the consent to take part all others do.
    """
    with transaction.atomic():
        locked = lock_child(child)
        standing = list(in_force().filter(child=locked))
        left = [one for one in standing if one.guardianship_id != guardianship.pk]
        alone = not locked.guardianships.filter(ended_at__isnull=True).exists()
        if alone or all(one.purpose != ConsentPurpose.TAKE_PART for one in left):
            left = []
        return _withdraw(
            locked,
            [one for one in standing if one not in left],
            method=WithdrawalMethod.GUARDIANSHIP_ENDED,
            by=by,
        )


def lock_child(child: Child) -> Child:
    """Wait for whoever is at work on the child's consents, and return the row as it is now."""
    found = (
        Child.objects.select_for_update(of=["self"]).filter(pk=child.pk, erased_at__isnull=True)
    ).first()
    if found is None:
        raise NotHere(_("There is no such child in your family."))
    return found


def _with_dependent(purposes: Iterable[ConsentPurpose]) -> list[ConsentPurpose]:
    wanted = set(purposes)
    return list(ConsentPurpose) if ConsentPurpose.TAKE_PART in wanted else list(wanted)


def _withdraw(
    child: Child,
    consents: list[Consent],
    *,
    method: WithdrawalMethod,
    by: Account | None,
    silent: bool = False,
) -> int:
    moment = clock.now()
    ConsentWithdrawal.objects.bulk_create(
        [
            ConsentWithdrawal(consent=consent, method=method, withdrawn_by=by, withdrawn_at=moment)
            for consent in consents
        ]
    )
    if consents:
        take_back_all()  # a kept page may show what the child no longer wants shown
    if consents and not silent:
        _say_withdrawn(child, consents, moment.isoformat())
    return len(consents)


def _guardianship(account: Account, child: Child) -> Guardianship:
    found = guardianships_of(account).filter(child=child).order_by("pk").first()
    if found is None:
        raise NotHere(_("There is no such child in your family."))
    return found


def _send_receipt(account: Account, child: Child, consents: list[Consent]) -> None:
    tell(
        account,
        "people.consent_receipt",
        key=consents[0].public_id,
        child_id=child.public_id,
        child=child.given_name,
        given_at=consents[0].given_at.isoformat(),
        consents=[
            {
                "purpose": consent.purpose,
                "version": consent.notice.version,
                "token": withdrawal_token(consent),
            }
            for consent in consents
        ],
    )


def _say_withdrawn(child: Child, consents: list[Consent], moment: str) -> None:
    """Every guardian in force reads that a consent ended, whoever ended it."""
    purposes = sorted({consent.purpose for consent in consents})
    for guardianship in child.guardianships.filter(
        ended_at__isnull=True, account__isnull=False
    ).select_related("account"):
        assert guardianship.account is not None  # noqa: S101
        tell(
            guardianship.account,
            "people.consent_withdrawn",
            key=f"{consents[0].public_id}:{guardianship.account_id}",
            child_id=child.public_id,
            child=child.given_name,
            withdrawn_at=moment,
            purposes=purposes,
        )
