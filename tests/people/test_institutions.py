"""An institution represents many children; a teacher keeps a class as numbers."""

import io
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from bala.kernel import spreadsheets
from bala.kernel.errors import EditConflict
from bala.people.access import taking_part
from bala.people.actions.groups import GroupData, NameInUse, NotAGroup, keep_group
from bala.people.actions.institutions import (
    BasisMissing,
    NothingChosen,
    RowsAtFault,
    consent_on_paper,
    send_list,
    take_in_list,
)
from bala.people.enums import ConsentPurpose, Role, SeenWhy
from bala.people.models import Account, Child, ChildImport, ChildSeen, ClassGroup, Consent
from bala.people.queries.families import children_of
from bala.people.queries.institutions import ListUnclear, children_of_institution
from bala.territory.enums import OrganisationKind
from bala.territory.models import Organisation
from tests.people.factories import make_account, make_child, make_person
from tests.programme.races import race
from tests.territory.factories import make_organisation

HEAD = "Имя;Фамилия;Дата рождения;Язык"
ROWS = ("Айбек;Серікұлы;01.02.2010;казахский", "О'Нил;;2012-05-06;ru", "Ұ;Ли;07.08.2009;")
TAKE_PART = ConsentPurpose.TAKE_PART


def make_home() -> tuple[Account, Organisation]:
    home = make_organisation(kind=OrganisationKind.ORPHANAGE)
    return make_person(Role.REPRESENTATIVE, organisation=home), home


def csv(*rows: str) -> bytes:
    return "\n".join([HEAD, *(rows or ROWS)]).encode()


def send(account: Account, home: Organisation, *rows: str) -> ChildImport:
    return send_list(account=account, institution=home, filename="a.csv", data=csv(*rows))


def taken_in(account: Account, home: Organisation, *rows: str) -> int:
    return take_in_list(account=account, found=send(account, home, *rows))


def own(home: Organisation, name: str, **kwargs: str) -> str:
    return reverse(f"people:{name}", kwargs={"public_id": home.public_id, **kwargs})


@pytest.mark.django_db
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_list_is_looked_at_and_then_taken_in(client: Client, ending: str) -> None:
    account, home = make_home()
    client.force_login(account)
    assert client.get(reverse("people:institutions"))["Location"] == own(home, "institution")
    data = csv()
    if ending == "xlsx":
        table = [row.split(";") for row in data.decode().splitlines()]
        data = spreadsheets.to_xlsx([("a", table[0], table[1:])])
    file = io.BytesIO(data)
    file.name = f"a.{ending}"
    answer = client.post(own(home, "child_list"), {"file": file})
    assert answer.status_code == 302
    page = client.get(answer["Location"]).content.decode()
    assert "О&#x27;Нил" in page
    assert not Child.objects.exists()
    client.post(answer["Location"])
    client.post(answer["Location"])
    assert children_of(account).count() == 3
    assert ChildImport.objects.get().rows == ""
    listed = client.get(own(home, "institution"), {"q": "серік"}).content.decode()
    assert "Айбек" in listed
    assert "Нил" not in listed
    # What was looked at is written down for each child.
    seen = ChildSeen.objects.filter(child__given_name="Айбек", why=SeenWhy.INSTITUTION)
    assert seen.filter(about="people.list").count() == 1
    assert seen.filter(about="people.import").count() == 1


@pytest.mark.django_db
def test_faults_are_named_by_row_and_nothing_is_written(client: Client) -> None:
    account, home = make_home()
    kept = send(
        account,
        home,
        ROWS[0],
        "Айша 7;Ли;01.02.2010;kk",
        "Дана;Ли;31.02.2010;kk",
        "Ерлан;Ли;01.02.2031;kk",
        "Зере;Ли;01.02.2001;kk",
        "Ия;Ли;01.02.2010;fr",
        ROWS[0],
        f"{'Ж' * 201};Ли;01.02.2010;kk",
    )
    client.force_login(account)
    page = client.get(own(home, "child_list_preview", import_id=kept.public_id)).content.decode()
    for row in range(3, 10):
        assert f'<th scope="row">{row}</th>' in page
    with pytest.raises(RowsAtFault):
        take_in_list(account=account, found=kept)
    answer = client.post(own(home, "child_list_preview", import_id=kept.public_id))
    assert answer.status_code == 422
    assert not Child.objects.exists()


@pytest.mark.django_db
def test_a_list_sent_again_adds_only_who_is_new() -> None:
    account, home = make_home()
    assert taken_in(account, home) == 3
    assert taken_in(account, home, *ROWS, "Дана;Ли;01.02.2010;kk") == 1


@pytest.mark.django_db
def test_a_list_without_its_columns_is_told(client: Client) -> None:
    account, home = make_home()
    with pytest.raises(ListUnclear):
        send_list(account=account, institution=home, filename="a.csv", data=b"a;b\n1;2")
    client.force_login(account)
    file = io.BytesIO(b"\xff\xd8\xff\xe0 picture")
    file.name = "a.jpg"
    assert client.post(own(home, "child_list"), {"file": file}).status_code == 422


@pytest.mark.django_db
def test_consents_on_paper_for_all_name_their_document(client: Client) -> None:
    account, home = make_home()
    taken_in(account, home)
    stranger = make_child(make_account())
    client.force_login(account)
    typed = {
        "purposes": ["take_part", "photo"],
        "number": "Приказ № 17",
        "signed_on": "2021-05-14",
        "whom": "all",
    }
    assert client.post(own(home, "paper_consents"), {**typed, "number": ""}).status_code == 422
    assert client.post(own(home, "paper_consents"), typed).status_code == 302
    client.post(own(home, "paper_consents"), typed)
    assert Consent.objects.count() == 6
    consent = Consent.objects.first()
    assert consent is not None
    assert (consent.method, consent.basis) == ("paper", "Приказ № 17, 14.05.2021")
    assert consent.given_by == account
    for child in children_of_institution(home):
        assert taking_part(child, ConsentPurpose.PHOTO) == child
    assert not Consent.objects.filter(child=stranger).exists()


@pytest.mark.django_db
def test_chosen_children_alone_and_never_another_institutions() -> None:
    account, home = make_home()
    other_account, other_home = make_home()
    taken_in(account, home)
    taken_in(other_account, other_home)
    mine = children_of_institution(home)[0]
    foreign = children_of_institution(other_home)[0]

    def consent(**fields: Any) -> int:
        return consent_on_paper(
            **{
                "account": account,
                "institution": home,
                "children": [mine.public_id, foreign.public_id],
                "purposes": [TAKE_PART],
                "number": "17",
                "signed_on": date(2021, 5, 14),
                "language": "kk",
                **fields,
            }
        )

    assert consent() == 1
    assert set(Consent.objects.values_list("child", flat=True)) == {mine.pk}
    for wrong, error in (
        ({"children": []}, NothingChosen),
        ({"purposes": []}, NothingChosen),
        ({"number": " "}, BasisMissing),
        ({"signed_on": date(2021, 5, 29)}, BasisMissing),
    ):
        with pytest.raises(error):
            consent(**wrong)
    # Other purposes mean nothing without the one to take part.
    assert consent(children=None, purposes=[ConsentPurpose.PHOTO]) == 1


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_children_asks_as_often_for_three_as_for_one(
    client: Client, count: int, django_assert_max_num_queries: Any
) -> None:
    account, home = make_home()
    taken_in(account, home, *ROWS[:count])
    client.force_login(account)
    client.get(own(home, "institution"))
    with django_assert_max_num_queries(16):
        client.get(own(home, "institution"))


@pytest.mark.django_db(transaction=True)
def test_two_lists_and_two_presses_at_once_add_each_child_once() -> None:
    account, home = make_home()
    lists = [send(account, home), send(account, home)]

    def press(number: int) -> str:
        found = ChildImport.objects.get(pk=lists[number % 2].pk)
        return str(take_in_list(account=Account.objects.get(pk=account.pk), found=found))

    race(press, times=6)
    assert children_of_institution(home).count() == 3


# --- groups ---------------------------------------------------------------------------------------
def data(**fields: Any) -> GroupData:
    return GroupData(
        **{"name": "5 «А»", "boys": 12, "girls": 14, "age_from": 10, "age_to": 11, **fields}
    )


@pytest.mark.django_db
def test_a_teacher_keeps_a_class_as_numbers(client: Client) -> None:
    school = make_organisation()
    teacher = make_person(Role.HOST, organisation=school)
    client.force_login(teacher)
    typed = {
        "organisation": school.pk,
        "name": "5 «А»",
        "boys": "12",
        "girls": "14",
        "age_from": "10",
        "age_to": "11",
    }
    assert client.post(reverse("people:group_add"), typed).status_code == 302
    group = ClassGroup.objects.get()
    assert group.size == 26
    assert "5 «А»" in client.get(reverse("people:groups")).content.decode()
    edit = reverse("people:group_edit", kwargs={"public_id": group.public_id})
    assert client.post(edit, {**typed, "girls": "15", "revision": "0"}).status_code == 302
    assert client.post(edit, {**typed, "girls": "16", "revision": "0"}).status_code == 409
    wrong = client.post(edit, {**typed, "age_to": "9", "revision": "1"})
    assert wrong.status_code == 422
    assert 'value="9"' in wrong.content.decode()
    client.post(reverse("people:group_close", kwargs={"public_id": group.public_id}))
    assert client.get(edit).status_code == 404


@pytest.mark.django_db
def test_what_is_no_group() -> None:
    school, teacher = make_organisation(), make_account()
    with pytest.raises(NotAGroup):
        keep_group(account=teacher, organisation=school, data=data(boys=0, girls=0))
    with pytest.raises(NotAGroup):
        keep_group(account=teacher, organisation=school, data=data(age_from=12))
    group = keep_group(account=teacher, organisation=school, data=data())
    with pytest.raises(NameInUse):
        keep_group(account=teacher, organisation=school, data=data())
    keep_group(account=teacher, organisation=school, data=data(boys=1), group=group, revision=0)
    with pytest.raises(EditConflict):
        keep_group(account=teacher, organisation=school, data=data(), group=group, revision=0)
    with pytest.raises(IntegrityError), transaction.atomic():
        ClassGroup.objects.update(boys=0, girls=0)
