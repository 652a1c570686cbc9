"""Writes of the room: `submit`, `resubmit` and `withdraw` are what other rooms come for."""

from bala.safeguarding.actions.claims import claim, claim_next, let_go
from bala.safeguarding.actions.decisions import decide, look_again, take_down
from bala.safeguarding.actions.errors import (
    CannotDecide,
    ConsentMissing,
    NothingToWithdraw,
    NotYours,
)
from bala.safeguarding.actions.items import resubmit, submit, withdraw
from bala.safeguarding.actions.reports import report

__all__ = [
    "CannotDecide",
    "ConsentMissing",
    "NotYours",
    "NothingToWithdraw",
    "claim",
    "claim_next",
    "decide",
    "let_go",
    "look_again",
    "report",
    "resubmit",
    "submit",
    "take_down",
    "withdraw",
]
