"""Reports by the public, without an account."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from bala.kernel import clock
from bala.kernel.errors import EditConflict, NotHere
from bala.safeguarding import actions
from bala.safeguarding.actions.upkeep import forget_sources
from bala.safeguarding.enums import ItemState, ReportState
from bala.safeguarding.models import ModerationItem, Report
from bala.safeguarding.queries import public_items
from tests.conftest import CAMPAIGN_DAY
from tests.safeguarding.factories import approved, make_desk, make_item

pytestmark = pytest.mark.django_db


def file(item: ModerationItem, reason: str = "privacy", source: str = "a") -> Report:
    return actions.report(item=item, reason=reason, words="", language="kk", source=source).report


def decide(item: ModerationItem, *, stays: bool) -> ModerationItem:
    item.refresh_from_db()
    return actions.decide(
        desk=make_desk(),
        item=item,
        revision=item.revision,
        approve=stays,
        reason="" if stays else "contacts",
    )


def test_a_report_about_a_childs_privacy_takes_down_at_once() -> None:
    item = approved(make_item())
    report = file(item)
    assert report.took_down
    assert not public_items().exists()
    item.refresh_from_db()
    assert item.urgent
    assert item.waiting_since


def test_another_reason_leaves_it_public_until_somebody_has_looked() -> None:
    item = approved(make_item())
    assert not file(item, "advert").took_down
    assert public_items().exists()
    item.refresh_from_db()
    assert item.waiting_since


def test_which_reasons_take_down_is_a_setting(settings: Any) -> None:
    settings.BALA_REPORT_TAKEDOWN_REASONS = ["hurts"]
    item = approved(make_item())
    assert not file(item, "privacy").took_down
    assert file(item, "hurts", source="b").took_down


def test_what_is_not_public_cannot_be_reported() -> None:
    item = make_item()
    with pytest.raises(NotHere):
        file(item)
    assert Client().get(reverse("safeguarding:report", args=[item.public_id])).status_code == 404


def test_the_reporter_reads_the_answer_by_the_number() -> None:
    item = approved(make_item())
    report = file(item)
    url = reverse("safeguarding:answer")
    waits = Client().get(url, {"number": report.public_id}).content.decode()
    assert "Модератор посмотрит" in waits
    decide(item, stays=False)
    spaced = " ".join(report.public_id[n : n + 4] for n in range(0, 16, 4)).upper()
    told = Client().get(url, {"number": spaced}).content.decode()
    assert "больше не видно" in told
    assert Client().get(url, {"number": "nothing"}).status_code == 404
    assert Client().get(url).status_code == 200


def test_what_a_moderator_confirmed_goes_down_again_only_by_several_independent_reports() -> None:
    item = approved(make_item())
    file(item, source="a")
    assert decide(item, stays=True).state == ItemState.APPROVED
    assert Report.objects.get().state == ReportState.REJECTED
    with clock.at(CAMPAIGN_DAY + timedelta(minutes=5)):
        assert not file(item, source="a").took_down
        assert not file(item, source="a").took_down  # the same house again is the same report
        assert not file(item, source="b").took_down
        assert public_items().exists()
        assert file(item, source="c").took_down
    assert not public_items().exists()


def test_a_report_that_comes_meanwhile_stops_the_decision_of_who_has_not_seen_it() -> None:
    item = approved(make_item())
    file(item, source="a")
    item.refresh_from_db()
    seen = item.revision
    file(item, source="b") if item.state == ItemState.APPROVED else None
    desk = make_desk()
    ModerationItem.objects.filter(pk=item.pk).update(revision=seen + 1)
    with pytest.raises(EditConflict):
        actions.decide(desk=desk, item=item, revision=seen, approve=True)


def test_where_a_report_came_from_is_forgotten() -> None:
    item = approved(make_item())
    file(item)
    decide(item, stays=False)
    with clock.at(CAMPAIGN_DAY + timedelta(days=31)):
        assert forget_sources() == 1
    assert Report.objects.get().source == ""


def test_the_form_takes_a_report_without_an_account_and_without_javascript() -> None:
    item = approved(make_item())
    url = reverse("safeguarding:report", args=[item.public_id])
    client = Client()
    page = client.get(url)
    html = page.content.decode()
    mark = html.split('name="proof_opened" value="')[1].split('"')[0]
    faulty = client.post(url, {"words": "менің балам", "proof_opened": mark})
    assert faulty.status_code == 422
    assert "менің балам" in faulty.content.decode()
    with clock.at(CAMPAIGN_DAY + timedelta(seconds=20)):
        sent = client.post(url, {"reason": "consent", "words": "", "proof_opened": mark})
    assert sent.status_code == 302
    told = client.get(sent["Location"]).content.decode()
    assert Report.objects.get().public_id[:4] in told
    assert client.get(url).status_code == 404
