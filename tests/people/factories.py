"""Makers of people for tests."""

from typing import Any

from bala.people.enums import Role
from bala.people.models import Account, RoleGrant

PASSWORD = "Ak-keme-2021"


def make_account(email: str = "", **fields: Any) -> Account:
    """Make an account without rights that signs in with PASSWORD."""
    email = email or f"person{Account.objects.count() + 1}@example.kz"
    fields.setdefault("full_name", "Айгүл Сәрсенова")
    return Account.objects.create_user(email, PASSWORD, **fields)


def make_person(role: Role, email: str = "", **scope: Any) -> Account:
    """Make an account that holds one role in a scope (campaign_slug, region, organisation…)."""
    account = make_account(email)
    RoleGrant.objects.create(account=account, role=role, **scope)
    return account
