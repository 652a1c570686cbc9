"""Steps of a contest: read from its rules, corrected, published, kept by later versions."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from bala.people.enums import Role
from bala.programme.actions.activities import set_stages
from bala.programme.actions.campaigns import carry_campaign
from bala.programme.actions.concept import import_concept, publish_concept
from bala.programme.actions.concept_lines import DraftChanged, correct_stages
from bala.programme.actions.versions import publish_version
from bala.programme.models import Activity, ActivityStage, ConceptDocument
from bala.programme.queries.drafts import ReviewLine, ReviewStage, review_of
from bala.programme.queries.versions import differences
from tests.concept import documents
from tests.people.factories import make_person

pytestmark = pytest.mark.django_db


def rules() -> tuple[ConceptDocument, ReviewLine]:
    """Bring the rules of a contest in; give the draft and its one line."""
    document = import_concept(account=None, filename="rules.txt", data=documents.RULES.encode())
    (found,) = list(review_of(document).lines())
    return document, found[2]


def line_of(document: ConceptDocument) -> ReviewLine:
    document.refresh_from_db()
    return next(iter(review_of(document).lines()))[2]


def test_the_stages_of_rules_stand_in_the_draft() -> None:
    _document, line = rules()
    assert len(line.stages) >= 2
    assert all(stage.names["ru"] for stage in line.stages)
    assert line.stages[-1].level == "republic"


def test_a_stage_is_corrected_and_whoever_saves_over_it_is_told() -> None:
    document, line = rules()
    stages = [
        ReviewStage({"kk": "Мектеп кезеңі", "ru": "Школьный этап", "en": "School stage"}),
        ReviewStage(
            {"kk": "", "ru": "Финал", "en": ""}, "republic", date(2021, 6, 1), date(2021, 6, 2)
        ),
    ]
    correct_stages(document=document, key=line.key, revision=line.revision, stages=stages)
    assert line_of(document).stages == stages
    with pytest.raises(DraftChanged):
        correct_stages(document=document, key=line.key, revision=line.revision, stages=[])


def test_published_rules_give_the_activity_its_stages_and_the_next_year_too() -> None:
    document, line = rules()
    campaign = publish_concept(account=None, document=document)
    kept = list(ActivityStage.objects.order_by("number"))
    assert [(one.number, one.name_ru, one.level, one.starts_on, one.ends_on) for one in kept] == [
        (number, one.names["ru"], one.level, one.starts_on, one.ends_on)
        for number, one in enumerate(line.stages, start=1)
    ]
    copy = carry_campaign(account=None, campaign=campaign, year=campaign.year + 1)
    carried = ActivityStage.objects.filter(activity__campaign=copy).order_by("number")
    assert [one.number for one in carried] == [one.number for one in kept]
    days = [(one.ends_on, old.ends_on) for one, old in zip(carried, kept, strict=True)]
    assert any(old for _new, old in days)
    assert all(new and new.year == old.year + 1 for new, old in days if old)


def test_a_later_version_shows_what_changes_of_the_stages_and_keeps_their_rows() -> None:
    document, _line = rules()
    campaign = publish_concept(account=None, document=document)
    before = {one.number: one.pk for one in ActivityStage.objects.order_by("pk")}
    second = import_concept(account=None, filename="rules2.txt", data=documents.RULES.encode())
    second.campaign, second.version = campaign, 2
    second.save()
    line = line_of(second)
    assert "stages" not in changed_fields(campaign, second)
    shorter = [ReviewStage({**line.stages[0].names, "ru": "Отборочный тур"})]
    correct_stages(document=second, key=line.key, revision=line.revision, stages=shorter)
    second.refresh_from_db()
    assert "stages" in changed_fields(campaign, second)
    mark = differences(campaign, review_of(second)).fingerprint
    publish_version(account=None, document=second, fingerprint=mark)
    (stage,) = ActivityStage.objects.all()
    assert (stage.pk, stage.name_ru) == (before[1], "Отборочный тур")


def changed_fields(campaign: object, document: ConceptDocument) -> set[str]:
    found = differences(document.campaign, review_of(document))  # type: ignore[arg-type]
    return {change.field for one in found.changed for change in one.changes}


def test_the_pages_show_the_stages_and_take_corrections(client: Client) -> None:
    document, line = rules()
    client.force_login(make_person(Role.COORDINATOR))
    where = reverse("programme:concept_stages", args=[document.public_id, line.key])
    page = client.get(where).content.decode()
    assert line.stages[0].names["ru"] in page
    typed = {
        "revision": line.revision,
        "name_ru_0": "Школьный этап",
        "level_0": "region",
        "name_kk_1": "Финал",
        "level_1": "republic",
        "starts_on_1": "2021-06-10",
        "ends_on_1": "2021-06-01",
    }
    refused = client.post(where, typed)
    assert refused.status_code == 422
    assert "Школьный этап" in refused.content.decode()
    typed["ends_on_1"] = "2021-06-12"
    assert client.post(where, typed).status_code == 302
    assert [one.names["ru"] or one.names["kk"] for one in line_of(document).stages] == [
        "Школьный этап",
        "Финал",
    ]
    late = client.post(where, {**typed, "name_ru_0": "Районный этап"})
    assert late.status_code == 409
    assert "Районный этап" in late.content.decode()
    assert "Школьный этап" in late.content.decode()


def test_a_stage_with_a_day_and_no_name_is_refused_beside_the_field(client: Client) -> None:
    document, line = rules()
    client.force_login(make_person(Role.COORDINATOR))
    where = reverse("programme:concept_stages", args=[document.public_id, line.key])
    answer = client.post(
        where, {"revision": line.revision, "level_0": "region", "starts_on_0": "2021-06-10"}
    )
    assert answer.status_code == 422
    assert "errorlist" in answer.content.decode()


def test_everybody_sees_the_stages_of_an_activity(client: Client) -> None:
    document, line = rules()
    campaign = publish_concept(account=None, document=document)
    activity = Activity.objects.get()
    ActivityStage.objects.filter(number=1).update(name_kk="Мектеп кезеңі")
    where = reverse("programme:activity", args=[campaign.slug, activity.public_id])
    page = client.get(where.replace("/ru/", "/kk/")).content.decode()
    assert "Мектеп кезеңі" in page
    assert line.stages[-1].names["ru"] in client.get(where).content.decode()
    client.force_login(make_person(Role.COORDINATOR, campaign_slug=campaign.slug))
    console = client.get(reverse("programme:campaign_texts", args=[campaign.slug]))
    assert line.stages[0].names["ru"] in console.content.decode()


def test_the_stages_of_a_published_activity_are_corrected(client: Client) -> None:
    document, line = rules()
    campaign = publish_concept(account=None, document=document)
    activity = Activity.objects.get()
    first = ActivityStage.objects.get(number=1)
    client.force_login(make_person(Role.COORDINATOR, campaign_slug=campaign.slug))
    where = reverse("programme:campaign_stages", args=[campaign.slug, activity.public_id])
    texts = client.get(reverse("programme:campaign_texts", args=[campaign.slug])).content.decode()
    assert f'href="{where}"' in texts
    assert line.stages[0].names["ru"] in client.get(where).content.decode()
    typed = {
        "revision": 1,
        "name_ru_0": "Районный этап",
        "level_0": "region",
        "starts_on_0": "2021-05-25",
        "ends_on_0": "2021-05-20",
    }
    refused = client.post(where, typed)
    assert refused.status_code == 422
    assert "Районный этап" in refused.content.decode()
    typed["ends_on_0"] = "2021-05-27"
    assert client.post(where, typed).status_code == 302
    (stage,) = ActivityStage.objects.all()
    assert (stage.pk, stage.name_ru, stage.ends_on) == (
        first.pk,
        "Районный этап",
        date(2021, 5, 27),
    )
    public = client.get(reverse("programme:activity", args=[campaign.slug, activity.public_id]))
    assert "Районный этап" in public.content.decode()


def test_two_people_at_the_stages_of_a_published_activity_see_each_other(client: Client) -> None:
    document, _line = rules()
    campaign = publish_concept(account=None, document=document)
    activity = Activity.objects.get()
    stages = [ReviewStage({"kk": "", "ru": "Отбор", "en": ""})]
    set_stages(activity=activity, revision=1, stages=stages)
    client.force_login(make_person(Role.COORDINATOR, campaign_slug=campaign.slug))
    where = reverse("programme:campaign_stages", args=[campaign.slug, activity.public_id])
    mine = {"revision": 1, "name_ru_0": "Полуфинал", "level_0": "region"}
    told = client.post(where, mine)
    page = told.content.decode()
    assert told.status_code == 409
    assert "Отбор" in page
    assert "Полуфинал" in page
    again = client.post(where, {**mine, "revision": told.context["form"].data["revision"]})
    assert again.status_code == 302
    assert ActivityStage.objects.get().name_ru == "Полуфинал"
