"""Giving and taking rights."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.urls import reverse

from bala.kernel.errors import Forbidden
from bala.people.access import GivingReach, rights_giver
from bala.people.actions import AlreadyHeld, LastCoordinator, ScopeMissing, give_role, take_role
from bala.people.enums import Role
from bala.people.jobs import send_invitation
from bala.people.models import Account, RoleGrant
from bala.people.queries import rights_of
from bala.territory.enums import OrganisationKind
from tests.jobs import run_jobs
from tests.people.factories import make_account, make_person
from tests.territory.factories import make_district, make_organisation, region

pytestmark = pytest.mark.django_db
SLUG = "bakytty-bala-2021"


def coordinator() -> Account:
    return make_person(Role.COORDINATOR, campaign_slug=SLUG)


def invite(giver: Account, role: Role = Role.EDITOR, **fields: Any) -> RoleGrant:
    fields.setdefault("email", "new@example.kz")
    return give_role(
        reach=rights_giver(giver, SLUG),
        full_name="Ержан Оспанов",
        language="kk",
        role=role,
        **fields,
    )


def typed(**fields: str) -> dict[str, str]:
    """What somebody types to make a host."""
    return {
        "email": "h@example.kz",
        "full_name": "Дана",
        "language": "ru",
        "role": "host",
        **fields,
    }


def test_a_new_person_gets_an_account_without_a_password_and_the_role() -> None:
    grant = invite(coordinator(), Role.ORGANISER, region=region())
    assert not grant.account.has_usable_password()
    assert rights_of(grant.account).has(Role.ORGANISER, SLUG)
    assert not rights_of(grant.account).has(Role.ORGANISER, "another")


def test_the_invitation_comes_in_the_persons_language_with_a_link_to_choose_a_password(
    client: Client,
) -> None:
    grant = invite(coordinator(), Role.ORGANISER, region=region())
    send_invitation(grant.pk, is_new=True)
    run_jobs("notify.tell", "notify.send")
    letter = mail.outbox[0]
    assert letter.to == ["new@example.kz"]
    assert "Алматы қаласы" in letter.body
    link = next(word for word in letter.body.split() if "/accounts/password/reset/key/" in word)
    path = link.split("8000", 1)[1]
    assert client.get(path, follow=True).status_code == 200


def test_no_invitation_goes_out_for_a_right_that_was_taken_before() -> None:
    giver = coordinator()
    grant = invite(giver)
    take_role(taker=giver, grant=grant)
    send_invitation(grant.pk, is_new=True)
    run_jobs("notify.tell", "notify.send")
    assert mail.outbox == []


def test_a_role_needs_its_scope() -> None:
    giver = coordinator()
    with pytest.raises(ScopeMissing):
        invite(giver, Role.ORGANISER)
    with pytest.raises(ScopeMissing):
        invite(giver, Role.HOST)
    assert not Account.objects.filter(email="new@example.kz").exists()


def test_the_same_role_is_not_given_twice() -> None:
    giver = coordinator()
    invite(giver)
    with pytest.raises(AlreadyHeld):
        invite(giver, email="NEW@example.kz")
    assert RoleGrant.objects.filter(role=Role.EDITOR).count() == 1


def test_an_organiser_gives_hosts_and_districts_of_the_own_region_and_nothing_else() -> None:
    organiser = make_person(Role.ORGANISER, campaign_slug=SLUG, region=region())
    here, there = make_organisation(region()), make_organisation(region("KZ-79"))
    district = make_district(region())
    assert invite(organiser, Role.HOST, organisation=here).organisation == here
    assert (
        invite(organiser, Role.ORGANISER, region=region(), district=district).district == district
    )
    for refused in (
        {"role": Role.HOST, "organisation": there},
        {"role": Role.ORGANISER, "region": region()},
        {"role": Role.ORGANISER, "region": region("KZ-79")},
        {"role": Role.COORDINATOR},
        {"role": Role.EDITOR},
    ):
        with pytest.raises(Forbidden):
            invite(organiser, email="other@example.kz", **refused)
    assert not Account.objects.filter(email="other@example.kz").exists()


def test_taking_keeps_the_record_and_ends_the_right_at_once() -> None:
    giver = coordinator()
    grant = invite(giver)
    take_role(taker=giver, grant=grant)
    grant.refresh_from_db()
    assert grant.taken_by == giver
    assert not rights_of(Account.objects.get(pk=grant.account_id))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pgh_label FROM people_rolegrantevent WHERE pgh_obj_id = %s ORDER BY pgh_id",
            [grant.pk],
        )
        assert [label for (label,) in cursor.fetchall()] == ["insert", "update"]


def test_a_campaign_keeps_its_last_coordinator() -> None:
    giver = coordinator()
    grant = RoleGrant.objects.get(account=giver)
    with pytest.raises(LastCoordinator):
        take_role(taker=giver, grant=grant)
    second = invite(giver, Role.COORDINATOR)
    take_role(taker=giver, grant=grant)
    with pytest.raises(LastCoordinator):
        take_role(taker=giver, grant=second)


@pytest.mark.django_db(transaction=True)
def test_two_coordinators_who_take_each_others_right_at_once_leave_one() -> None:
    first, second = coordinator(), coordinator()
    pairs = [
        (first, RoleGrant.objects.get(account=second)),
        (second, RoleGrant.objects.get(account=first)),
    ] * 4

    def take(pair: tuple[Account, RoleGrant]) -> None:
        try:
            take_role(taker=pair[0], grant=pair[1])
        except LastCoordinator:
            pass
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(take, pairs))
    assert RoleGrant.objects.filter(role=Role.COORDINATOR, taken_at__isnull=True).count() == 1


@pytest.mark.django_db(transaction=True)
def test_one_person_invited_many_times_at_once_is_one_account_with_one_right() -> None:
    giver = coordinator()
    reach = GivingReach(giver, SLUG, gives_all=True, regions=())

    def give(_number: int) -> str:
        try:
            give_role(
                reach=reach, email="rush@example.kz", full_name="Р", language="ru", role=Role.EDITOR
            )
        except AlreadyHeld:
            return "held"
        finally:
            connection.close()
        return "given"

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(give, range(16)))
    assert answers.count("given") == 1
    assert Account.objects.filter(email="rush@example.kz").count() == 1


def test_the_form_keeps_what_was_typed_and_says_what_is_wrong(client: Client) -> None:
    client.force_login(coordinator())
    answer = client.post(
        reverse("people:give", kwargs={"slug": SLUG}),
        {
            "email": "host@example.kz",
            "full_name": "Дана",
            "language": "ru",
            "role": "host",
            "organisation": "нет",
        },
    )
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "host@example.kz" in page
    assert "Нет организации с таким названием или кодом." in page


def test_the_form_finds_the_organisation_by_its_name(client: Client) -> None:
    client.force_login(coordinator())
    house = make_organisation(name_ru="Гимназия № 5")
    client.post(
        reverse("people:give", kwargs={"slug": SLUG}),
        {
            "email": "h@example.kz",
            "full_name": "Дана",
            "language": "ru",
            "role": "host",
            "organisation": "гимназия № 5",
        },
    )
    assert RoleGrant.objects.get(role=Role.HOST).organisation == house


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_list_can_be_taken_out(client: Client, kind: str) -> None:
    client.force_login(coordinator())
    answer = client.get(reverse("people:rights", kwargs={"slug": SLUG}), {"format": kind})
    assert answer.status_code == 200
    assert answer["Content-Disposition"].endswith(f'.{kind}"')


def test_the_list_asks_the_same_number_of_questions_for_one_and_for_three(
    client: Client, django_assert_num_queries: Any
) -> None:
    client.force_login(coordinator())
    url = reverse("people:rights", kwargs={"slug": SLUG})
    client.get(url)
    counts = []
    for _round in (1, 3):
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        counts.append(len(queries))
        make_person(Role.EDITOR, campaign_slug=SLUG)
        make_person(Role.HOST, campaign_slug=SLUG, organisation=make_organisation())
    assert counts[0] == counts[1]


def test_a_stranger_is_told_to_ask(client: Client) -> None:
    client.force_login(make_account())
    assert client.get(reverse("people:rights", kwargs={"slug": SLUG})).status_code == 403


@pytest.mark.parametrize(
    ("role", "scope", "kept"),
    [
        (Role.JUROR, {"block": 4}, (None, None, 4)),
        (Role.MODERATOR, {"region": True, "block": 4}, (True, None, 4)),
        (Role.LAWYER, {"region": True, "organisation": True}, (True, True, None)),
        (Role.INSPECTOR, {"region": True}, (True, None, None)),
        (Role.BENEFACTOR, {"organisation": True, "block": 4}, (None, True, None)),
        (Role.COORDINATOR, {"region": True, "block": 4}, (None, None, None)),
        (Role.REPRESENTATIVE, {"organisation": True, "block": 4}, (True, True, None)),
    ],
)
def test_each_role_is_held_within_what_suits_it(
    role: Role, scope: dict[str, Any], kept: tuple[Any, ...]
) -> None:
    home = make_organisation(kind=OrganisationKind.ORPHANAGE)
    things = {"region": home.region, "organisation": home, "block": 4}
    grant = invite(coordinator(), role, **{name: things[name] for name in scope})
    wanted = [
        thing if keep else None for thing, keep in zip((home.region, home, 4), kept, strict=True)
    ]
    assert [grant.region, grant.organisation, grant.block] == wanted
    rights = rights_of(grant.account)
    assert rights.scopes[role][0].block == wanted[2]


@pytest.mark.parametrize("role", [Role.INSPECTOR, Role.REPRESENTATIVE, Role.HOST, Role.ORGANISER])
def test_a_scope_that_a_role_needs_is_asked_for(role: Role) -> None:
    with pytest.raises(ScopeMissing):
        invite(coordinator(), role)


def test_a_school_represents_no_children() -> None:
    with pytest.raises(ScopeMissing):
        invite(coordinator(), Role.REPRESENTATIVE, organisation=make_organisation())


def test_an_organiser_finds_inspectors_jurors_and_lawyers_of_the_own_region() -> None:
    here, there = region("KZ-75"), region("KZ-79")
    organiser = make_person(Role.ORGANISER, region=here, campaign_slug=SLUG)
    for role in (Role.INSPECTOR, Role.JUROR, Role.LAWYER):
        assert invite(organiser, role, region=here).region == here
        with pytest.raises(Forbidden):
            invite(organiser, role, region=there)
    for role in (Role.JUROR, Role.MODERATOR, Role.COORDINATOR):
        with pytest.raises(Forbidden):
            invite(organiser, role)


def test_the_list_is_narrowed_by_region_and_shows_the_history(client: Client) -> None:
    here, there = region("KZ-75"), region("KZ-79")
    coordinator = make_person(Role.COORDINATOR, campaign_slug="c")
    for number, place in enumerate((here, there)):
        person = make_account(f"j{number}@example.kz", full_name=f"Қазы {number}")
        RoleGrant.objects.create(
            account=person, role=Role.JUROR, campaign_slug="c", region=place, block=4
        )
    client.force_login(coordinator)
    address = reverse("people:rights", kwargs={"slug": "c"})
    page = client.get(address, {"region": "KZ-75"}).content.decode()
    assert "Қазы 0" in page
    assert "Қазы 1" not in page
    assert "блок 4" in page
    take_role(taker=coordinator, grant=RoleGrant.objects.get(account__full_name="Қазы 0"))
    assert "Қазы 0" not in client.get(address).content.decode()
    assert "Қазы 0" in client.get(address, {"taken": "all"}).content.decode()
