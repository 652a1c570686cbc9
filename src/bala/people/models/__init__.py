"""Accounts and rights; families and their consents."""

from bala.people.models.accounts import Account, AccountManager, RoleGrant
from bala.people.models.families import (
    Child,
    Consent,
    ConsentNotice,
    ConsentWithdrawal,
    Guardianship,
)
from bala.people.models.records import ChildSeen
from bala.people.models.requests import ErasureRequest, TakeOut

__all__ = [
    "Account",
    "AccountManager",
    "Child",
    "ChildSeen",
    "Consent",
    "ConsentNotice",
    "ConsentWithdrawal",
    "ErasureRequest",
    "Guardianship",
    "RoleGrant",
    "TakeOut",
]
