"""A15: identifiers are planted in every personal field, everything is read, none is found."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import models
from django.test import Client

from bala.files.models import StoredFile
from bala.notify.models import Message
from bala.pages.actions.canary import Outcome, crawl, record, tell_of_leak
from bala.pages.actions.canary.needles import Needles
from bala.pages.models import CanaryRun
from bala.pages.queries.canary import personal_fields
from bala.people.enums import Role
from bala.people.models import Account, Child
from bala.people.queries.families import PublicAuthor
from bala.programme.models import Campaign, Picture
from tests.people.factories import make_person
from tests.programme.factories import make_plan_item

pytestmark = pytest.mark.django_db

ROOMS = {"people", "files", "notify", "safeguarding", "certificates"}
#: Texts and days in these rooms that say nothing of a person; whoever adds a field decides.
NOT_PERSONAL = {
    "certificates.Batch": {
        "campaign_slug", "occasion_key", "occasion_kk", "occasion_ru", "occasion_en", "issued_on",
        "problem",
    },
    "certificates.Certificate": {
        "campaign_slug", "recipient_key", "occasion_key", "occasion_kk", "occasion_ru",
        "occasion_en", "occasion_hash", "nomination", "issued_on", "salt", "content_sha256",
        "revoked_why",
    },
    "certificates.PrintRun": {"path"},
    "certificates.Series": {"campaign_slug"},
    "files.Rendition": {"name", "path", "content_type", "sha256"},
    "files.StoredFile": {"original", "sha256", "colour"},
    "notify.Address": {"mark", "code"},
    "notify.Message": {"kind", "key", "about"},
    "notify.Preference": {"kind"},
    "people.Account": {"password"},
    # The name that the family chose for others to read.
    "people.Child": {"pseudonym"},
    "people.ActivityRecord": {"kind", "path", "key"},
    # A coordinator's words on a breach; the first day of its scope.
    "people.BreachList": {"campaign_slug", "reason", "since"},
    "people.ChildSeen": {"about"},
    "people.SignInCard": {"token_hash"},
    "people.Consent": {"about", "basis"},
    "people.ConsentNotice": {"text_kk", "text_ru", "text_en", "in_force_from"},
    "people.RoleGrant": {"campaign_slug"},
    "safeguarding.Decision": {"reason"},
    "safeguarding.ModerationItem": {"kind", "address", "campaign_slug", "about", "findings"},
    "safeguarding.Report": {"reason", "source"},
    "safeguarding.ScreeningWord": {"words"},
}  # fmt: skip
PLAIN = (models.CharField, models.TextField, models.DateField, models.JSONField)


def is_plain(field: Any) -> bool:
    """Whether a field takes words or days that somebody could write of a person."""
    return (
        isinstance(field, PLAIN)
        and not isinstance(field, models.DateTimeField)
        and not field.choices
        and field.name != "public_id"
    )


_KNOWN: list[Outcome] = []


@pytest.fixture
def outcome(settings: Any) -> Outcome:
    """One crawl for all tests that look at its result: nothing of it may remain."""
    if not _KNOWN:
        _KNOWN.append(crawl(most=40, languages=["kk"], readers=2))
        for model in (Campaign, Account, Child, Picture, StoredFile, Message):
            assert not model._default_manager.exists(), model
        left = [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]
        assert left == []
    return _KNOWN[0]


def test_a15_nothing_planted_is_found_anywhere(outcome: Outcome) -> None:
    assert outcome.found == []
    assert outcome.broken == []
    assert outcome.planted >= len(personal_fields())


def test_a15_pages_feeds_api_answers_files_and_exports_are_read(outcome: Outcome) -> None:
    assert outcome.pages > 80
    assert outcome.feeds > 15
    assert outcome.api_answers > 3
    assert outcome.files > 3
    assert outcome.exports > 5
    assert outcome.refused > 400  # what is nobody's business answers, and says nothing


def test_a15_every_field_is_marked_as_personal_or_known_not_to_be() -> None:
    undecided = []
    for model in apps.get_models():
        label = model._meta.label
        # The history of a model holds what the model holds, and is on no page. A design is the same
        # for all who get a certificate of it.
        history = hasattr(model, "pgh_id") or label == "certificates.Design"
        if model._meta.app_label in ROOMS and not history:
            marked = set(model.__dict__.get("personal", ()))
            decided = NOT_PERSONAL.get(label, set())
            assert not marked & decided, label
            names = {field.name for field in model._meta.get_fields() if is_plain(field)}
            undecided += [f"{label}.{name}" for name in sorted(names - marked - decided)]
    assert undecided == []


def test_a15_every_personal_field_is_planted(monkeypatch: pytest.MonkeyPatch) -> None:
    from bala.pages.actions.canary import planting

    planted = planting.plant()
    needles = planted.needles
    wanted = set(personal_fields()) | {"the name of a file", "the metadata of a file"}
    assert set(needles.words) | set(needles.numbers) == wanted
    for label in personal_fields():
        model = apps.get_model(label.rpartition(".")[0])
        assert _holds(model, label.rpartition(".")[2], needles, label), label


def _holds(model: Any, name: str, needles: Needles, label: str) -> bool:
    values = model._default_manager.values_list(
        "school__name_kk" if label == "people.Child.school" else name, flat=True
    )
    told = json.dumps([str(value) for value in values], ensure_ascii=False)
    if name == "pdf":
        import base64

        told = "".join(base64.b64decode(value).decode() for value in values)
    return label in needles.found_in(told.encode())


def test_a15_a_leak_that_is_put_in_on_purpose_is_found_and_the_command_ends_badly(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    make_plan_item()

    def talkative(child: Child, _day: Any) -> PublicAuthor:
        return PublicAuthor(f"{child.given_name} {child.family_name}", "10–13", child.region_id)

    monkeypatch.setattr("bala.programme.queries.pictures.public_author", talkative)
    out = io.StringIO()
    with pytest.raises(CommandError):
        call_command(
            "canary_crawl",
            "--json",
            "--most",
            "0",
            "--language",
            "ru",
            "--readers",
            "1",
            stdout=out,
        )
    told = json.loads(out.getvalue())
    run = CanaryRun.objects.get()
    assert run.found == told["found"]
    assert {one["field"] for one in run.found} == {
        "people.Child.family_name",
        "people.Child.given_name",
    }
    assert any("/picture/" in one["address"] for one in run.found)
    assert {"visitor", "guardian of another family"} == {one["reader"] for one in run.found}


def test_words_are_found_in_bytes_headers_and_however_numbers_and_days_are_written() -> None:
    needles = Needles()
    word = needles.word("a file")
    number = needles.number("a telephone")
    assert needles.found_in(b"\xff\xd8\xff\0\0" + word.encode() + b"\0\xff") == {"a file"}
    assert needles.found_in(b"", f"Content-Disposition: attachment; filename={word.upper()}.jpg")
    spaced = f"+7 ({number[2:5]}) {number[5:8]}-{number[8:10]}-{number[10:]}"
    assert needles.found_in(spaced.encode()) == {"a telephone"}
    day = needles.day("a day", 2011)
    assert needles.found_in(f"<td>{day:%d.%m.%Y}</td>".encode()) == {"a day"}


def test_words_are_found_inside_of_tables_and_pdf() -> None:
    import xlsxwriter

    needles = Needles()
    word = needles.word("a cell")
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    book.add_worksheet().write(0, 0, f"аты {word}")
    book.close()
    assert word.encode() not in out.getvalue()
    assert needles.found_in(out.getvalue()) == {"a cell"}


def test_a_result_is_kept_told_to_coordinators_and_public(client: Client) -> None:
    coordinator = make_person(Role.COORDINATOR)
    leak = {"address": "/kk/x/", "field": "people.Child.family_name", "reader": "visitor"}
    figures = {
        "planted": 20, "pages": 300, "feeds": 12, "api_answers": 5, "files": 8, "exports": 9,
        "refused": 800, "broken": [], "seconds": 9.5,
    }  # fmt: skip
    empty = client.get("/ru/safety/canary/")
    assert empty.status_code == 200
    run = record(Outcome(found=[leak], **figures))  # type: ignore[arg-type]
    assert tell_of_leak(run) == 1
    letter = Message.objects.get(kind="pages.canary")
    assert letter.account == coordinator
    clean = record(Outcome(found=[], **figures))  # type: ignore[arg-type]
    assert tell_of_leak(clean) == 0
    for language in ("kk", "ru", "en"):
        page = client.get(f"/{language}/safety/canary/").content.decode()
        assert "300" in page
        assert "/kk/x/" not in page  # where a hole is, is told to those who close it
    assert CanaryRun.objects.count() == 2
