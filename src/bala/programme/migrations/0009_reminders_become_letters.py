"""Reminders go to the room `notify`: what was written stays written, what waits will be sent."""

import json
from typing import Any

from django.db import migrations


def copy(apps: Any, _schema: Any) -> None:
    """Make a letter of each reminder, with the words that it had."""
    message = apps.get_model("notify", "Message")
    rows = apps.get_model("programme", "Reminder").objects.select_related("campaign")
    made = []
    for old in rows.order_by("pk").iterator(chunk_size=2000):
        made.append(
            message(
                account_id=old.account_id,
                kind="notify.earlier",
                key=old.key,
                context=json.dumps(
                    {"subject": old.subject, "body": old.body}, ensure_ascii=False
                ),
                about=old.campaign.slug,
                written_by_id=old.written_by_id,
                written_at=old.written_at,
                sent_at=old.sent_at,
                state="sent" if old.sent_at else "waiting",
                way="email",
            )
        )
    message.objects.bulk_create(made, batch_size=1000, ignore_conflicts=True)


class Migration(migrations.Migration):
    dependencies = [("programme", "0008_cards_in_turn"), ("notify", "0001_letters")]

    operations = [
        migrations.RunPython(copy, migrations.RunPython.noop),
        migrations.DeleteModel(name="Reminder"),
    ]
