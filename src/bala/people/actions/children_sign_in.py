"""A child's own sign-in: made, changed, stopped by a guardian; used by the child."""

import hashlib
import secrets

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.functional import lazystr
from django.utils.translation import gettext_lazy as _

from bala.kernel import clock
from bala.kernel.errors import NotHere, PersonError
from bala.kernel.public_ids import new_public_id
from bala.people.access import taking_part
from bala.people.actions.activities import record_activity
from bala.people.actions.consents import lock_child
from bala.people.models import Account, Child, SignInCard
from bala.people.queries.accounts import NOWHERE
from bala.people.queries.children_home import child_by_name, is_active, may_have_sign_in
from bala.people.queries.families import guardianships_of
from bala.people.queries.sign_in_names import clean_sign_in_name


class TooYoung(PersonError):
    """The child is younger than BALA_CHILD_SIGN_IN_AGE."""


class NameTaken(PersonError):
    """Another child signs in by this name."""


class WeakPassword(PersonError):
    """The password is too easily guessed."""


class WrongWay(PersonError):
    """Name, password or card do not open anything; it is not said which."""


@transaction.atomic
def make_sign_in(*, guardian: Account, child: Child, name: str, password: str) -> Account:
    """Let the child sign in by name and password; changes both where there is one.

    Raises NotHere, ConsentMissing (no consent, no sign-in), TooYoung, NotASignInName, NameTaken,
    WeakPassword.
    """
    locked = _own(guardian, child)
    taking_part(locked)
    if not may_have_sign_in(locked, clock.today()):
        raise TooYoung(_("From the age of %(age)s.") % {"age": settings.BALA_CHILD_SIGN_IN_AGE})
    clean = clean_sign_in_name(name, locked)
    try:
        validate_password(password)
    except ValidationError as error:
        raise WeakPassword(lazystr(" ".join(error.messages))) from error
    account = locked.account
    if account is None:
        account = Account(email=f"{new_public_id()}{NOWHERE}", language=locked.language)
    account.full_name = locked.pseudonym or locked.given_name
    account.sign_in_name = clean
    account.is_active = True
    account.set_password(password)
    try:
        with transaction.atomic():
            account.save()
    except IntegrityError as error:
        raise NameTaken(_("This name is taken. Choose another.")) from error
    if locked.account_id is None:
        locked.account = account
        locked.save(update_fields=["account"])
    return account


@transaction.atomic
def stop_sign_in(*, guardian: Account, child: Child) -> None:
    """Stop the child's sign-in and its card, at once, wherever it is signed in. Can be repeated."""
    locked = _own(guardian, child)
    _revoke(locked)
    if locked.account is not None:
        locked.account.is_active = False
        locked.account.set_unusable_password()
        locked.account.sign_in_name = None
        locked.account.save(update_fields=["is_active", "password", "sign_in_name"])


@transaction.atomic
def make_card(*, guardian: Account, child: Child) -> tuple[SignInCard, str]:
    """Make a card by which the child signs in; the one before it stops. Returns it and its code,
    which is kept nowhere. Raises NotHere, ConsentMissing, TooYoung, and WrongWay without a sign-in.
    """
    locked = _own(guardian, child)
    taking_part(locked)
    if locked.account is None or locked.account.sign_in_name is None:
        raise WrongWay(_("First make a name and a password."))
    _revoke(locked)
    token = secrets.token_urlsafe(24)
    card = SignInCard.objects.create(child=locked, token_hash=hash_of(token), made_by=guardian)
    return card, token


@transaction.atomic
def revoke_card(*, guardian: Account, child: Child) -> int:
    """Stop the child's card and every session that was opened; return how many cards stopped."""
    return _revoke(_own(guardian, child))


def child_by_password(*, name: str, password: str) -> Child:
    """Return the child that this name and password belong to. Raises WrongWay, also where no consent
    is in force: a child whose guardians have not agreed has no active account."""
    child = child_by_name(name)
    account = child.account if child else None
    if account is None:
        Account().set_password(password)  # takes as long as a wrong password
        raise WrongWay(_("Name or password are not right. Ask your parents."))
    if not account.check_password(password) or child is None or not is_active(child):
        raise WrongWay(_("Name or password are not right. Ask your parents."))
    return child


@transaction.atomic
def child_by_card(*, token: str) -> Child:
    """Return the child that a card belongs to. Raises WrongWay."""
    card = (
        SignInCard.objects.select_related("child", "child__account", "child__region")
        .filter(token_hash=hash_of(token), revoked_at__isnull=True)
        .first()
    )
    if card is None or card.child.account is None or not card.child.account.is_active:
        raise WrongWay(_("This card does not work any more. Ask your parents for a new one."))
    if not is_active(card.child):
        raise WrongWay(_("This card does not work any more. Ask your parents for a new one."))
    card.used_at = clock.now()
    card.save(update_fields=["used_at"])
    return card.child


@transaction.atomic
def note_signed_in(*, child: Child) -> None:
    """Write down for the guardian that the child has signed in: once a day."""
    record_activity(
        child=child, by=child.account, kind="people.signed_in", key=clock.today().isoformat()
    )


def hash_of(token: str) -> str:
    """Return what is kept of a card's code."""
    return hashlib.sha256(token.encode()).hexdigest()


def _own(guardian: Account, child: Child) -> Child:
    locked = lock_child(child)
    if not guardianships_of(guardian).filter(child=locked).exists():
        raise NotHere(_("There is no such child in your family."))
    return locked


def _revoke(child: Child) -> int:
    return SignInCard.objects.filter(child=child, revoked_at__isnull=True).update(
        revoked_at=clock.now()
    )
