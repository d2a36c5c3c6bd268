"""What is still to be held, found without a look at all that was."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("dialogues", "0005_first_due_date")]
    operations = [
        migrations.AddIndex(
            model_name="dialogue",
            index=models.Index(
                condition=models.Q(("state__in", ["planned", "announced"])),
                fields=["held_on", "id"],
                name="dialogue_planned",
            ),
        ),
    ]
