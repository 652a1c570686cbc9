"""What a line of a concept can be."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ActivityKind(TextChoices):
    """The kind of an activity: proposed by the reader of the document, decided by a person."""

    MEETING = "meeting", _("meeting")
    INTERVIEW = "interview", _("interview")
    LECTURE_OR_WEBINAR = "lecture_or_webinar", _("lecture or webinar")
    CONCERT_OR_SHOW = "concert_or_show", _("concert or show")
    SPORT = "sport", _("sport")
    VIRTUAL_VISIT = "virtual_visit", _("virtual visit")
    GROUP_VISIT = "group_visit", _("group visit")
    CONTEST = "contest", _("contest")
    SHOWCASE = "showcase", _("showcase")
    STORY = "story", _("story")
    INFO_CAMPAIGN = "info_campaign", _("information campaign")
    CONSULTATION = "consultation", _("consultation")
    SITTING = "sitting", _("sitting")
    PLACES = "places", _("map of places")
    INSPECTION = "inspection", _("inspection")
    MEMORANDUM = "memorandum", _("memorandum")
    CHARITY = "charity", _("charity")
    BENEFIT = "benefit", _("benefit")
    AWARD = "award", _("award")
    OTHER = "other", _("other activity")


class Level(TextChoices):
    """Who holds an activity: every region, or the republic once."""

    REGION = "region", _("regional")
    REPUBLIC = "republic", _("republican")


class Format(TextChoices):
    ONLINE = "online", _("online")
    ON_SITE = "on_site", _("on site")
    HYBRID = "hybrid", _("hybrid")


class DocumentKind(TextChoices):
    """Which genre of official document a draft was read from."""

    CONCEPT = "concept", _("concept")
    PLAN = "plan", _("plan of activities")
    RULES = "rules", _("contest rules")
