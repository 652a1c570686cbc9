"""Returns that several people hold at the same moment: real processes, the real database."""

import multiprocessing
from contextvars import Context
from typing import Any

import pytest
from django.db import transaction
from django.db.models import Sum
from django.test import Client
from django.urls import reverse

from bala.kernel.errors import PersonError
from bala.people.enums import Role
from bala.programme.actions.outcomes import record_result
from bala.programme.models import Campaign
from bala.returns.actions.reports import make_report
from bala.returns.actions.returns import decide_return, save_return, submit_return
from bala.returns.enums import ReturnStatus, Step
from bala.returns.models import RegionalReturn, ReportRun, ReturnText, ReturnVersion
from bala.returns.queries.figures import FigureKey, Figures, figures_of, records_of
from tests.people.factories import make_person
from tests.programme.factories import make_activity, make_plan_item
from tests.programme.races import race
from tests.territory.factories import region
from tests.world import Persona, build_world

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE = 8


def write(campaign: Campaign, revision: int, text: str) -> RegionalReturn:
    block = campaign.blocks.get()
    return save_return(
        campaign=campaign,
        region=region(),
        revision=revision,
        texts={block.pk: text},
        difficulties=text,
        proposals="",
        media=[],
    )


def outcome_of(act: Any) -> str:
    """Say what came of an act: done, or the sentence that the person reads."""
    try:
        act()
    except PersonError as error:
        return f"{type(error).__name__}: {error}"
    return "done"


def going_clock(act: Any, *given: Any) -> Any:
    """Call `act` outside of the pinned clock: each process writes at moments of its own."""
    return Context().run(act, *given)


def records_make(campaign: Campaign, frozen: Figures) -> bool:
    """Whether every frozen figure is the sum of the records that it opens into."""
    return all(
        value
        == records_of(campaign, read, as_of=frozen.as_of, parts=frozen.parts).aggregate(
            n=Sum("value")
        )["n"]
        for key, value in frozen.values.items()
        if (read := FigureKey.read(key))
    )


@pytest.mark.parametrize("begun", [False, True])
def test_of_many_who_save_the_same_return_one_wins_and_all_others_see_the_conflict(
    begun: bool,
) -> None:
    campaign = make_activity().campaign
    revision = write(campaign, 0, "Начало").revision if begun else 0
    said = race(
        lambda n: outcome_of(lambda: write(campaign, revision, f"Текст {n}")), times=AT_ONCE
    )
    assert said.count("done") == 1
    assert sum("сохранил другой человек" in one for one in said) == AT_ONCE - 1
    one = RegionalReturn.objects.get()
    winner = f"Текст {said.index('done')}"
    assert (one.difficulties, ReturnText.objects.get().text) == (winner, winner)
    assert one.revision == revision + 1


def test_the_loser_of_a_race_reads_what_the_winner_saved_and_can_save_over_it() -> None:
    world = build_world()
    block = world.campaign.blocks.get()
    address = reverse("returns:edit", args=[world.campaign.slug, "KZ-75"])

    def post(revision: int, text: str) -> Any:
        client = Client()
        client.force_login(world.people[Persona.ORGANISER])
        return client.post(
            address,
            {
                "revision": revision,
                f"block_{block.pk}": text,
                "media-TOTAL_FORMS": 0,
                "media-INITIAL_FORMS": 0,
            },
        )

    def act(number: int) -> str:
        answer = post(0, f"Текст {number}")
        return f"{answer.status_code} {answer.content.decode()}"

    said = race(act, times=4)
    assert sorted(one[:3] for one in said) == ["302", "409", "409", "409"]
    winner = next(f"Текст {n}" for n, one in enumerate(said) if one.startswith("302"))
    for number, one in enumerate(said):
        if one.startswith("409"):
            assert f'<p class="keep">{winner}</p>' in one
            assert f"Текст {number}</textarea>" in one
            assert 'id="id_revision" value="1"' in one
    assert post(1, "Сведено").status_code == 302
    assert ReturnText.objects.get().text == "Сведено"


def test_submitting_many_times_at_once_makes_one_version() -> None:
    campaign = make_activity().campaign
    who = make_person(Role.ORGANISER, region=region(), campaign_slug=campaign.slug)
    one = write(campaign, 0, "Проведено")
    said = race(
        lambda _n: outcome_of(lambda: submit_return(account=who, one=one, revision=one.revision)),
        times=AT_ONCE,
    )
    assert said.count("done") == 1
    assert {s.split(":")[0] for s in said} == {"done", "ReturnLocked"}
    assert ReturnVersion.objects.count() == 1


def test_of_coordinators_who_decide_otherwise_at_the_same_moment_one_wins() -> None:
    campaign = make_activity().campaign
    who = make_person(Role.COORDINATOR)
    one = write(campaign, 0, "Проведено")
    submit_return(account=who, one=one, revision=one.revision)
    read = one.revision + 1

    def act(number: int) -> str:
        if number % 2:
            return outcome_of(
                lambda: decide_return(
                    account=who, one=one, revision=read, step=Step.SENT_BACK, comment="Ещё"
                )
            )
        return outcome_of(
            lambda: decide_return(account=who, one=one, revision=read, step=Step.ACCEPTED)
        )

    said = race(act, times=AT_ONCE)
    assert said.count("done") == 1
    assert {s.split(":")[0] for s in said if s != "done"} == {"EditConflict"}
    assert all("Отчёт изменился, пока вы его читали" in s for s in said if s != "done")
    one.refresh_from_db()
    accepted = said.index("done") % 2 == 0
    assert one.status == (ReturnStatus.ACCEPTED if accepted else ReturnStatus.SENT_BACK)
    assert one.steps.count() == 2


def test_of_submitting_and_deciding_at_the_same_moment_one_wins_and_nothing_unread_is_accepted() -> (
    None
):
    campaign = make_activity().campaign
    who = make_person(Role.COORDINATOR)
    one = write(campaign, 0, "Первый")
    submit_return(account=who, one=one, revision=one.revision)
    one = decide_return(
        account=who, one=one, revision=one.revision + 1, step=Step.SENT_BACK, comment="Ещё"
    )
    one = write(campaign, one.revision, "Второй")

    def act(number: int) -> str:
        if number == 0:
            return outcome_of(lambda: submit_return(account=who, one=one, revision=one.revision))
        return outcome_of(
            lambda: decide_return(account=who, one=one, revision=one.revision, step=Step.ACCEPTED)
        )

    said = race(act, times=4)
    assert said[0] == "done"  # whoever decides read a return that was not handed in
    assert {s.split(":")[0] for s in said[1:]} <= {"WrongStep", "EditConflict"}
    one.refresh_from_db()
    assert (one.status, one.version) == (ReturnStatus.SUBMITTED, 2)


def test_what_is_accepted_while_results_change_is_locked_and_its_figures_stay() -> None:
    activity = make_activity()
    campaign = activity.campaign
    who = make_person(Role.COORDINATOR)
    items = [make_plan_item(activity) for _ in range(6)]
    one = write(campaign, 0, "Проведено")

    def act(number: int) -> str:
        if number == 0:
            version = submit_return(account=who, one=one, revision=one.revision)
            decide_return(account=who, one=one, revision=one.revision + 1, step=Step.ACCEPTED)
            return version.public_id
        item = items[number - 1]
        for children in range(1, 12):
            item = record_result(
                account=who,
                item=item,
                revision=item.revision,
                held_on=campaign.starts_on,
                children=children,
                adults=1,
            )
        return "entered"

    said = race(lambda n: going_clock(act, n), times=7)
    assert said[1:] == ["entered"] * 6
    version = ReturnVersion.objects.get()
    assert version.public_id == said[0]
    frozen = Figures.from_json(version.figures)
    assert records_make(campaign, frozen)
    assert figures_of(campaign, region()).get("KZ-75", "children") == 66
    one.refresh_from_db()
    assert one.status == ReturnStatus.ACCEPTED
    assert outcome_of(lambda: write(campaign, one.revision, "Иначе")).startswith("ReturnLocked")
    assert ReturnText.objects.get().text == "Проведено"


@pytest.mark.parametrize("frozen_in", ["return", "report"])
def test_a_result_on_its_way_is_waited_for_so_that_frozen_figures_find_their_records(
    frozen_in: str,
) -> None:
    """The writer's moment lies before that of freezing, its commit would come after the sum."""
    activity = make_activity()
    campaign = activity.campaign
    who = make_person(Role.COORDINATOR)
    item = make_plan_item(activity)
    one = write(campaign, 0, "Проведено")
    fork = multiprocessing.get_context("fork")
    written, frozen = fork.Event(), fork.Event()

    def enter() -> str:
        with transaction.atomic():
            record_result(
                account=who,
                item=item,
                revision=item.revision,
                held_on=campaign.starts_on,
                children=57,
                adults=3,
            )
            written.set()
            frozen.wait(timeout=1)  # freezing that does not wait would be done within it
        return "entered"

    def freeze() -> str:
        written.wait(timeout=30)
        if frozen_in == "return":
            submit_return(account=who, one=one, revision=one.revision)
        else:
            run = ReportRun.objects.create(campaign=campaign, language="ru", format="xlsx")
            make_report(run_id=run.pk)
        frozen.set()
        return "frozen"

    said = race(lambda n: going_clock((enter, freeze)[n]), times=2)
    assert said == ["entered", "frozen"]
    made = (ReturnVersion if frozen_in == "return" else ReportRun).objects.get()
    figures = Figures.from_json(made.figures)
    assert figures.get("KZ-75", "children") == 57
    assert records_make(campaign, figures)
