"""The receipt of a consent reaches the guardian, and its link ends the consent."""

import re
from typing import Any

import pytest
from django.test import Client

from bala.people.actions.consents import decide_consents, load_consent_notices
from bala.people.enums import ConsentPurpose
from bala.people.queries.consents import in_force
from tests.jobs import run_jobs
from tests.people.factories import make_account, make_child

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_a2_the_receipts_link_withdraws_without_signing_in(
    language: str, client: Client, mailoutbox: list[Any]
) -> None:
    load_consent_notices()
    guardian = make_account(language=language)
    child = make_child(guardian)
    version = {ConsentPurpose.TAKE_PART: 1, ConsentPurpose.PHOTO: 1}
    decide_consents(account=guardian, child=child, yes=version, language="kk")
    run_jobs("notify.tell", "notify.send")
    (receipt,) = mailoutbox
    assert receipt.to == [guardian.email]
    assert child.given_name in receipt.subject
    assert child.family_name not in receipt.body
    assert "List-Unsubscribe" not in receipt.extra_headers
    links = re.findall(r"http://127.0.0.1:8000(\S+/consent/\S+)", receipt.body)
    assert len(links) == 2
    assert all(link.startswith(f"/{language}/") for link in links)
    assert client.get(links[0]).status_code == 200
    assert in_force().count() == 2  # a look ends nothing
    client.post(links[0])
    assert in_force().count() < 2
    run_jobs("notify.tell", "notify.send")
    assert len(mailoutbox) == 2
    assert child.given_name in mailoutbox[1].subject
