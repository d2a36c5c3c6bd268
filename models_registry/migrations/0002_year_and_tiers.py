"""A registration's year is its campaign's; and who decides at which level since the movement began."""

import datetime

from django.db import migrations

YEAR_FORWARD = """
ALTER TABLE models_registry_registration ADD CONSTRAINT registry_registration_year_of_campaign
    FOREIGN KEY (campaign_id, year) REFERENCES models_registry_campaign (id, year)
    ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED;
"""
YEAR_BACKWARD = """
ALTER TABLE models_registry_registration DROP CONSTRAINT registry_registration_year_of_campaign;
"""

LAUNCH = datetime.date(2009, 2, 26)
TWO_TIERS = datetime.date(2025, 7, 1)
"""Local government without districts: Nghị quyết 1656/NQ-UBTVQH15."""
ALWAYS = (LAUNCH, None)
WITH_DISTRICTS, SINCE = (LAUNCH, TWO_TIERS), (TWO_TIERS, None)
CITY = ("city", "city_staff")
# level, tier of the registering unit, who decides, when
RULES = [
    ("grassroots", "commune", ("commune", "reviewer"), ALWAYS),
    ("grassroots", "committee", ("committee", "reviewer"), ALWAYS),
    ("grassroots", "district", ("district", "reviewer"), WITH_DISTRICTS),
    ("grassroots", "district", CITY, SINCE),
    ("grassroots", "city", CITY, ALWAYS),
    ("intermediate", "commune", ("district", "reviewer"), WITH_DISTRICTS),
    ("intermediate", "commune", CITY, SINCE),
    ("intermediate", "district", ("district", "reviewer"), WITH_DISTRICTS),
    ("intermediate", "district", CITY, SINCE),
    ("intermediate", "committee", CITY, ALWAYS),
    ("intermediate", "city", CITY, ALWAYS),
    ("city", "commune", CITY, ALWAYS),
    ("city", "district", CITY, ALWAYS),
    ("city", "committee", CITY, ALWAYS),
    ("city", "city", CITY, ALWAYS),
]


def load_rules(apps, schema_editor):
    """Write the rules; a row that is there already stays."""
    deciding = apps.get_model("models_registry", "DecidingTier").objects
    for level, unit_tier, (decides, role), (valid_from, valid_to) in RULES:
        deciding.get_or_create(
            level=level,
            unit_tier=unit_tier,
            valid_from=valid_from,
            defaults={"decides": decides, "role": role, "valid_to": valid_to},
        )


class Migration(migrations.Migration):
    dependencies = [("models_registry", "0001_initial")]
    operations = [
        migrations.RunSQL(YEAR_FORWARD, YEAR_BACKWARD),
        migrations.RunPython(load_rules, migrations.RunPython.noop),
    ]
