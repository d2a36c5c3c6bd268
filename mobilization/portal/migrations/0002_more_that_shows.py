"""What the pages of figures show beside figures: what units owe, what was sealed and adjusted, outlines of units."""

from django.db import migrations

from mobilization.portal.triggers import drop_triggers, triggers

TABLES = {
    "units_outline": "true",
    "models_registry_target": "true",
    "models_registry_kindtarget": "true",
    "dialogues_dialogueduty": "true",
    "statistics_seal": "true",
    "statistics_adjustment": "true",
    "statistics_adjustmentline": "true",
}


class Migration(migrations.Migration):
    dependencies = [
        ("portal", "0001_public_changes"),
        ("units", "0003_outline"),
        ("models_registry", "0002_year_and_tiers"),
        ("dialogues", "0002_duties"),
        ("statistics", "0002_computing_and_closing"),
    ]

    operations = [
        migrations.RunSQL(triggers(table, shown), drop_triggers(table)) for table, shown in TABLES.items()
    ]
