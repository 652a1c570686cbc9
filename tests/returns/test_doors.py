"""A return goes through its pages: written, submitted, accepted."""

import pytest
from django.test import Client
from django.urls import reverse

from bala.returns.models import RegionalReturn
from tests.world import Persona, build_world


@pytest.mark.django_db
def test_the_organiser_writes_and_submits_and_the_coordinator_accepts() -> None:
    world = build_world()
    place = (world.campaign.slug, "KZ-75")
    organiser, coordinator = Client(), Client()
    organiser.force_login(world.people[Persona.ORGANISER])
    coordinator.force_login(world.people[Persona.COORDINATOR])
    block = world.campaign.blocks.get()
    typed = {
        "revision": 0,
        f"block_{block.pk}": "Проведены эстафеты",
        "media-TOTAL_FORMS": 1,
        "media-INITIAL_FORMS": 0,
        "media-0-url": "https://example.kz/1",
    }
    edit = reverse("returns:edit", args=place)
    assert organiser.post(edit, typed).status_code == 302
    conflict = organiser.post(edit, typed)
    one = RegionalReturn.objects.get()
    assert conflict.status_code == 409
    assert "Проведены эстафеты" in conflict.content.decode()
    organiser.post(reverse("returns:submit", args=place), {"revision": one.revision})
    one.refresh_from_db()
    assert one.status == "submitted"
    decision = {"revision": one.revision, "step": "accepted"}
    coordinator.post(reverse("returns:decide", args=place), decision)
    one.refresh_from_db()
    assert one.status == "accepted"
    assert (
        "Проведены эстафеты"
        in coordinator.get(reverse("returns:show", args=place)).content.decode()
    )
