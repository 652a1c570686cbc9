"""Children of a family: added, changed, removed."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from bala.kernel import clock
from bala.kernel.errors import EditConflict
from bala.kernel.public_ids import new_public_id
from bala.people.actions.children import (
    ChildData,
    DistrictElsewhere,
    NotAChild,
    NotYetConfirmed,
    SurnameShown,
    add_child,
    edit_child,
)
from bala.people.actions.erasure import OthersRepresent, remove_child
from bala.people.enums import GuardianshipKind
from bala.people.models import Account, Child, Consent, Guardianship
from bala.people.queries.families import age_on, children_of
from bala.territory.enums import OrganisationKind
from tests.people.factories import make_account, make_child, make_consents
from tests.territory.factories import make_district, make_organisation, region

pytestmark = pytest.mark.django_db


def data(**fields: Any) -> ChildData:
    return ChildData(
        **{"given_name": "Әлия", "born_on": date(2011, 3, 8), "region": region(), **fields}
    )


def add(guardian: Account, **fields: Any) -> Child:
    return add_child(guardian=guardian, kind=GuardianshipKind.PARENT, data=data(**fields))


def typed(**fields: Any) -> dict[str, Any]:
    return {
        "kind": "parent",
        "given_name": "Әлия",
        "family_name": "Сәрсенова",
        "born_on_day": "8",
        "born_on_month": "3",
        "born_on_year": "2011",
        "region": region().pk,
        "language": "kk",
        **fields,
    }


def test_a_guardian_adds_a_child(client: Client) -> None:
    guardian = make_account()
    client.force_login(guardian)
    answer = client.post(reverse("people:child_add"), typed(needs="жест тілі"))
    child = children_of(guardian).get()
    assert answer["Location"] == reverse("people:consents", kwargs={"public_id": child.public_id})
    assert (child.given_name, child.born_on, child.needs) == ("Әлия", date(2011, 3, 8), "жест тілі")
    assert not Consent.objects.filter(child=child).exists()


def test_nobody_adds_a_child_before_the_address_is_confirmed() -> None:
    guardian = Account.objects.create_user("fresh@example.kz", "x")
    with pytest.raises(NotYetConfirmed):
        add(guardian)


def test_a_double_click_adds_one_child() -> None:
    guardian, once = make_account(), new_public_id()
    first = add_child(guardian=guardian, kind=GuardianshipKind.PARENT, data=data(), once=once)
    again = add_child(guardian=guardian, kind=GuardianshipKind.PARENT, data=data(), once=once)
    assert first == again
    assert children_of(guardian).count() == 1


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"given_name": "Әлия 7"}, "нет цифр"),
        ({"given_name": "110308500123"}, "нет цифр"),
        ({"family_name": "a@b.kz"}, "электронн"),
        ({"born_on_year": "2022"}, "ещё не наступил"),
        ({"born_on_year": "2003"}, "взрослый"),
        ({"born_on_day": "30", "born_on_month": "2"}, "такого дня нет"),
        ({"pseudonym": "Сәрсенова Ә"}, "фамили"),
        ({"school": "нет такой"}, "школ"),
    ],
)
def test_what_is_wrong_stands_beside_its_field(
    client: Client, fields: dict[str, str], words: str
) -> None:
    client.force_login(make_account())
    answer = client.post(reverse("people:child_add"), typed(**fields))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert words.lower() in page.lower()
    assert 'value="Сәрсенова"' in page or "family_name" in fields
    assert not Child.objects.exists()


@given(st.dates(date(1900, 1, 1), date(2030, 12, 31)))
def test_only_whoever_is_under_age_today_is_a_child(born_on: date) -> None:
    with clock.at(clock.now()):
        today = date(2021, 5, 28)
        where = region("KZ-75")
        try:
            ChildData(given_name="А", born_on=born_on, region=where).checked(today)
        except NotAChild:
            assert born_on > today or age_on(born_on, today) >= 18
        else:
            assert born_on <= today
            assert age_on(born_on, today) < 18


def test_the_surname_is_kept_out_of_what_others_read() -> None:
    guardian = make_account()
    with pytest.raises(SurnameShown):
        add(guardian, given_name="Әлия Сарсенова", family_name="Сәрсенова")


def test_district_and_school_lie_in_the_region() -> None:
    elsewhere = make_district(region("KZ-79"))
    with pytest.raises(DistrictElsewhere):
        add(make_account(), district=elsewhere)


def test_a_school_is_found_by_its_words(client: Client) -> None:
    guardian = make_account()
    client.force_login(guardian)
    school = make_organisation(
        region(), kind=OrganisationKind.SCHOOL, name_kk="№ 25 гимназия", name_ru="Гимназия № 25"
    )
    make_organisation(region("KZ-79"), kind=OrganisationKind.SCHOOL, name_ru="Гимназия № 25")
    client.post(reverse("people:child_add"), typed(school="гимназия 25"))
    assert children_of(guardian).get().school == school
    offered = client.get(f"{reverse('people:schools')}?school=гимн&region={region().pk}")
    assert offered.content.decode().count("<option") == 1


def test_the_second_who_edits_sees_the_conflict(client: Client) -> None:
    guardian = make_account()
    child = make_child(guardian)
    edit_child(child=child, data=data(given_name="Алия"), revision=0)
    with pytest.raises(EditConflict):
        edit_child(child=child, data=data(given_name="Айша"), revision=0)
    client.force_login(guardian)
    url = reverse("people:child_edit", kwargs={"public_id": child.public_id})
    answer = client.post(url, typed(given_name="Айша", revision="0"))
    assert answer.status_code == 409
    assert 'value="Айша"' in answer.content.decode()
    child.refresh_from_db()
    assert child.given_name == "Алия"


def test_removing_takes_the_names_away_everywhere_and_leaves_a_number() -> None:
    guardian = make_account()
    child = make_child(guardian, needs="очки", pseudonym="Тұлпар")
    make_consents(child)
    remove_child(guardian=guardian, child=child)
    child.refresh_from_db()
    assert (str(child), child.pseudonym, child.needs) == ("", "", "")
    assert child.born_on == date(2011, 1, 1)
    assert not children_of(guardian).exists()
    assert not Consent.objects.filter(child=child, withdrawal__isnull=True).exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT given_name FROM people_childevent WHERE pgh_obj_id = %s", [child.pk])
        assert not any(name for (name,) in cursor.fetchall())


def test_a_child_of_two_is_not_removed_by_one() -> None:
    guardian = make_account()
    child = make_child(guardian)
    Guardianship.objects.create(child=child, account=make_account(), kind=GuardianshipKind.PARENT)
    with pytest.raises(OthersRepresent):
        remove_child(guardian=guardian, child=child)


@pytest.mark.parametrize("name", ["Ә", "О'Нил", "Анна-Мария", "Ө" * 200])
def test_every_name_fits_the_pages(client: Client, name: str) -> None:
    guardian = make_account()
    child = make_child(guardian, given_name=name)
    client.force_login(guardian)
    for url in (
        reverse("people:family"),
        reverse("people:child", kwargs={"public_id": child.public_id}),
        reverse("people:child_edit", kwargs={"public_id": child.public_id}),
        reverse("people:child_remove", kwargs={"public_id": child.public_id}),
    ):
        page = client.get(url)
        assert page.status_code == 200
        assert name.replace("'", "&#x27;") in page.content.decode()


def test_the_family_asks_the_same_number_of_questions_for_one_and_for_three(
    client: Client,
) -> None:
    guardian = make_account()
    client.force_login(guardian)
    counts = []
    for more in (1, 2):
        for _number in range(more):
            make_consents(make_child(guardian))
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("people:family"))
        counts.append(len(queries))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("name", ["Ә", "О'Нил", "Мұхаммед-Әли", "Ж" * 200])
def test_names_of_all_kinds_are_taken(client: Client, name: str) -> None:
    guardian = make_account()
    client.force_login(guardian)
    fields = typed(given_name=name, family_name="Ли")
    assert client.post(reverse("people:child_add"), fields).status_code == 302
    assert children_of(guardian).get().given_name == name


def test_a_name_of_201_letters_is_told_and_kept(client: Client) -> None:
    client.force_login(make_account())
    answer = client.post(reverse("people:child_add"), typed(given_name="Ж" * 201))
    assert answer.status_code == 422
    assert "Ж" * 201 in answer.content.decode()
