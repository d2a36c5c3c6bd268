"""What waits for one level: the city's few are found among the many that wait for communes."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("models_registry", "0008_queue_of_unit")]
    operations = [
        migrations.AddIndex(
            model_name="registration",
            index=models.Index(
                condition=models.Q(("awaits__gt", "")),
                fields=["awaits", "state_since", "id"],
                name="registry_queue_of_level",
            ),
        ),
    ]
