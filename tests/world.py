"""A small campaign with one person of each kind: who may see what is tested in it."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from bala.people.enums import ConsentPurpose, Role
from bala.people.models import Account, Child
from bala.programme.models import Activity, Campaign, PlanItem
from bala.territory.models import Organisation, Region
from tests.people.factories import make_account, make_child, make_consents, make_person
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
    MODERATOR = "moderator"
    JUROR = "juror"
    LAWYER = "lawyer"
    INSPECTOR = "inspector"
    BENEFACTOR = "benefactor"
    REPRESENTATIVE = "representative"  # of an orphanage in Almaty
    GUARDIAN = "guardian"  # of the world's child
    OTHER_GUARDIAN = "other_guardian"  # of another child
    CHILD = "child"  # signs in with an account of its own


@dataclass
class World:
    """What the addresses of the access table are about: all in Almaty (KZ-75)."""

    campaign: Campaign
    activity: Activity
    region: Region
    other_region: Region
    organisation: Organisation
    plan_item: PlanItem
    child: Child
    other_child: Child
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
        Persona.MODERATOR: make_person(Role.MODERATOR, **slug),
        Persona.JUROR: make_person(Role.JUROR, region=here, **slug),
        Persona.LAWYER: make_person(Role.LAWYER, region=here, **slug),
        Persona.INSPECTOR: make_person(Role.INSPECTOR, region=here, **slug),
        Persona.BENEFACTOR: make_person(Role.BENEFACTOR, **slug),
        Persona.REPRESENTATIVE: make_person(
            Role.REPRESENTATIVE, organisation=make_organisation(here), **slug
        ),
        Persona.GUARDIAN: make_account(),
        Persona.OTHER_GUARDIAN: make_account(),
        Persona.CHILD: make_account(),
    }
    child = make_child(people[Persona.GUARDIAN], account=people[Persona.CHILD])
    make_consents(child, ConsentPurpose.TAKE_PART)  # without it nobody signs in as the child
    other = make_child(people[Persona.OTHER_GUARDIAN])
    return World(campaign, activity, here, there, house, item, child, other, people)
