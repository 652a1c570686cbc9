"""A small campaign with one person of each kind: who may see what is tested in it."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from bala.people.enums import Role
from bala.people.models import Account
from bala.programme.models import Activity, Campaign, PlanItem
from bala.territory.models import Organisation, Region
from tests.people.factories import make_account, make_person
from tests.programme.factories import make_activity, make_plan_item
from tests.territory.factories import make_organisation, region


class Persona(StrEnum):
    """Whoever may come to an address. «Other» means the same role in another region or house."""

    VISITOR = "visitor"
    STRANGER = "stranger"  # signed in, without any role
    COORDINATOR = "coordinator"
    ORGANISER = "organiser"
    OTHER_ORGANISER = "other_organiser"
    HOST = "host"
    OTHER_HOST = "other_host"
    EDITOR = "editor"


@dataclass
class World:
    """What the addresses of the access table are about: all in Almaty (KZ-75)."""

    campaign: Campaign
    activity: Activity
    region: Region
    other_region: Region
    organisation: Organisation
    plan_item: PlanItem
    people: dict[Persona, Account] = field(default_factory=dict)


def build_world() -> World:
    """Make the campaign and its people."""
    activity = make_activity()
    campaign = activity.campaign
    here, there = region("KZ-75"), region("KZ-79")
    house, other_house = make_organisation(here), make_organisation(there)
    item = make_plan_item(activity, organisation=house)
    slug: dict[str, Any] = {"campaign_slug": campaign.slug}
    people = {
        Persona.STRANGER: make_account(),
        Persona.COORDINATOR: make_person(Role.COORDINATOR, **slug),
        Persona.ORGANISER: make_person(Role.ORGANISER, region=here, **slug),
        Persona.OTHER_ORGANISER: make_person(Role.ORGANISER, region=there, **slug),
        Persona.HOST: make_person(Role.HOST, organisation=house, **slug),
        Persona.OTHER_HOST: make_person(Role.HOST, organisation=other_house, **slug),
        Persona.EDITOR: make_person(Role.EDITOR, **slug),
    }
    return World(campaign, activity, here, there, house, item, people)
