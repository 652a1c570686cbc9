"""Choices of the room."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class RegionKind(TextChoices):
    REGION = "region", _("oblast")
    CITY = "city", _("city of republican significance")


class DistrictKind(TextChoices):
    DISTRICT = "district", _("district")
    CITY = "city", _("city")
    CITY_DISTRICT = "city_district", _("district of a city")


class OrganisationKind(TextChoices):
    STATE_BODY = "state_body", _("state body")
    SCHOOL = "school", _("school")
    COLLEGE = "college", _("college")
    KINDERGARTEN = "kindergarten", _("kindergarten")
    ORPHANAGE = "orphanage", _("children's home")
    BOARDING_SCHOOL = "boarding_school", _("boarding school")
    CAMP = "camp", _("camp")
    MUSEUM = "museum", _("museum")
    LIBRARY = "library", _("library")
    SPORTS = "sports", _("sports organisation")
    NGO = "ngo", _("non-governmental organisation")
    BUSINESS = "business", _("business")
    MEDIA = "media", _("media")
    HEALTH = "health", _("health organisation")
    POLICE = "police", _("police")
    OTHER = "other", _("other organisation")


class Zone(TextChoices):
    """The sanitary zones of 2021; a region that a decree does not name is green."""

    GREEN = "green", _("green zone")
    YELLOW = "yellow", _("yellow zone")
    RED = "red", _("red zone")


class VenueKind(TextChoices):
    CINEMA_OR_THEATRE = "cinema_or_theatre", _("cinema or theatre")
    CULTURE_OBJECT = "culture_object", _("library, museum or house of culture")
    BANQUET_HALL = "banquet_hall", _("banquet hall")
    EXCURSION = "excursion", _("excursion")
    SPORTS_HALL = "sports_hall", _("sports hall")
    SCHOOL = "school", _("school or college")
    OPEN_AIR = "open_air", _("open air")
    OTHER = "other", _("another venue")


class ListSubject(TextChoices):
    """What a list that can be imported is about."""

    ORGANISATIONS = "organisations", _("organisations")
    DISTRICTS = "districts", _("districts")
