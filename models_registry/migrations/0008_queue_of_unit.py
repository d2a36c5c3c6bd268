"""What waits at one unit, the longest waiting first."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("models_registry", "0007_title_terms")]
    operations = [
        migrations.AddIndex(
            model_name="registration",
            index=models.Index(
                condition=models.Q(("awaits__gt", "")),
                fields=["unit", "state_since", "id"],
                name="registry_queue_of_unit",
            ),
        ),
    ]
