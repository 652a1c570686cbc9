"""What older versions wrote is carried over."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from bala.notify.models import Message
from bala.notify.queries.words import words_of
from tests.people.factories import make_account
from tests.programme.factories import make_activity

BEFORE = [("programme", "0008_cards_in_turn"), ("notify", "0001_letters")]


@pytest.mark.django_db(transaction=True)
def test_reminders_that_were_written_become_letters_that_are_not_written_again() -> None:
    campaign = make_activity().campaign
    account = make_account(language="ru")
    sent = datetime(2021, 5, 15, 4, tzinfo=UTC)
    executor = MigrationExecutor(connection)
    latest = executor.loader.graph.leaf_nodes()
    executor.migrate(BEFORE)
    old: Any = executor.loader.project_state(BEFORE).apps.get_model("programme", "Reminder")
    try:
        for key, when in (("plans_due:1", sent), ("plans_due:2", None)):
            old.objects.create(
                campaign_id=campaign.pk,
                account_id=account.pk,
                key=key,
                subject=f"Тема {key}",
                body="Слова письма",
                sent_at=when,
            )
    finally:
        MigrationExecutor(connection).migrate(latest)
    first, second = Message.objects.order_by("key")
    assert (first.state, first.sent_at, second.state) == ("sent", sent, "waiting")
    words = words_of(second)
    assert words.subject == "Тема plans_due:2"
    assert words.text.startswith("Слова письма")
    assert first.about == campaign.slug
