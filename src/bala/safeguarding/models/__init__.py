"""What waits to be looked at, what was decided, what the public reported."""

from bala.safeguarding.models.items import Decision, ModerationItem, SecondLook
from bala.safeguarding.models.reports import Report
from bala.safeguarding.models.words import ScreeningWord

__all__ = ["Decision", "ModerationItem", "Report", "ScreeningWord", "SecondLook"]
