"""Many at once: faults by row, each issued once whatever dies, and all in one file."""

import io
import zipfile
from datetime import timedelta
from typing import Any

import openpyxl
import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from bala.certificates.access import IssuingPlace, Office, office_of
from bala.certificates.actions import Occasion, batches, prints, revoke
from bala.certificates.enums import BatchState, DesignState, PrintFormat, PrintState
from bala.certificates.models import Batch, Certificate, Design, PrintRun
from bala.certificates.queries.recipients import (
    FAULTS,
    NoNames,
    TooLong,
    rows_of_table,
    rows_of_text,
)
from bala.files.queries.storage import media
from bala.kernel import clock
from bala.people.enums import ConsentPurpose, Role
from bala.people.models import ChildSeen
from tests.certificates.factories import make_design
from tests.jobs import run_jobs
from tests.people.factories import make_account, make_child, make_consents, make_person
from tests.programme.factories import make_activity, make_plan_item
from tests.programme.races import race

HEAD = ["ФИО", "Класс", "Место", "Номинация", "Код ребенка"]


def make_office() -> Office:
    campaign = make_activity().campaign
    return office_of(make_person(Role.COORDINATOR, campaign_slug=campaign.slug), campaign.slug)


def make_list(
    office: Office, text: str = "Әлия\nЕржан\nҚуаныш", design: Design | None = None
) -> Batch:
    return batches.keep_list(
        office=office,
        place=IssuingPlace(),
        design=design or make_design(campaign_slug=office.slug),
        occasion=Occasion(ru="Эстафета"),
        issued_on=clock.today(),
        rows=rows_of_text(text),
    )


@pytest.mark.django_db
def test_each_row_says_what_is_wrong_with_it() -> None:
    guardian = make_account()
    child = make_child(guardian)
    agreed = make_child(guardian, given_name="Дана")
    make_consents(agreed, ConsentPurpose.TAKE_PART)
    rows = rows_of_table(
        [
            HEAD,
            ["Ержан Оспанов", "5 А", "I", "", ""],
            ["", "5 А", "", "", ""],
            ["12345", "", "", "", ""],
            ["Ержан  Оспанов", "5 а", "", "", ""],
            ["Ержан Оспанов", "6 Б", "ноль", "", ""],
            ["Қуаныш", "", "0", "", ""],
            ["Әлия Сәрсенова", "", "", "", child.public_id],
            ["Дана Сәрсенова", "", "3", "Голос", agreed.public_id],
            ["Мадина", "", "", "", agreed.public_id],
            ["Мадина", "x" * 201, "", "", "2222222222222222"],
        ]
    )
    assert [row["faults"] for row in rows] == [
        [],
        ["no_name"],
        ["not_a_name"],
        ["twice"],
        ["bad_place"],
        ["bad_place"],
        ["no_consent"],
        [],
        ["other_name"],
        ["long_detail", "unknown_code"],
    ]
    assert (rows[0]["row"], rows[0]["place"]) == (2, 1)
    assert rows[7]["child"] == agreed.public_id


@pytest.mark.django_db
def test_a_table_without_names_and_one_without_end_are_refused() -> None:
    with pytest.raises(NoNames):
        rows_of_table([["Класс", "Школа"], ["5", "12"]])
    with pytest.raises(NoNames):
        rows_of_table([HEAD])
    with pytest.raises(NoNames):
        rows_of_text("  \n \n")
    with pytest.raises(TooLong):
        rows_of_text("Әлия\n" * 10_001)
    assert [row["name"] for row in rows_of_table([["Әлия"], ["Ержан"]])] == ["Әлия", "Ержан"]


@pytest.mark.django_db
@given(st.lists(st.lists(st.text(max_size=30), max_size=6), max_size=12))
@settings(max_examples=60, deadline=None)
def test_whatever_stands_in_a_table_becomes_rows_with_known_faults_or_is_refused(
    table: list[list[str]],
) -> None:
    try:
        rows = rows_of_table([HEAD, *table])
    except NoNames:
        assert not any(any(row) for row in table)
        return
    assert all(set(row["faults"]) <= FAULTS.keys() for row in rows)
    assert all(row["faults"] or 1 <= len(row["name"]) <= 200 for row in rows)


@pytest.mark.django_db
def test_a_list_is_issued_by_a_job_and_forgets_its_names() -> None:
    office = make_office()
    kept = make_list(office)
    batches.confirm_list(batch=kept)
    assert "certificates.issue_list" in run_jobs("certificates.issue_list")
    kept.refresh_from_db()
    assert (kept.state, kept.issued, kept.known, kept.rows) == (BatchState.DONE, 3, 0, [])
    again = make_list(office, design=kept.design)
    batches.confirm_list(batch=again)
    assert batches.issue_list(again.pk).known == 3
    assert Certificate.objects.count() == 3


@pytest.mark.django_db
def test_a_list_with_faults_is_not_issued_and_one_put_aside_forgets_its_names() -> None:
    office = make_office()
    kept = make_list(office, "Әлия\n12345")
    with pytest.raises(batches.ListFaulty):
        batches.confirm_list(batch=kept)
    assert batches.discard_list(batch=kept)
    kept.refresh_from_db()
    assert kept.rows == []
    with pytest.raises(batches.ListOver):
        batches.confirm_list(batch=kept)
    assert not Certificate.objects.exists()


@pytest.mark.django_db
def test_a_worker_that_dies_between_two_parts_leaves_each_row_issued_once(monkeypatch: Any) -> None:
    monkeypatch.setattr(batches, "AT_ONCE", 2)
    office = make_office()
    kept = make_list(office, "Әлия\nЕржан\nҚуаныш\nДана\nМадина")
    batches.confirm_list(batch=kept)
    assert batches._issue_some(kept.pk)  # the worker dies here, after a part was confirmed
    kept.refresh_from_db()
    assert (kept.next_row, kept.issued, kept.state) == (2, 2, BatchState.ISSUING)
    done = batches.issue_list(kept.pk)
    assert (done.state, done.issued) == (BatchState.DONE, 5)
    assert sorted(Certificate.objects.order_by().values_list("number", flat=True)) == [
        1,
        2,
        3,
        4,
        5,
    ]


@pytest.mark.django_db(transaction=True)
def test_a_list_in_ten_processes_at_once_is_issued_once(monkeypatch: Any) -> None:
    monkeypatch.setattr(batches, "AT_ONCE", 5)
    office = make_office()
    names = [f"{a}{b}" for a in "абвгд" for b in "клмнопр"]
    kept = make_list(office, "\n".join(names))
    batches.confirm_list(batch=kept)

    def work(number: int) -> str:
        return batches.issue_list(kept.pk).state

    assert set(race(work, times=10)) == {BatchState.DONE}
    numbers = sorted(Certificate.objects.order_by().values_list("number", flat=True))
    assert numbers == list(range(1, len(names) + 1))


@pytest.mark.django_db
def test_a_consent_that_ended_since_leaves_the_child_out_and_a_retired_design_stops_the_rest() -> (
    None
):
    from bala.people.actions.consents import withdraw_all
    from bala.people.enums import WithdrawalMethod

    guardian = make_account()
    child = make_child(guardian)
    make_consents(child)
    office = make_office()
    kept = make_list(office)
    Batch.objects.filter(pk=kept.pk).update(
        rows=rows_of_table(
            [HEAD, ["Әлия Сәрсенова", "", "", "", child.public_id], ["Ержан", "", "", "", ""]]
        ),
        total=2,
    )
    withdraw_all(child=child, method=WithdrawalMethod.ACCOUNT, by=guardian)
    batches.confirm_list(batch=kept)
    done = batches.issue_list(kept.pk)
    assert (done.issued, done.refused) == (1, 1)
    stopped = make_list(office, "Дана")
    batches.confirm_list(batch=stopped)
    Design.objects.filter(pk=stopped.design_id).update(state=DesignState.RETIRED)
    assert batches.issue_list(stopped.pk).state == BatchState.PREVIEW


@pytest.mark.django_db
def test_all_sheets_come_in_one_file_without_what_was_revoked() -> None:
    office = make_office()
    kept = make_list(office)
    batches.confirm_list(batch=kept)
    batches.issue_list(kept.pk)
    gone = Certificate.objects.get(name="Ержан")
    revoke(by=None, certificate=gone, reason="Опечатка")
    run = prints.ask_for_print(by=office.account, batch=kept, file_format=PrintFormat.PDF)
    assert prints.ask_for_print(by=office.account, batch=kept, file_format=PrintFormat.PDF) == run
    made = prints.make_print(run.pk)
    with media().open(made.path) as file:
        assert len(pypdfium2.PdfDocument(file.read())) == 2
    archive = prints.ask_for_print(by=office.account, batch=kept, file_format=PrintFormat.ZIP)
    prints.make_print(archive.pk)
    archive.refresh_from_db()
    with media().open(archive.path) as file, zipfile.ZipFile(io.BytesIO(file.read())) as packed:
        assert packed.namelist() == ["D-2021-000001.pdf", "D-2021-000003.pdf"]
    with clock.at(clock.now() + timedelta(days=8)):
        assert prints.forget_prints() == 2
    assert not media().exists(made.path)
    assert set(PrintRun.objects.order_by().values_list("state", flat=True)) == {PrintState.GONE}


@pytest.mark.django_db
def test_a_host_sends_a_workbook_confirms_and_downloads_and_taking_names_is_written_down(
    client: Client,
) -> None:
    item = make_plan_item()
    slug = item.campaign.slug
    host = make_person(
        Role.HOST, organisation=item.organisation or _house(item), campaign_slug=slug
    )
    design = make_design(campaign_slug=slug)
    guardian = make_account()
    child = make_child(guardian, family_name="Бекова")
    make_consents(child)
    client.force_login(host)
    book = openpyxl.Workbook()
    for row in (
        HEAD,
        ["Әлия Бекова", "5 А", 1, "", child.public_id],
        ["Ержан", "5 А", "", "", ""],
    ):
        book.active.append(row)  # type: ignore[union-attr]
    out = io.BytesIO()
    book.save(out)
    address = reverse("certificates:list_add", kwargs={"slug": slug})
    page = client.get(f"{address}?source=programme.planitem:{item.public_id}")
    assert item.title_ru in page.content.decode()
    sent = client.post(
        f"{address}?source=programme.planitem:{item.public_id}",
        {
            "design": design.pk,
            "for_whom": f"organisation-{host.grants.get().organisation_id}",
            "occasion_kk": "Эстафета",
            "occasion_ru": "Эстафета",
            "issued_on": "2021-05-28",
            "file": SimpleUploadedFile("Список.xlsx", out.getvalue()),
            "names": "",
        },
    )
    assert sent.status_code == 302
    preview = client.get(sent["Location"]).content.decode()
    assert "Әлия Бекова" in preview
    kept = Batch.objects.get()
    where = {"slug": slug, "public_id": kept.public_id}
    client.post(reverse("certificates:list_confirm", kwargs=where))
    run_jobs("certificates.issue_list")
    one = Certificate.objects.get(child=child)
    assert one.occasion_key == f"programme.planitem:{item.public_id}"
    client.post(reverse("certificates:list_print", kwargs=where), {"format": "pdf"})
    run_jobs("certificates.make_print")
    run = PrintRun.objects.get()
    got = client.get(reverse("certificates:list_file", kwargs={**where, "name": run.public_id}))
    assert b"".join(got).startswith(b"%PDF")
    assert ChildSeen.objects.get(child=child).seen_by == host
    listed = client.get(
        reverse("certificates:certificates", kwargs={"slug": slug})
    ).content.decode()
    assert "Әлия" in listed
    assert "Бекова" not in listed
    for file_format in ("csv", "xlsx"):
        table = client.get(
            reverse("certificates:certificates", kwargs={"slug": slug}) + f"?as={file_format}"
        )
        assert table.status_code == 200
        assert "Ержан".encode() not in table.content


def _house(item: Any) -> Any:
    from tests.territory.factories import make_organisation

    return make_organisation(item.region)
