"""Consents: given, kept, withdrawn (standards A1, A2)."""

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.signing import Signer
from django.db import connection
from django.test import Client
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from bala.kernel import clock
from bala.kernel.errors import NotHere
from bala.people.access import ConsentMissing, taking_part
from bala.people.actions.consents import (
    NoticeChanged,
    TakePartFirst,
    decide_consents,
    load_consent_notices,
    withdraw_by_link,
    withdraw_purposes,
)
from bala.people.enums import ConsentPurpose, WithdrawalMethod
from bala.people.models import Account, Child, Consent, ConsentNotice, ConsentWithdrawal
from bala.people.queries.consents import (
    consent_of_token,
    current_notices,
    in_force,
    standings,
    withdrawal_token,
)
from tests.people.factories import make_account, make_child, make_consents

pytestmark = pytest.mark.django_db
TAKE_PART, PHOTO = ConsentPurpose.TAKE_PART, ConsentPurpose.PHOTO
PUBLICATION = ConsentPurpose.PUBLICATION


def family() -> tuple[Account, Child]:
    guardian = make_account()
    return guardian, make_child(guardian)


def agree(guardian: Account, child: Child, *purposes: ConsentPurpose) -> list[Consent]:
    return decide_consents(
        account=guardian, child=child, yes=dict.fromkeys(purposes, 1), language="kk"
    )


def letters(kind: str) -> list[dict[str, Any]]:
    """The letters that were asked for, with their contexts."""
    jobs = ProcrastinateJob.objects.filter(task_name="notify.tell").order_by("id")
    return [
        {**job.args, "context": json.loads(job.args["context"])}
        for job in jobs
        if job.args["kind"] == f"people.{kind}"
    ]


def newer(purpose: ConsentPurpose) -> ConsentNotice:
    return ConsentNotice.objects.create(
        purpose=purpose,
        version=2,
        text_kk="Жаңа сөз",
        text_ru="Новые слова",
        text_en="New words",
        in_force_from=date(2021, 5, 20),
    )


def test_a1_no_child_takes_part_before_a_recorded_consent() -> None:
    guardian, child = family()
    with pytest.raises(ConsentMissing):
        taking_part(child)
    agree(guardian, child, TAKE_PART)
    assert taking_part(child) == child
    with pytest.raises(ConsentMissing) as error:
        taking_part(child, PHOTO)
    assert error.value.purposes == [PHOTO]


def test_a2_a_consent_keeps_version_language_time_and_method() -> None:
    guardian, child = family()
    (consent,) = agree(guardian, child, TAKE_PART)
    assert consent.notice.version == 1
    assert (consent.language, consent.method) == ("kk", "account")
    assert consent.given_at == clock.now()
    assert consent.given_by == guardian
    assert consent.guardianship == child.guardianships.get()


def test_a2_each_purpose_is_agreed_to_by_itself_and_nothing_is_ticked(client: Client) -> None:
    guardian, child = family()
    client.force_login(guardian)
    url = reverse("people:consents", kwargs={"public_id": child.public_id})
    page = client.get(url).content.decode()
    assert page.count('type="radio"') == 2 * len(ConsentPurpose)
    assert "checked" not in page
    versions = {f"{purpose}_version": 1 for purpose in ConsentPurpose}
    client.post(url, {**versions, "take_part": "yes", "photo": "no", "contest": "yes"})
    assert set(in_force().values_list("purpose", flat=True)) == {"take_part", "contest"}


def test_all_words_stand_in_three_languages() -> None:
    notices = current_notices(clock.today())
    assert set(notices) == set(ConsentPurpose)
    for notice in notices.values():
        for text in (notice.text_kk, notice.text_ru, notice.text_en):
            assert len(text) > 200
    assert load_consent_notices() == 0


def test_whoever_is_not_the_guardian_cannot_consent() -> None:
    _guardian, child = family()
    for other in (make_account(), child.guardianships.get().account):
        assert other is not None
        if other.guardianships.exists():
            child.guardianships.update(ended_at=clock.now())
        with pytest.raises(NotHere):
            agree(other, child, TAKE_PART)
    assert not Consent.objects.exists()


def test_a_child_cannot_consent_for_itself() -> None:
    guardian, own = make_account(), make_account()
    child = make_child(guardian, account=own)
    with pytest.raises(NotHere):
        agree(own, child, TAKE_PART)


def test_the_other_consents_need_the_one_to_take_part() -> None:
    guardian, child = family()
    with pytest.raises(TakePartFirst):
        agree(guardian, child, PHOTO)
    assert len(agree(guardian, child, TAKE_PART, PHOTO)) == 2


def test_the_same_yes_twice_is_one_consent_and_one_receipt() -> None:
    guardian, child = family()
    assert len(agree(guardian, child, TAKE_PART)) == 1
    assert agree(guardian, child, TAKE_PART) == []
    assert len(letters("consent_receipt")) == 1


def test_new_words_are_asked_anew_and_the_earlier_consent_holds_until_then() -> None:
    guardian, child = family()
    agree(guardian, child, TAKE_PART)
    newer(TAKE_PART)
    (standing, *_rest) = standings([child], clock.today())[child.pk]
    assert standing.outdated
    assert taking_part(child)
    with pytest.raises(NoticeChanged):
        agree(guardian, child, TAKE_PART)
    decide_consents(account=guardian, child=child, yes={TAKE_PART: 2}, language="ru")
    (standing, *_rest) = standings([child], clock.today())[child.pk]
    assert not standing.outdated
    withdraw_purposes(account=guardian, child=child, purposes=[TAKE_PART])
    assert not in_force().exists()


def test_a_form_opened_before_the_words_changed_is_not_taken(client: Client) -> None:
    guardian, child = family()
    client.force_login(guardian)
    newer(TAKE_PART)
    url = reverse("people:consents", kwargs={"public_id": child.public_id})
    page = client.post(url, {"take_part": "yes", "take_part_version": 1}, follow=True)
    assert "изменился" in page.content.decode()
    assert not Consent.objects.exists()


def test_a2_the_receipts_link_withdraws_without_an_account_and_works_for_years(
    client: Client,
) -> None:
    guardian, child = family()
    agree(guardian, child, TAKE_PART, PHOTO, PUBLICATION)
    (letter,) = letters("consent_receipt")
    assert letter["account_id"] == guardian.pk
    tokens = {one["purpose"]: one["token"] for one in letter["context"]["consents"]}
    url = reverse("people:withdraw_link", kwargs={"token": tokens["photo"]})
    with clock.at(datetime(2026, 1, 1, tzinfo=UTC)):
        page = client.get(url)
        assert child.given_name in page.content.decode()
        assert child.family_name not in page.content.decode()
        assert in_force().count() == 3  # looking withdraws nothing
        assert client.post(url).status_code == 200
        assert client.post(url).status_code == 200
    ended = ConsentWithdrawal.objects.get()
    assert (ended.consent.purpose, ended.method, ended.withdrawn_by) == ("photo", "link", None)
    assert ended.withdrawn_at.year == 2026
    assert in_force().count() == 2


def test_a_link_works_after_the_key_was_changed(client: Client, settings: Any) -> None:
    guardian, child = family()
    (consent,) = agree(guardian, child, TAKE_PART)
    token = withdrawal_token(consent)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another-key-of-fifty-letters-another-key-of-fifty-l"
    assert consent_of_token(token) == consent


@pytest.mark.parametrize("change", [lambda t: t[:-1], lambda t: "x" + t, lambda _t: "nothing"])
def test_a_link_that_is_not_ours_withdraws_nothing(client: Client, change: Any) -> None:
    guardian, child = family()
    (consent,) = agree(guardian, child, TAKE_PART)
    url = reverse("people:withdraw_link", kwargs={"token": change(withdrawal_token(consent))})
    assert client.post(url).status_code == 404
    forged = Signer(salt="another").sign(consent.public_id)
    assert client.post(reverse("people:withdraw_link", args=[forged])).status_code == 404
    assert in_force().exists()


def test_without_taking_part_nothing_else_holds() -> None:
    guardian, child = family()
    first, *_rest = agree(guardian, child, TAKE_PART, PHOTO)
    assert withdraw_by_link(consent=first) == 2
    assert withdraw_by_link(consent=first) == 0
    assert not in_force().exists()


def test_every_guardian_reads_that_a_consent_ended() -> None:
    guardian, child = family()
    other = make_account()
    child.guardianships.create(account=other, kind="parent")
    agree(guardian, child, TAKE_PART)
    withdraw_purposes(account=other, child=child, purposes=[TAKE_PART])
    assert {letter["account_id"] for letter in letters("consent_withdrawn")} == {
        guardian.pk,
        other.pk,
    }


def test_a_consent_again_after_a_withdrawal_is_a_new_one() -> None:
    guardian, child = family()
    agree(guardian, child, TAKE_PART)
    withdraw_purposes(account=guardian, child=child, purposes=[TAKE_PART])
    agree(guardian, child, TAKE_PART)
    assert Consent.objects.count() == 2
    assert in_force().count() == 1


def test_history_and_receipt_show_what_was_agreed_to(client: Client) -> None:
    guardian, child = family()
    (consent,) = agree(guardian, child, TAKE_PART)
    client.force_login(guardian)
    kwargs = {"public_id": child.public_id}
    assert client.get(reverse("people:history", kwargs=kwargs)).status_code == 200
    url = reverse("people:receipt", kwargs={**kwargs, "consent_id": consent.public_id})
    page = client.get(url).content.decode()
    assert consent.notice.text_kk[:40] in page  # in the language in which it was read
    assert withdrawal_token(consent) in page
    assert "<svg" in page
    other = make_account()
    client.force_login(other)
    assert client.get(url).status_code == 404


def test_a_withdrawal_from_the_page(client: Client) -> None:
    guardian, child = family()
    make_consents(child)
    client.force_login(guardian)
    url = reverse("people:withdraw", kwargs={"public_id": child.public_id})
    client.post(url, {"purpose": ["photo", "nonsense"]})
    ended = ConsentWithdrawal.objects.get()
    assert (ended.consent.purpose, ended.method) == ("photo", WithdrawalMethod.ACCOUNT)
    assert ended.withdrawn_by == guardian


def test_nothing_is_written_where_the_receipt_cannot_be_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    guardian, child = family()

    def broken(*_args: Any, **_kwargs: Any) -> None:
        raise ConnectionError

    monkeypatch.setattr("bala.people.actions.consents.tell", broken)
    with pytest.raises(ConnectionError):
        agree(guardian, child, TAKE_PART)
    assert not Consent.objects.exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM people_consent")
        assert cursor.fetchone() == (0,)
