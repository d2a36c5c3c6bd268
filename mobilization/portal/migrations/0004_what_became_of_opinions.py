"""The public reads what became of a published opinion: its changes of status."""

from django.db import migrations

from mobilization.portal.triggers import drop_triggers, triggers

TABLE = "dialogues_opinionstep"
SHOWN = "EXISTS (SELECT FROM dialogues_opinion o WHERE o.id = changed.opinion_id AND o.is_public)"


class Migration(migrations.Migration):
    dependencies = [("portal", "0003_on_a_snapshot"), ("dialogues", "0005_first_due_date")]

    operations = [migrations.RunSQL(triggers(TABLE, SHOWN), drop_triggers(TABLE))]
