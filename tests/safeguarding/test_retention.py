"""A12: what is kept on people ends by itself, on a schedule; numbers stay."""

import io
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command

from bala.kernel import clock
from bala.kernel.retention import TERMS, keep_terms
from bala.people.enums import Role, SeenWhy
from bala.people.models import Account, Child, ChildSeen, Consent
from bala.programme.models import Outcome, Picture
from bala.safeguarding import actions
from bala.safeguarding.models import ModerationItem
from tests.conftest import CAMPAIGN_DAY
from tests.people.factories import make_person
from tests.programme.factories import make_activity, make_plan_item
from tests.programme.pictures import approved_picture, make_picture_of
from tests.safeguarding.factories import make_desk, make_family, make_item

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def ended(**options: Any) -> dict[str, int]:
    """What a night ends, by term."""
    return {one.term.name: one.ended for one in keep_terms(**options) if one.ended}


def test_a12_every_term_names_its_days_and_a_second_night_finds_nothing_left() -> None:
    assert set(TERMS) == {
        "people.looks",
        "safeguarding.closed",
        "safeguarding.reports",
        "programme.pictures",
        "programme.families",
    }
    assert all(term.days > 0 for term in TERMS.values())
    guardian, child = make_family()
    make_picture_of(make_activity(), guardian, child)
    with clock.at(CAMPAIGN_DAY + 2000 * DAY):
        assert ended()
        assert ended() == {}


def test_a12_the_record_of_looks_has_a_term_of_its_own(settings: Any) -> None:
    settings.BALA_KEEP_LOOKS_DAYS = 100
    _guardian, child = make_family()
    looker = make_person(Role.MODERATOR)
    for days in (0, 50):
        ChildSeen.objects.create(
            child=child, seen_by=looker, why=SeenWhy.MODERATION, seen_at=CAMPAIGN_DAY + days * DAY
        )
    with clock.at(CAMPAIGN_DAY + 100 * DAY):
        assert "people.looks" not in ended()
    with clock.at(CAMPAIGN_DAY + 101 * DAY):
        assert ended()["people.looks"] == 1
    assert ChildSeen.objects.count() == 1


def test_a12_what_was_refused_loses_words_and_files_after_its_days(settings: Any) -> None:
    settings.BALA_KEEP_REFUSED_DAYS = 30
    guardian, child = make_family()
    picture = make_picture_of(make_activity(), guardian, child)
    item, desk = picture.moderation, make_desk()
    actions.decide(
        desk=desk,
        item=item,
        revision=item.revision,
        approve=False,
        shows_face=False,
        reason="off_topic",
    )
    with clock.at(CAMPAIGN_DAY + 29 * DAY):
        assert ended() == {}
    with clock.at(CAMPAIGN_DAY + 31 * DAY):
        assert ended(dry_run=True) == {}
        picture.file.refresh_from_db()
        assert picture.file.state == "ready"
        assert ended() == {"safeguarding.closed": 1}
    picture.file.refresh_from_db()
    item.refresh_from_db()
    assert (item.title, item.text, picture.file.state) == ("", "", "deleted")
    assert item.decisions.get().reason == "off_topic"


def test_a12_what_waits_or_is_public_is_left_alone() -> None:
    guardian, child = make_family()
    waiting = make_item(author=guardian, child=child)
    shown = approved_picture(make_picture_of(make_activity(), guardian, child))
    with clock.at(CAMPAIGN_DAY + 60 * DAY):
        assert ended() == {}
    assert ModerationItem.objects.exclude(text="").count() == 2
    assert waiting.text
    assert shown.caption


def test_a12_after_the_campaign_pictures_and_families_go_and_numbers_stay(settings: Any) -> None:
    settings.BALA_KEEP_AFTER_CAMPAIGN_DAYS = 180
    guardian, child = make_family()
    activity = make_activity()
    item = make_plan_item(activity)
    Outcome.objects.create(
        campaign=activity.campaign,
        activity=activity,
        region=item.region,
        plan_item=item,
        metric="children",
        value=40,
        happened_on=CAMPAIGN_DAY.date(),
        source_kind="plan_item",
        source_id=item.public_id,
    )
    picture = approved_picture(make_picture_of(activity, guardian, child))
    last = CAMPAIGN_DAY.replace(month=6, day=20)
    with clock.at(last + 180 * DAY):
        assert ended() == {}
    with clock.at(last + 182 * DAY):
        done = ended()
    assert done["programme.pictures"] == 1
    assert done["programme.families"] == 1
    child.refresh_from_db()
    guardian.refresh_from_db()
    assert (child.given_name, child.family_name) == ("", "")
    assert (child.born_on.month, child.born_on.day) == (1, 1)
    assert guardian.full_name == ""
    assert Consent.objects.filter(child=child).exists()
    kept = Picture.objects.get(pk=picture.pk)
    assert (kept.caption, kept.file.state, kept.shown_at) == ("", "deleted", None)
    assert Outcome.objects.get().value == 40


def test_a12_a_family_that_came_back_and_a_campaign_that_goes_on_keep_it() -> None:
    guardian, child = make_family()
    activity = make_activity()
    late = CAMPAIGN_DAY + 2000 * DAY
    guardian.last_login = late - DAY
    guardian.save()
    with clock.at(late):
        assert "programme.families" not in ended()
    Account.objects.update(last_login=None)
    campaign = activity.campaign
    campaign.ends_on = late.date()
    campaign.save()
    with clock.at(late):
        assert "programme.families" not in ended()
    assert Child.objects.get(pk=child.pk).given_name


def test_the_command_counts_before_it_ends(capsys: pytest.CaptureFixture[str]) -> None:
    make_family()
    make_activity()
    out = io.StringIO()
    with clock.at(CAMPAIGN_DAY + 2000 * DAY):
        call_command("retention", "--dry-run", stdout=out)
        assert "programme.families: kept 365 days, due 1, ended 0" in out.getvalue()
        call_command("retention", stdout=out)
    assert "programme.families: kept 365 days, due 1, ended 1" in out.getvalue()
    assert Child.objects.get().given_name == ""
