"""Which campaigns there are."""

from bala.kernel import clock
from bala.kernel.keeping import kept
from bala.programme.enums import CampaignStatus
from bala.programme.models import Campaign


def current_campaign() -> Campaign | None:
    """Return the published campaign that the public is shown: running, next, or else the last."""
    return kept("current-campaign", _current_campaign)


def _current_campaign() -> Campaign | None:
    today = clock.today()
    published = Campaign.objects.exclude(status=CampaignStatus.DRAFT)
    return (
        published.filter(ends_on__gte=today).order_by("starts_on", "pk").first()
        or published.order_by("-starts_on", "-pk").first()
    )
