"""Issuing: once each, numbered without gaps, never changed, revoked once."""

from datetime import date

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from bala.certificates.actions import (
    AlreadyRevoked,
    Award,
    DesignNotApproved,
    Occasion,
    Recipient,
    issue_many,
    revoke,
)
from bala.certificates.actions.revoking import ReasonMissing
from bala.certificates.enums import DesignState, Kind, Naming
from bala.certificates.models import Certificate
from bala.certificates.queries.sheets import content_sum
from bala.notify.models import Message
from bala.people.access import ConsentMissing
from bala.people.enums import ConsentPurpose
from bala.people.queries.names import NotAName
from tests.certificates.factories import OCCASION, make_certificate, make_design
from tests.people.factories import make_account, make_child, make_consents
from tests.territory.factories import make_organisation

pytestmark = pytest.mark.django_db


def named(*names: str) -> list[Award]:
    return [Award(Recipient.named(name)) for name in names]


def test_numbers_follow_each_other_in_a_series_of_the_campaign_and_the_kind() -> None:
    diploma, letter = make_design(), make_design(Kind.LETTER)
    first = issue_many(by=None, design=diploma, occasion=OCCASION, awards=named("Әлия", "Ержан"))
    other = make_certificate(letter)
    later = make_certificate(diploma, name="Қуаныш")
    assert [one.shown_number for one in first.made] == ["D-2021-000001", "D-2021-000002"]
    assert other.shown_number == "L-2021-000001"
    assert later.shown_number == "D-2021-000003"
    elsewhere = make_certificate(make_design(campaign_slug="another"))
    assert elsewhere.number == 1


def test_a_recipient_gets_one_for_an_occasion_however_often_it_is_issued() -> None:
    design = make_design()
    once = make_certificate(design, name="Әлия Сәрсенова")
    again = make_certificate(design, name="  әлия   сәрсенова ")
    assert again == once
    both = issue_many(
        by=None, design=design, occasion=OCCASION, awards=named("Әлия Сәрсенова", "Ержан", "Ержан")
    )
    assert [one.name for one in both.made] == ["Ержан"]
    assert both.known == 2
    assert make_certificate(design, name="Әлия Сәрсенова", nomination="Голос") != once
    assert make_certificate(design, name="Әлия Сәрсенова", occasion=Occasion(ru="Другое")) != once
    assert make_certificate(design, recipient=Recipient.named("Ержан", detail="5 А")).number == 5


def test_the_database_itself_refuses_a_second_one() -> None:
    one = make_certificate()
    with pytest.raises(IntegrityError, match="certificate_once"), transaction.atomic():
        Certificate.objects.create(
            **{
                name: getattr(one, name)
                for name in (
                    "design", "campaign_slug", "series", "recipient_kind", "recipient_key", "name",
                    "occasion_hash", "language", "issued_on", "content_sha256",
                )
            },
            number=99,
        )  # fmt: skip


@pytest.mark.parametrize(
    "change",
    [
        {"name": "Другое имя"},
        {"number": 7},
        {"issued_on": date(2020, 1, 1)},
        {"occasion_ru": "Другое"},
        {"content_sha256": "0" * 64},
        {"place": 1},
    ],
)
def test_what_was_issued_cannot_be_changed(change: dict[str, object]) -> None:
    one = make_certificate()
    with pytest.raises(ProgrammingError), transaction.atomic():
        Certificate.objects.filter(pk=one.pk).update(**change)
    with pytest.raises(ProgrammingError), transaction.atomic():
        one.delete()


def test_a_revocation_is_written_once_and_allows_a_new_one() -> None:
    design = make_design()
    one = make_certificate(design, name="Алия")
    with pytest.raises(ReasonMissing):
        revoke(by=None, certificate=one, reason="  ")
    revoked = revoke(by=None, certificate=one, reason="Ошибка в имени")
    assert revoked.revoked_at is not None
    with pytest.raises(AlreadyRevoked):
        revoke(by=None, certificate=one, reason="Иное")
    with pytest.raises(ProgrammingError), transaction.atomic():
        Certificate.objects.filter(pk=one.pk).update(revoked_at=None, revoked_why="")
    with pytest.raises(ProgrammingError), transaction.atomic():
        Certificate.objects.filter(pk=one.pk).update(revoked_why="Иное")
    anew = make_certificate(design, name="Алия")
    assert anew.number == 2


def test_only_an_approved_design_is_issued_and_it_stays_as_it_was_approved() -> None:
    with pytest.raises(DesignNotApproved):
        make_certificate(make_design(state=DesignState.DRAFT))
    with pytest.raises(DesignNotApproved):
        make_certificate(make_design(state=DesignState.RETIRED))
    with pytest.raises(DesignNotApproved):
        make_certificate(make_design(Kind.POSTER))
    design = make_design()
    design.body_ru = "иной текст"
    with pytest.raises(ProgrammingError), transaction.atomic():
        design.save()
    design.refresh_from_db()
    design.state = DesignState.DRAFT
    with pytest.raises(ProgrammingError), transaction.atomic():
        design.save()


def test_a1_a_child_gets_one_after_consent_alone_and_its_guardians_are_told() -> None:
    guardian = make_account()
    child = make_child(guardian)
    with pytest.raises(ConsentMissing):
        make_certificate(recipient=Recipient.of_child(child))
    assert not Certificate.objects.exists()
    make_consents(child, ConsentPurpose.TAKE_PART)
    one = make_certificate(recipient=Recipient.of_child(child))
    assert one.name == "Әлия Сәрсенова"
    assert one.naming == Naming.CHILD
    told = Message.objects.get(account=guardian, kind="certificates.issued")
    assert told.given["child"] == "Әлия"
    revoke(by=None, certificate=one, reason="Ошибка")
    assert Message.objects.filter(account=guardian, kind="certificates.revoked").count() == 1


def test_an_organisation_is_named_in_the_language_of_the_sheet() -> None:
    house = make_organisation()
    one = make_certificate(recipient=Recipient.of_organisation(house, language="kk"))
    assert one.name == (house.name_kk or house.name_ru)
    assert one.naming == Naming.NAME


def test_the_sum_of_the_content_tells_whether_a_sheet_is_what_was_issued() -> None:
    one = make_certificate(place=1)
    again = Certificate.objects.select_related("design", "series").get(pk=one.pk)
    assert content_sum(again) == one.content_sha256
    again.name = "Әлия"
    assert content_sum(again) != one.content_sha256
    twin = make_certificate(make_design(campaign_slug="another"), place=1)
    assert twin.content_sha256 != one.content_sha256  # of the same words: salted


@given(st.text(min_size=1, max_size=220))
@settings(max_examples=60, deadline=None)
def test_a_name_is_printed_as_it_was_given_or_refused(text: str) -> None:
    try:
        recipient = Recipient.named(text)
    except NotAName:
        return
    assert 1 <= len(recipient.name) <= 200
    assert not any(c.isdigit() or c in "@\n\r<>" for c in recipient.name)
    shouted = recipient.name.upper()
    if shouted.casefold() == recipient.name.casefold():  # ß and its like change under capitals
        assert Recipient.named(f" {shouted} ").key == recipient.key
