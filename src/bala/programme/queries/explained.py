"""What a kind of activity is, in words that a child understands."""

from typing import Final

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from bala.concept.enums import ActivityKind

EXPLAINED: Final[dict[str, StrOrPromise]] = {
    ActivityKind.MEETING: _("People come together to talk and to get to know each other."),
    ActivityKind.INTERVIEW: _("You ask questions, and an interesting person answers them."),
    ActivityKind.LECTURE_OR_WEBINAR: _(
        "Somebody who knows the matter well explains it, and you can ask."
    ),
    ActivityKind.CONCERT_OR_SHOW: _("There is music, dance or theatre: come and watch."),
    ActivityKind.SPORT: _("You run, play and compete: alone, in a team or with your family."),
    ActivityKind.VIRTUAL_VISIT: _("You visit a place over the internet, without leaving home."),
    ActivityKind.GROUP_VISIT: _("You go together with a class or a group and see it all there."),
    ActivityKind.CONTEST: _("You make something of your own, and a jury looks for the best works."),
    ActivityKind.SHOWCASE: _("Works of children and families are gathered and shown to everybody."),
    ActivityKind.STORY: _("Stories of real families and children that one can read or watch."),
    ActivityKind.INFO_CAMPAIGN: _("Something important is explained so that everybody knows it."),
    ActivityKind.CONSULTATION: _("A lawyer or another expert helps with advice, for free."),
    ActivityKind.SITTING: _("Children sit at one table with those who decide, and are heard."),
    ActivityKind.PLACES: _("Children show the places of their town that are kind and safe."),
    ActivityKind.INSPECTION: _("Adults check that a place is safe for children."),
    ActivityKind.MEMORANDUM: _("Organisations agree in writing how they will help children."),
    ActivityKind.CHARITY: _("People gather help for children who need it."),
    ActivityKind.BENEFIT: _("Children get something for free: a ticket, a trip or a visit."),
    ActivityKind.AWARD: _("Those who did something well are thanked and awarded."),
}
