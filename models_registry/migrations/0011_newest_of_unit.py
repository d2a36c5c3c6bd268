"""The newest of each unit, and what was proposed to a level above, each found without a look at the rest."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("models_registry", "0010_typists_handed_in")]
    operations = [
        migrations.AddIndex(
            model_name="registration",
            index=models.Index(
                condition=models.Q(("proposed_to__gt", "")),
                fields=["state_since", "id"],
                name="registry_proposed",
            ),
        ),
        migrations.AddIndex(
            model_name="registration",
            index=models.Index(
                fields=["unit", "-year", "-id"],
                include=("submitted_at",),
                name="registry_newest_of_unit",
            ),
        ),
    ]
