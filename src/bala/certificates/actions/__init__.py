"""Writes of the room; `issue` and `issue_many` are what other rooms come for."""

from bala.certificates.actions.issuing import (
    Award,
    DesignNotApproved,
    NothingToPrint,
    Occasion,
    Recipient,
    issue,
    issue_many,
)
from bala.certificates.actions.revoking import AlreadyRevoked, revoke

__all__ = [
    "AlreadyRevoked",
    "Award",
    "DesignNotApproved",
    "NothingToPrint",
    "Occasion",
    "Recipient",
    "issue",
    "issue_many",
    "revoke",
]
