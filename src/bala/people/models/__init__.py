"""Accounts and rights; families and their consents."""

from bala.people.models.accounts import Account, AccountManager, RoleGrant
from bala.people.models.breaches import BreachList
from bala.people.models.families import (
    Child,
    Consent,
    ConsentNotice,
    ConsentWithdrawal,
    GuardianInvitation,
    Guardianship,
)
from bala.people.models.records import ActivityRecord, ChildSeen, SignInCard
from bala.people.models.requests import ChildImport, ClassGroup, ErasureRequest, TakeOut

__all__ = [
    "Account",
    "AccountManager",
    "ActivityRecord",
    "BreachList",
    "Child",
    "ChildImport",
    "ChildSeen",
    "ClassGroup",
    "Consent",
    "ConsentNotice",
    "ConsentWithdrawal",
    "ErasureRequest",
    "GuardianInvitation",
    "Guardianship",
    "RoleGrant",
    "SignInCard",
    "TakeOut",
]
