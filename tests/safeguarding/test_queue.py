"""The way of content to the public: sent in, looked at, decided; edited, withdrawn, sampled."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from bala.kernel import clock
from bala.kernel.errors import EditConflict, Forbidden
from bala.notify.models import Message
from bala.people.enums import ConsentPurpose, Role
from bala.people.models import ChildSeen, ConsentWithdrawal
from bala.safeguarding import access, actions
from bala.safeguarding.actions.letters import tell_of_waiting
from bala.safeguarding.actions.upkeep import follow_consents
from bala.safeguarding.enums import ItemState, Verdict
from bala.safeguarding.models import Decision, ModerationItem, SecondLook
from bala.safeguarding.queries import public_items
from bala.safeguarding.queries.queue import Wanted, chosen, figures_of, waiting
from tests.conftest import CAMPAIGN_DAY
from tests.people.factories import make_account, make_child, make_consents, make_person
from tests.safeguarding.factories import PURPOSES, approved, make_desk, make_family, make_item
from tests.territory.factories import region

pytestmark = pytest.mark.django_db


def refuse(item: ModerationItem, desk: access.Desk, **fields: Any) -> ModerationItem:
    fields.setdefault("reason", "off_topic")
    return actions.decide(desk=desk, item=item, revision=item.revision, approve=False, **fields)


def test_what_is_sent_in_is_not_public_until_a_moderator_approves_it() -> None:
    item = make_item()
    assert item.state == ItemState.PENDING
    assert not public_items().exists()
    approved(item)
    assert list(public_items()) == [item]


def test_a_refusal_needs_a_reason_and_tells_the_guardian_in_plain_words() -> None:
    item, desk = make_item(), make_desk()
    with pytest.raises(actions.CannotDecide):
        refuse(item, desk, reason="")
    with pytest.raises(actions.CannotDecide):
        refuse(item, desk, reason="other", words=" ")
    now = refuse(item, desk, reason="contacts")
    assert now.state == ItemState.REFUSED
    letter = Message.objects.get(kind="safeguarding.decision")
    assert letter.account == item.author
    assert "мекенжай" in letter.context
    assert not public_items().exists()


def test_the_letter_on_what_a_child_sent_in_goes_to_its_guardians() -> None:
    guardian, child = make_family()
    own = make_account()
    child.account = own
    child.save()
    approved(make_item(author=own, child=child))
    assert set(Message.objects.values_list("account", flat=True)) == {guardian.pk}


def test_only_the_family_sends_in_for_a_child_and_only_with_its_consents() -> None:
    guardian, child = make_family()
    with pytest.raises(actions.NotYours):
        make_item(author=make_account(), child=child)
    other = make_child(guardian)
    with pytest.raises(actions.ConsentMissing):
        make_item(author=guardian, child=other)
    make_consents(other, *PURPOSES)
    assert make_item(author=guardian, child=other).state == ItemState.PENDING


def test_a_withdrawn_consent_hides_at_once_and_for_good() -> None:
    guardian = make_account()
    child = make_child(guardian)
    consents = make_consents(child)
    item = approved(make_item(author=guardian, child=child))
    photo = next(c for c in consents if c.purpose == ConsentPurpose.PUBLICATION)
    ConsentWithdrawal.objects.create(consent=photo, method="link")
    assert not public_items().exists()
    assert follow_consents() == 1
    make_consents(child, ConsentPurpose.PUBLICATION)
    item.refresh_from_db()
    assert item.state == ItemState.WITHDRAWN
    assert not public_items().exists()
    assert follow_consents() == 0


def test_a_consent_to_another_use_does_not_count() -> None:
    guardian, child = make_family()
    item = approved(make_item(author=guardian, child=child, about="contests.contest:1"))
    assert public_items().filter(pk=item.pk).exists()
    child.erased_at = clock.now()
    child.save()
    assert not public_items().exists()


def test_an_edit_sends_an_approved_thing_back() -> None:
    guardian, child = make_family()
    item = approved(make_item(author=guardian, child=child))
    again = actions.resubmit(item=item, by=guardian, title="Жаңа", text="Басқа мәтін")
    assert again.state == ItemState.PENDING
    assert again.first_moderator is None
    assert not public_items().exists()


def test_an_item_edited_meanwhile_cannot_be_approved_unseen() -> None:
    guardian, child = make_family()
    item, desk = make_item(author=guardian, child=child), make_desk()
    seen = item.revision
    actions.resubmit(item=item, by=guardian, title="Жаңа", text="Басқа мәтін")
    with pytest.raises(EditConflict):
        actions.decide(desk=desk, item=item, revision=seen, approve=True)
    with pytest.raises(actions.NotYours):
        actions.resubmit(item=item, by=make_account(), title="", text="бөтен")


def test_withdrawing_hides_and_ends_the_waiting() -> None:
    guardian, child = make_family()
    item = approved(make_item(author=guardian, child=child))
    gone = actions.withdraw(item=item, by=guardian)
    assert gone.state == ItemState.WITHDRAWN
    assert not public_items().exists()
    with pytest.raises(actions.NothingToWithdraw):
        actions.withdraw(item=item, by=guardian)
    with pytest.raises(actions.NotYours):
        actions.withdraw(item=item, by=make_account())


def test_nobody_decides_on_what_the_own_family_sent_in() -> None:
    guardian, child = make_family()
    item = make_item(author=guardian, child=child)
    moderator = make_person(Role.MODERATOR)
    assert access.desk_of(moderator).items().get() == item
    own = make_person(Role.MODERATOR)
    make_item(author=own, child=None)
    assert access.desk_of(own).items().count() == 1
    from bala.people.models import RoleGrant

    RoleGrant.objects.create(account=guardian, role=Role.MODERATOR)
    guardian.__dict__.pop("_rights", None)
    assert item not in access.desk_of(guardian).items()


def test_a_desk_holds_what_the_right_names() -> None:
    here = make_item()
    there = make_item(campaign_slug="other")
    assert set(make_desk(campaign_slug="other").items()) == {there}
    assert set(make_desk(region=region("KZ-75")).items()) == {here, there}
    assert set(make_desk(region=region("KZ-79")).items()) == set()
    with pytest.raises(Forbidden):
        access.desk_of(make_person(Role.JUROR))


def test_what_one_has_taken_up_the_other_does_not_get() -> None:
    first, second = make_item(), make_item()
    one, two = make_desk(), make_desk()
    assert actions.claim_next(desk=one) == first
    assert actions.claim_next(desk=two) == second
    assert actions.claim_next(desk=make_desk()) is None
    assert not actions.claim(desk=two, item=first)
    with pytest.raises(EditConflict):
        actions.decide(desk=two, item=first, revision=first.revision, approve=True)
    with clock.at(CAMPAIGN_DAY + timedelta(minutes=11)):  # the hold has run out
        assert actions.claim(desk=two, item=first)


def test_the_urgent_come_first_and_then_the_oldest() -> None:
    old = make_item()
    with clock.at(CAMPAIGN_DAY + timedelta(hours=1)):
        young = make_item()
        urgent = make_item(text="мені ұрады")
        desk = make_desk()
        assert [actions.claim_next(desk=desk, after=None)] == [urgent]
        other = make_desk()
        assert actions.claim_next(desk=other) == old
        assert actions.claim_next(desk=make_desk()) == young


def test_words_of_distress_are_told_to_the_moderators_at_once_without_the_words() -> None:
    here = make_person(Role.MODERATOR, region=region("KZ-75"))
    make_person(Role.MODERATOR, region=region("KZ-79"))
    coordinator = make_person(Role.COORDINATOR)
    item = make_item(text="Мен өлгім келеді")
    assert item.urgent
    letters = Message.objects.filter(kind="safeguarding.urgent")
    assert {letter.account for letter in letters} == {here, coordinator}
    assert all("өлгім" not in letter.context for letter in letters)


def test_the_author_of_words_of_distress_sees_the_helplines_on_the_next_page() -> None:
    guardian, child = make_family()
    item = make_item(author=guardian, child=child, text="мені ұрады")
    client = Client()
    client.force_login(guardian)
    page = client.get(reverse("safeguarding:mine", args=[item.public_id])).content.decode()
    assert "help-now" in page
    assert 'href="tel:' in page


def test_what_waits_too_long_is_told_to_the_coordinators_once() -> None:
    coordinator = make_person(Role.COORDINATOR, campaign_slug="bakytty-bala-1")
    make_item()
    with clock.at(CAMPAIGN_DAY + timedelta(hours=23)):
        assert tell_of_waiting() == 0
    with clock.at(CAMPAIGN_DAY + timedelta(hours=25)):
        assert tell_of_waiting() == 1
        assert tell_of_waiting() == 0
    assert Message.objects.get(kind="safeguarding.waiting").account == coordinator


def test_the_database_keeps_two_different_eyes_on_a_face() -> None:
    item, desk = make_item(), make_desk()
    with pytest.raises(IntegrityError), transaction.atomic():
        ModerationItem.objects.filter(pk=item.pk).update(
            state=ItemState.APPROVED,
            shows_face=True,
            decided_at=clock.now(),
            first_moderator=desk.account,
            second_moderator=desk.account,
        )


def test_a_sampled_decision_is_looked_at_again_by_another(settings: Any) -> None:
    settings.BALA_MODERATION_SAMPLE_PERCENT = 100
    desk, other = make_desk(), make_desk()
    item = approved(make_item(), desk)
    decision = Decision.objects.get()
    assert decision.sampled
    with pytest.raises(Forbidden):
        actions.look_again(desk=desk, decision=decision, agrees=True)
    with pytest.raises(actions.CannotDecide):
        actions.look_again(desk=other, decision=decision, agrees=False)
    actions.look_again(desk=other, decision=decision, agrees=False, words="телефон көрініп тұр")
    item.refresh_from_db()
    assert item.state == ItemState.PENDING
    assert not public_items().exists()
    assert Decision.objects.filter(verdict=Verdict.REOPEN).exists()
    assert SecondLook.objects.get().moderator == other.account
    assert figures_of(other.items(), timedelta(hours=24)).agreement == 0


def test_the_share_that_is_drawn_is_near_the_setting(settings: Any) -> None:
    from bala.kernel.public_ids import new_public_id
    from bala.safeguarding.actions.decisions import _is_drawn

    settings.BALA_MODERATION_SAMPLE_PERCENT = 20
    drawn = sum(_is_drawn(new_public_id()) for _n in range(2000))
    assert 250 < drawn < 560
    settings.BALA_MODERATION_SAMPLE_PERCENT = 0
    assert not any(_is_drawn(new_public_id()) for _n in range(200))


def test_the_queue_is_narrowed() -> None:
    make_item()
    russian = make_item(language="ru", text="ты дурак")
    urgent = make_item(text="мені ұрады")
    everything = ModerationItem.objects.all()
    assert chosen(everything, Wanted(language="ru")).get() == russian
    assert chosen(everything, Wanted(only="urgent")).get() == urgent
    assert chosen(everything, Wanted(region="KZ-79")).count() == 0
    assert chosen(everything, Wanted(waited=4)).count() == 0
    assert waiting(everything).count() == 3


def signed_in(desk: access.Desk) -> Client:
    client = Client()
    client.force_login(desk.account)
    return client


@pytest.fixture
def _flat() -> None:
    make_item()


def test_the_queue_costs_the_same_for_one_and_for_three(django_assert_max_num_queries: Any) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = signed_in(make_desk())
    url = reverse("safeguarding:queue")
    make_item()
    client.get(url)
    with CaptureQueriesContext(connection) as one:
        client.get(url)
    for _n in range(2):
        make_item(text="ты дурак, 87011234567")
    with CaptureQueriesContext(connection) as three:
        client.get(url)
    assert len(three) == len(one) <= 20


def test_opening_an_item_notes_who_saw_the_child_and_why() -> None:
    item, desk = make_item(), make_desk()
    client = signed_in(desk)
    page = client.get(reverse("safeguarding:item", args=[item.public_id]))
    assert page.status_code == 200
    seen = ChildSeen.objects.get()
    assert (seen.seen_by, seen.child, seen.why) == (desk.account, item.child, "moderation")


def test_a_moderator_decides_on_the_page_and_goes_on_to_the_next() -> None:
    first, second = make_item(), make_item()
    client = signed_in(make_desk())
    url = reverse("safeguarding:item", args=[first.public_id])
    client.get(url)
    refused = client.post(url, {"revision": first.revision, "decision": "refuse", "words": "жоқ"})
    assert refused.status_code == 422
    assert "жоқ" in refused.content.decode()
    stale = client.post(url, {"revision": 99, "decision": "approve"})
    assert stale.status_code == 409
    done = client.post(url, {"revision": first.revision, "decision": "approve"})
    assert done["Location"] == reverse("safeguarding:item", args=[second.public_id])
    assert public_items().get() == first


def test_findings_are_marked_in_the_text_and_nothing_of_it_is_lost() -> None:
    from bala.safeguarding.queries.texts import pieces_of

    item = make_item(title="", text="Сәлем, <b>87011234567</b> ты дурак!")
    assert "".join(piece.text for piece in pieces_of(item)) == item.text
    page = signed_in(make_desk()).get(reverse("safeguarding:item", args=[item.public_id]))
    html = page.content.decode()
    assert '<mark class="finding telephone"' in html
    assert "<b>8701" not in html
