"""The menu says what waits."""

import pytest
from django.test import Client
from django.urls import reverse

from bala.pages.queries.console import menu_counts
from bala.programme.enums import PlanStatus
from bala.territory.enums import VenueKind
from tests.programme.factories import make_plan_item
from tests.world import Persona, build_world


@pytest.mark.django_db
def test_the_menu_counts_proposals_and_rows_that_no_longer_fit_of_ones_own_regions() -> None:
    world = build_world()
    make_plan_item(
        world.activity,
        status=PlanStatus.PROPOSED,
        venue_kind=VenueKind.CULTURE_OBJECT,
        expected_children=31,  # Almaty is red: 30 people
    )
    counts = {
        persona: menu_counts(world.people[persona], world.campaign)
        for persona in (Persona.COORDINATOR, Persona.ORGANISER, Persona.OTHER_ORGANISER)
    }
    waiting = {"programme:proposals": 1, "programme:sanitary": 1}
    nothing = dict.fromkeys(waiting, 0)
    assert counts == {
        Persona.COORDINATOR: waiting,
        Persona.ORGANISER: waiting,
        Persona.OTHER_ORGANISER: nothing,
    }
    assert menu_counts(world.people[Persona.HOST], world.campaign) == {}
    client = Client()
    client.force_login(world.people[Persona.ORGANISER])
    page = client.get(reverse("programme:sanitary", kwargs={"slug": world.campaign.slug}))
    assert page.content.decode().count('class="count-badge"') >= 2
