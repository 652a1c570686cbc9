"""Whoever was invited opened a letter: from now on signing in asks for a confirmed address."""

from typing import Any

from django.db import migrations


def confirm(apps: Any, _editor: Any) -> None:
    account, address = apps.get_model("people", "Account"), apps.get_model("account", "EmailAddress")
    known = set(address.objects.values_list("user_id", flat=True))
    address.objects.filter(verified=False).update(verified=True)
    address.objects.bulk_create(
        [
            address(user_id=pk, email=email, verified=True, primary=True)
            for pk, email in account.objects.exclude(pk__in=known).values_list("pk", "email")
        ]
    )


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0004_who_saw_a_child"),
        ("account", "0009_emailaddress_unique_primary_email"),
    ]

    operations = [migrations.RunPython(confirm, migrations.RunPython.noop)]
