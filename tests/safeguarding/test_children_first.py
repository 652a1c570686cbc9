"""Children first: the sixteen rules, each with the tests that hold it.

The rules are standard A of the project. Where a rule is tested in the room that keeps it, it is named
here, and this module fails when that test goes or asserts nothing any more.
"""

import ast
import re
from functools import cache
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models
from django.test import Client
from django.urls import reverse

from bala.people.models import Account, Child
from tests.files.factories import make_picture
from tests.people.factories import make_account
from tests.programme.factories import make_activity
from tests.safeguarding.factories import make_family, make_item

ROOT = Path(__file__).parent.parent
SOURCES = ROOT.parent / "src" / "bala"

#: Rule → the tests that hold it, as MODULE::NAME below tests/.
HELD_BY = {
    "A1": [
        "people/test_consents.py::test_a1_no_child_takes_part_before_a_recorded_consent",
        "certificates/test_issuing.py::test_a1_a_child_gets_one_after_consent_alone_and_its_guardians_are_told",
        "safeguarding/test_queue.py::test_only_the_family_sends_in_for_a_child_and_only_with_its_consents",
        "people/test_children.py::test_only_whoever_is_under_age_today_is_a_child",
    ],
    "A2": [
        "people/test_consents.py::test_a2_a_consent_keeps_version_language_time_and_method",
        "people/test_consents.py::test_a2_each_purpose_is_agreed_to_by_itself_and_nothing_is_ticked",
        "people/test_consents.py::test_a2_the_receipts_link_withdraws_without_an_account_and_works_for_years",
        "people/test_families.py::test_a_consent_is_never_changed_or_deleted",
        "programme/test_pictures.py::test_the_link_of_the_receipt_takes_page_and_files_away_at_once",
        "journeys/test_pictures.py::test_from_a_phone_to_the_public_and_back",
    ],
    "A3": ["safeguarding/test_children_first.py::test_a3_a_guardian_sees_what_the_child_sent_in"],
    "A4": [
        "notify/test_telling.py::test_what_is_told_to_a_child_is_told_to_its_guardians",
        "notify/test_telling.py::test_a_child_whom_nobody_represents_gets_nothing_itself",
        "notify/test_linking.py::test_nothing_can_be_linked_to_a_childs_account",
        "safeguarding/test_children_first.py::test_a4_nothing_is_written_from_one_person_to_another",
    ],
    "A5": [
        "programme/test_pictures.py::test_the_public_reads_first_name_band_and_region_and_nothing_else",
        "certificates/test_verification.py::test_a5_a_child_is_named_by_first_name_age_band_and_region_while_the_family_consents",
        "people/test_children.py::test_the_surname_is_kept_out_of_what_others_read",
        "pages/test_canary.py::test_a15_nothing_planted_is_found_anywhere",
    ],
    "A6": [
        "programme/test_pictures.py::test_a_picture_and_its_files_are_404_until_two_moderators_have_said_yes",
        "programme/test_pictures.py::test_an_edit_hides_it_until_it_is_looked_at_again_and_the_old_file_goes",
        "safeguarding/test_queue.py::test_what_is_sent_in_is_not_public_until_a_moderator_approves_it",
    ],
    "A7": [
        "safeguarding/test_screening.py::test_a_telephone_is_found_however_it_is_written",
        "safeguarding/test_screening.py::test_each_kind_is_found",
        "safeguarding/test_screening.py::test_only_distress_calls_for_help_at_once",
        "safeguarding/test_queue.py::test_words_of_distress_are_told_to_the_moderators_at_once_without_the_words",
        "safeguarding/test_queue.py::test_the_author_of_words_of_distress_sees_the_helplines_on_the_next_page",
    ],
    "A8": [
        "files/test_pictures.py::test_no_byte_of_metadata_stays_anywhere",
        "files/test_pictures.py::test_a_photograph_comes_in_three_sizes_and_its_original_goes",
        "programme/test_pictures.py::test_what_is_served_has_lost_all_that_the_phone_wrote_into_it",
        "programme/test_pictures.py::test_what_is_no_picture_is_told_beside_the_field",
        "safeguarding/test_children_first.py::test_a8_files_have_random_names",
    ],
    "A9": [
        "safeguarding/test_queue.py::test_the_database_keeps_two_different_eyes_on_a_face",
        "programme/test_pictures.py::test_the_same_moderator_cannot_say_both_yeses_to_a_face",
        "programme/test_pictures.py::test_every_child_named_needs_the_photo_consent",
        "programme/test_pictures.py::test_a_hosts_picture_of_children_needs_its_word_on_paper",
    ],
    "A10": ["safeguarding/test_children_first.py::test_a10_no_page_asks_where_somebody_is"],
    "A11": [
        "people/test_second_factor.py::test_a11_every_role_without_a_second_factor_is_sent_to_set_one_up",
        "people/test_seen.py::test_a11_staff_who_see_a_child_are_noted_with_the_reason",
        "people/test_seen.py::test_the_record_is_never_rewritten",
        "safeguarding/test_queue.py::test_opening_an_item_notes_who_saw_the_child_and_why",
        "people/test_breaches.py::test_a11_an_export_of_personal_data_needs_a_second_person",
        "people/test_breaches.py::test_a11_the_database_wants_two_people_too",
    ],
    "A12": [
        "people/test_personal_data.py::test_a12_every_room_that_keeps_something_on_people_has_registered_it",
        "people/test_personal_data.py::test_an_erased_child_is_named_nowhere",
        "safeguarding/test_retention.py::test_a12_after_the_campaign_pictures_and_families_go_and_numbers_stay",
        "safeguarding/test_retention.py::test_a12_what_was_refused_loses_words_and_files_after_its_days",
        "safeguarding/test_retention.py::test_a12_the_record_of_looks_has_a_term_of_its_own",
        "people/test_breaches.py::test_the_scope_names_region_and_day",
    ],
    "A13": ["safeguarding/test_children_first.py::test_a13_no_page_ranks_children_or_hurries_them"],
    "A14": [
        "people/test_sign_up.py::test_a14_privacy_is_told_in_three_languages_to_adults_and_to_children"
    ],
    "A15": [
        "pages/test_canary.py::test_a15_nothing_planted_is_found_anywhere",
        "pages/test_canary.py::test_a15_a_leak_that_is_put_in_on_purpose_is_found_and_the_command_ends_badly",
        "pages/test_canary.py::test_a15_every_field_is_marked_as_personal_or_known_not_to_be",
    ],
    "A16": [
        "journeys/test_accessibility_of_the_shell.py::test_nothing_is_wider_than_a_phone_and_no_other_host_is_asked",
        "safeguarding/test_children_first.py::test_a16_pages_may_ask_this_site_alone",
    ],
}


@cache
def functions_of(module: str) -> dict[str, ast.FunctionDef]:
    tree = ast.parse((ROOT / module).read_text("utf-8"))
    return {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}


def asserts(node: ast.FunctionDef) -> bool:
    """Whether a test can fail: it asserts, or waits for an error, or expects."""
    words = {"raises", "expect", "seen"}
    return any(
        isinstance(one, ast.Assert)
        or (isinstance(one, ast.Call) and str(getattr(one.func, "attr", "")) in words)
        for one in ast.walk(node)
    )


@pytest.mark.parametrize("rule", [f"A{number}" for number in range(1, 17)])
def test_each_rule_is_held_by_tests_that_can_fail(rule: str) -> None:
    assert HELD_BY[rule]
    for reference in HELD_BY[rule]:
        module, _colons, name = reference.partition("::")
        assert name in functions_of(module), reference
        assert asserts(functions_of(module)[name]), reference


@pytest.mark.django_db
def test_a3_a_guardian_sees_what_the_child_sent_in(client: Client) -> None:
    guardian, child = make_family()
    child.account = make_account()
    child.save()
    item = make_item(author=child.account, child=child, text="Мен өзім жаздым")
    client.force_login(guardian)
    page = client.get(reverse("safeguarding:mine", args=[item.public_id]))
    assert "Мен өзім жаздым" in page.content.decode()
    client.force_login(make_account())
    assert client.get(reverse("safeguarding:mine", args=[item.public_id])).status_code == 404


def test_a4_nothing_is_written_from_one_person_to_another() -> None:
    """A row with words has one person who wrote it; letters are the site's own."""
    letters = {"notify.Message"}
    receiving = re.compile(r"^(to|recipient|addressee|receiver|reader)(_|$)")
    for model in apps.get_models():
        if not model.__module__.startswith("bala.") or model._meta.label in letters:
            continue
        for field in model._meta.get_fields():
            people = isinstance(field, models.ForeignKey) and field.related_model in (
                Account,
                Child,
            )
            assert not (people and receiving.match(field.name)), f"{model._meta.label}.{field.name}"


@pytest.mark.django_db
def test_a8_files_have_random_names() -> None:
    file = make_picture()
    names = [rendition.path for rendition in file.renditions.order_by("pk")]
    assert names
    assert not any("IMG_2021" in name or file.public_id in name for name in names)


def test_a10_no_page_asks_where_somebody_is() -> None:
    asking = [
        script.name
        for script in (SOURCES / "pages" / "static").rglob("*.js")
        if re.search(r"geolocation\.(getCurrentPosition|watchPosition)", script.read_text("utf-8"))
        and 'addEventListener("click"' not in script.read_text("utf-8")
    ]
    assert asking == []
    for model in (Account, Child):
        names = {field.name for field in model._meta.get_fields()}
        assert not names & {"latitude", "longitude", "position", "location", "address", "street"}


def test_a13_no_page_ranks_children_or_hurries_them() -> None:
    hurrying = re.compile(r"streak|leaderboard|countdown|<meter|data-timer", re.IGNORECASE)
    found = [
        str(template.relative_to(SOURCES))
        for template in SOURCES.rglob("templates/**/*.html")
        if hurrying.search(template.read_text("utf-8"))
    ]
    assert found == []
    for field in Child._meta.get_fields():
        assert not re.search(r"score|points|rank|level|streak", field.name)


@pytest.mark.django_db
def test_a16_pages_may_ask_this_site_alone(client: Client) -> None:
    make_activity()
    for address in ("/kk/", "/ru/privacy/children/", "/en/family/"):
        policy = client.get(address)["Content-Security-Policy"]
        assert "default-src 'self'" in policy
        assert not re.search(r"https?:|\*|unsafe", policy)
