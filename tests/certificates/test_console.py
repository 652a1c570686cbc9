"""The console: designs drawn, looked at and approved; one certificate issued and revoked."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from bala.certificates.enums import DesignState, Kind
from bala.certificates.models import Certificate, Design
from bala.people.enums import Role
from bala.people.models import ChildSeen
from bala.programme.models import Campaign
from tests.certificates.factories import make_certificate, make_design
from tests.people.factories import make_account, make_child, make_consents, make_person
from tests.programme.factories import make_activity
from tests.territory.factories import make_organisation, region

pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign() -> Campaign:
    return make_activity().campaign


@pytest.fixture
def coordinator(client: Client, campaign: Campaign) -> Client:
    client.force_login(make_person(Role.COORDINATOR, campaign_slug=campaign.slug))
    return client


def at(name: str, campaign: Campaign, **kwargs: Any) -> str:
    return reverse(f"certificates:{name}", kwargs={"slug": campaign.slug, **kwargs})


def texts(**changed: Any) -> dict[str, Any]:
    return {
        "place": "country",
        "label": "Диплом эстафеты",
        "language": "both",
        "block": "1",
        "heading_kk": "Диплом",
        "heading_ru": "Диплом",
        "lead_kk": "",
        "lead_ru": "награждается",
        "body_kk": "{occasion} жеңімпазы",
        "body_ru": "за победу: {occasion}",
        "issuer_kk": "Министрлік",
        "issuer_ru": "Министерство",
        "issuer_en": "Ministry",
        "sign_0_name": "С. Ахметова",
        "sign_0_post_kk": "Министр",
        "sign_0_post_ru": "Министр",
        **changed,
    }


def test_a_design_is_drawn_looked_at_saved_and_approved(
    coordinator: Client, campaign: Campaign
) -> None:
    address = at("design_add", campaign)
    empty = coordinator.get(address)
    assert "data:image/png;base64," in empty.content.decode()
    looked = coordinator.post(address, texts(preview="1"))
    assert looked.status_code == 200
    assert not Design.objects.exists()
    saved = coordinator.post(address, texts())
    design = Design.objects.get()
    assert saved["Location"] == at("design", campaign, public_id=design.public_id)
    assert design.signatories == [
        {"name": "С. Ахметова", "post_kk": "Министр", "post_ru": "Министр"}
    ]
    assert design.campaign_ru == campaign.title_ru
    stale = coordinator.post(
        at("design", campaign, public_id=design.public_id), texts(revision="7", body_ru="иное")
    )
    assert stale.status_code == 409
    coordinator.post(at("design_approve", campaign, public_id=design.public_id), {"revision": "1"})
    design.refresh_from_db()
    assert design.state == DesignState.APPROVED
    closed = coordinator.post(
        at("design", campaign, public_id=design.public_id), texts(revision="1")
    )
    assert closed.status_code == 409
    coordinator.post(at("design_copy", campaign, public_id=design.public_id))
    assert Design.objects.filter(state=DesignState.DRAFT).count() == 1


def test_braces_that_mean_nothing_and_missing_texts_are_told_beside_the_field(
    coordinator: Client, campaign: Campaign
) -> None:
    wrong = coordinator.post(at("design_add", campaign), texts(body_ru="за {ocasion}"))
    assert wrong.status_code == 422
    assert "{ocasion}" in wrong.content.decode()
    coordinator.post(at("design_add", campaign), texts(issuer_kk=""))
    design = Design.objects.get()
    coordinator.post(at("design_approve", campaign, public_id=design.public_id), {"revision": "1"})
    design.refresh_from_db()
    assert design.state == DesignState.DRAFT


@pytest.mark.parametrize("kind", list(Kind))
def test_the_preview_draws_what_is_typed_for_each_kind_right_or_wrong(
    kind: Kind, coordinator: Client, campaign: Campaign
) -> None:
    address = at("design_preview", campaign)
    for data in (texts(kind=kind), texts(kind=kind, block="77", label="", body_ru="{nothing}")):
        answer = coordinator.post(address, data)
        assert answer.status_code == 200
        assert "data:image/png;base64," in answer.content.decode()


def test_one_is_issued_to_each_kind_of_recipient(coordinator: Client, campaign: Campaign) -> None:
    design = make_design(campaign_slug=campaign.slug)
    guardian = make_account("guardian@example.kz", full_name="Гүлмира Нұрланова")
    child = make_child(guardian)
    make_consents(child)
    house = make_organisation(region())
    common = {
        "design": design.pk,
        "for_whom": "country",
        "occasion_kk": "Эстафета",
        "occasion_ru": "Эстафета",
        "issued_on": "2021-05-28",
    }
    sent = [
        {"to": "name", "name": "О’Коннор-Әбдірахман", "is_public": "on", "place": "2"},
        {"to": "child", "name": "Әлия Сәрсенова", "code": child.public_id.upper()},
        {"to": "account", "email": "Guardian@example.kz"},
        {"to": "organisation", "organisation": house.name_ru},
    ]
    for number, data in enumerate(sent, start=1):
        answer = coordinator.post(at("issue", campaign), {**common, **data})
        assert answer.status_code == 302, answer.content.decode()
        assert Certificate.objects.count() == number
    page = coordinator.get(answer["Location"]).content.decode()
    assert house.name_ru in page
    wrong = [
        {"to": "name", "name": "12"},
        {"to": "child", "name": "Мадина", "code": child.public_id},
        {"to": "child", "name": "Әлия", "code": "2222"},
        {"to": "account", "email": "nobody@example.kz"},
        {"to": "organisation", "organisation": "нет такой"},
        {"to": "name", "name": "Ержан", "issued_on": "2001-01-01"},
        {"to": "name", "name": "Ержан", "occasion_kk": "", "occasion_ru": ""},
    ]
    for data in wrong:
        answer = coordinator.post(at("issue", campaign), {**common, **data})
        assert answer.status_code == 422, data
        assert "errorlist" in answer.content.decode()
    assert Certificate.objects.count() == len(sent)


def test_a_look_at_a_childs_certificate_is_written_down_and_it_is_revoked_without_names(
    coordinator: Client, campaign: Campaign
) -> None:
    guardian = make_account()
    child = make_child(guardian)
    make_consents(child)
    from bala.certificates.actions import Recipient

    design = make_design(campaign_slug=campaign.slug)
    one = make_certificate(design, recipient=Recipient.of_child(child))
    coordinator.get(at("certificate", campaign, public_id=one.public_id))
    assert ChildSeen.objects.filter(child=child, why="certificate").count() == 1
    address = at("revoke", campaign, public_id=one.public_id)
    named = coordinator.post(address, {"reason": "Сәрсенова не участвовала"})
    assert named.status_code == 422
    assert "Сәрсенова не участвовала" in named.content.decode()
    assert coordinator.post(address, {"reason": "Опечатка"}).status_code == 302
    one.refresh_from_db()
    assert one.is_revoked


def test_the_list_is_narrowed_and_turned_by_key(coordinator: Client, campaign: Campaign) -> None:
    design = make_design(campaign_slug=campaign.slug)
    for name in ("Әлия", "Ержан", "Қуаныш"):
        make_certificate(design, name=name)
    address = at("certificates", campaign)
    assert "Қуаныш" not in coordinator.get(f"{address}?q=Ержан").content.decode()
    found = coordinator.get(f"{address}?q=D-2021-000003").content.decode()
    assert "Қуаныш" in found
    assert "Ержан" not in found
    assert "Ержан" not in coordinator.get(f"{address}?state=revoked").content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_same_at_one_and_at_three(
    count: int, coordinator: Client, campaign: Campaign, django_assert_max_num_queries: Any
) -> None:
    design = make_design(campaign_slug=campaign.slug)
    for name in ("Әлия", "Ержан", "Қуаныш")[:count]:
        make_certificate(design, name=name)
    coordinator.get(at("certificates", campaign))
    with django_assert_max_num_queries(22):
        answer = coordinator.get(at("certificates", campaign))
    assert answer.content.decode().count("D-2021-") >= count
