"""Choices of the room."""

from datetime import date

from django.utils.translation import gettext_lazy as _

# The days on which the demonstration can stand: what the bar on every page offers. They are those
# of the demonstration campaign, 20 May to 20 June 2021.
STEPS = (
    ("before", _("Before"), date(2021, 5, 10)),
    ("opening", _("Opening"), date(2021, 5, 20)),
    ("middle", _("28 May"), date(2021, 5, 28)),
    ("childrens-day", _("1 June"), date(2021, 6, 1)),
    ("after", _("After the end"), date(2021, 6, 23)),
)
FIRST_STEP = "middle"
HOUR = 10  # o'clock in the capital

CAMPAIGN_SLUG = "bakytty-bala-2021"
PASSWORD = "bala-2021-demo"  # noqa: S105 -- printed on the sign-in page of the demonstration
