"""Coverage and results were made side by side: from here there is one line again."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("programme", "0003_coverage"), ("programme", "0003_results")]
    operations: list[migrations.operations.base.Operation] = []
