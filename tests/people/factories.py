"""Makers of people for tests."""

from datetime import date
from typing import Any

from allauth.account.models import EmailAddress

from bala.people.enums import ConsentMethod, ConsentPurpose, GuardianshipKind, Role
from bala.people.models import (
    Account,
    Child,
    Consent,
    ConsentNotice,
    Guardianship,
    RoleGrant,
)
from tests.territory.factories import region

PASSWORD = "Ak-keme-2021"


def make_account(email: str = "", **fields: Any) -> Account:
    """Make an account without rights that signs in with PASSWORD."""
    email = email or f"person{Account.objects.count() + 1}@example.kz"
    fields.setdefault("full_name", "Айгүл Сәрсенова")
    account = Account.objects.create_user(email, PASSWORD, **fields)
    EmailAddress.objects.create(user=account, email=account.email, verified=True, primary=True)
    return account


def make_person(role: Role, email: str = "", **scope: Any) -> Account:
    """Make an account that holds one role in a scope (campaign_slug, region, organisation…)."""
    account = make_account(email)
    RoleGrant.objects.create(account=account, role=role, **scope)
    return account


def make_child(guardian: Account, **fields: Any) -> Child:
    """Make a child of ten in Almaty whom `guardian` represents, without any consent."""
    fields.setdefault("given_name", "Әлия")
    fields.setdefault("family_name", "Сәрсенова")
    fields.setdefault("born_on", date(2011, 3, 8))
    fields.setdefault("region", region("KZ-75"))
    child = Child.objects.create(**fields)
    Guardianship.objects.create(child=child, account=guardian, kind=GuardianshipKind.PARENT)
    return child


def make_consents(child: Child, *purposes: ConsentPurpose) -> list[Consent]:
    """Let the child's first guardian consent to the purposes (all of them unless named)."""
    guardianship = child.guardianships.exclude(account=None).earliest("pk")
    assert guardianship.account is not None
    made = []
    for purpose in purposes or tuple(ConsentPurpose):
        notice, _made = ConsentNotice.objects.get_or_create(
            purpose=purpose,
            version=1,
            defaults={
                "text_kk": "Келісемін",
                "text_ru": "Согласие",
                "text_en": "Consent",
                "in_force_from": date(2021, 5, 1),
            },
        )
        made.append(
            Consent.objects.create(
                child=child,
                purpose=purpose,
                notice=notice,
                language="kk",
                given_by=guardianship.account,
                guardianship=guardianship,
                method=ConsentMethod.ACCOUNT,
            )
        )
    return made
