"""A return goes through its pages: written, submitted, accepted."""

import pytest
from django.test import Client
from django.urls import reverse

from bala.returns.actions.returns import submit_return
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


@pytest.mark.django_db
@pytest.mark.parametrize("in_the_background", [False, True])
def test_what_is_typed_into_a_return_that_a_colleague_has_submitted_is_kept_and_told_why(
    in_the_background: bool,
) -> None:
    world = build_world()
    organiser = Client()
    organiser.force_login(world.people[Persona.ORGANISER])
    block = world.campaign.blocks.get()
    edit = reverse("returns:edit", args=(world.campaign.slug, "KZ-75"))
    typed = {
        "revision": 0,
        f"block_{block.pk}": "Первый текст",
        "media-TOTAL_FORMS": 0,
        "media-INITIAL_FORMS": 0,
    }
    organiser.post(edit, typed)
    one = RegionalReturn.objects.get()
    submit_return(account=world.people[Persona.ORGANISER], one=one, revision=one.revision)
    headers = {"HX-Request": "true"} if in_the_background else {}
    typed |= {"revision": 1, f"block_{block.pk}": "Дописано позже"}
    answer = organiser.post(edit, typed, headers=headers)
    said = answer.content.decode()
    assert answer.status_code == (200 if in_the_background else 409)
    assert "ждёт решения координатора" in said
    assert "не сохранено" in said
    assert ("Дописано позже</textarea>" in said) is not in_the_background
    assert one.texts.get().text == "Первый текст"
