"""What is kept on people: every room says it, all of it can be taken out, all of it goes."""

import json
from typing import Any

import pytest
from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.test import Client
from django.urls import reverse

from bala.files.models import StoredFile
from bala.notify.actions.writing import tell
from bala.notify.models import Message
from bala.people.actions.erasure import close_account, erase_child, remove_child
from bala.people.models import Account, Child, Consent
from bala.people.queries.personal_data import SOURCES, Source, kept_on
from bala.safeguarding.models import ModerationItem
from tests.people.factories import PASSWORD, make_account, make_child, make_consents
from tests.programme.factories import make_campaign

pytestmark = pytest.mark.django_db

#: Models that point to people for their work alone: who wrote, decided, gave. The person's name is
#: gone with the account; nothing else is kept on the person there.
WORK = {
    "programme", "returns", "pages", "territory", "demo",
    "people.RoleGrant", "people.Account", "people.Child",
}  # fmt: skip


def points_to_people(model: type[models.Model]) -> bool:
    return any(
        isinstance(field, models.ForeignKey) and field.related_model in (Account, Child)
        for field in model._meta.get_fields()
    )


def test_a12_every_room_that_keeps_something_on_people_has_registered_it() -> None:
    keeping = {
        model._meta.app_label
        for model in apps.get_models()
        if model.__module__.startswith("bala.")
        and points_to_people(model)
        and model._meta.app_label not in WORK
        and model._meta.label not in WORK
    }
    assert {"people", "files", "notify", "safeguarding"} <= keeping
    assert keeping <= {name.partition(".")[0] for name in SOURCES}


def kept(subject: Account | Child) -> str:
    found = {one.source.name: one.rows for one in kept_on(subject)}
    for one in kept_on(subject):
        for row in one.rows:
            assert row.keys() <= one.source.columns.keys(), one.source.name
    return json.dumps(found, cls=DjangoJSONEncoder, ensure_ascii=False)


def make_family() -> tuple[Account, Child]:
    guardian = make_account(email="tomiris@example.kz", full_name="Томирис Бәйтерек")
    child = make_child(guardian, given_name="Қарлығаш", needs="жест тілі")
    make_consents(child)
    StoredFile.objects.create(owner=guardian, child=child, kind="picture", bytes=9)
    tell(
        account=guardian,
        kind="people.consent_withdrawn",
        key="1",
        context={
            "child": child.given_name,
            "child_id": child.public_id,
            "withdrawn_at": "2021-05-28T10:00:00+06:00",
            "purposes": ["photo"],
        },
    )
    item = ModerationItem.objects.create(
        kind="test.story",
        address="/x/",
        author=guardian,
        child=child,
        campaign_slug=make_campaign().slug,
        language="kk",
        title="Қарлығаш туралы",
        text="Қарлығаш жүзеді",
        waiting_since="2021-05-28T10:00:00+06:00",
    )
    assert item.pk
    return guardian, child


def test_what_is_kept_on_a_child_is_told_whole() -> None:
    guardian, child = make_family()
    told = kept(child)
    for word in ("Қарлығаш", "жест тілі", "Сәрсенова", "2011-03-08", "Қарлығаш жүзеді"):
        assert word in told
    assert told.count('"purpose"') == 5
    assert "tomiris@example.kz" in kept(guardian)
    assert "Қарлығаш жүзеді" not in kept(guardian)


def everything() -> str:
    """All rows of all rooms, as the database holds them, with letters read."""
    rows: list[Any] = [
        list(model._default_manager.order_by("pk").values())
        for model in apps.get_models()
        if model.__module__.startswith("bala.people")
        or model.__module__.startswith(("bala.files", "bala.notify", "bala.safeguarding"))
        or model._meta.app_label == "account"
    ]
    return json.dumps(rows, cls=DjangoJSONEncoder, ensure_ascii=False)


def test_an_erased_child_is_named_nowhere() -> None:
    guardian, child = make_family()
    assert "Қарлығаш" in everything()
    remove_child(guardian=guardian, child=child)
    left = everything()
    for word in ("Қарлығаш", "жест тілі", "2011-03-08"):
        assert word not in left, word
    assert "tomiris@example.kz" in left
    assert Consent.objects.filter(child=child).count() == 5
    assert not Message.objects.exists()
    assert set(StoredFile.objects.values_list("state", flat=True)) == {"deleted"}
    item = ModerationItem.objects.get()
    assert (item.state, item.author, item.title, item.text) == ("withdrawn", None, "", "")


def test_a_closed_account_is_named_nowhere_and_nobody_signs_in_by_it(client: Client) -> None:
    guardian, child = make_family()
    other = make_account(email="other@example.kz", full_name="Басқа Біреу")
    client.force_login(guardian)
    assert client.get(reverse("people:family")).status_code == 200
    erase_child(child=child, by=guardian)
    close_account(account=guardian)
    left = everything()
    assert "Томирис" not in left
    assert "tomiris" not in left
    assert other.email in left
    assert client.get(reverse("people:family")).status_code == 302
    answer = client.post(
        reverse("account_login"), {"login": "tomiris@example.kz", "password": PASSWORD}
    )
    assert answer.status_code == 200
    close_account(account=guardian)
    assert Account.objects.get(pk=guardian.pk).email.endswith("@erased.invalid")


def test_what_an_account_sent_for_a_child_who_stays_stays_with_the_child() -> None:
    guardian, child = make_family()
    close_account(account=guardian)
    assert StoredFile.objects.get().state != "deleted"
    item = ModerationItem.objects.get()
    assert (item.author, item.title) == (None, "Қарлығаш туралы")
    assert Child.objects.get(pk=child.pk).given_name == "Қарлығаш"


def test_an_erasure_that_fails_in_one_room_leaves_everything(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    guardian, child = make_family()

    def fail(_subject: object) -> None:
        raise OSError("the disk is gone")

    # The last to be erased: everything else was erased before it in the same transaction.
    source = Source("a.room", "", {}, lambda _subject: [], fail)
    monkeypatch.setattr("bala.people.actions.erasure.SOURCES", {"a.room": source, **SOURCES})
    before = everything()
    with pytest.raises(OSError, match="disk"):
        remove_child(guardian=guardian, child=child)
    assert everything() == before
