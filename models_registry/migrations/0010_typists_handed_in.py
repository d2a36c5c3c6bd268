"""Whoever handed a registration or its results in never reviews it: those who did so before that rule are joined."""

from django.db import migrations

FORWARD = """
UPDATE models_registry_registration AS registration
SET typists = ARRAY(
    SELECT DISTINCT person FROM unnest(registration.typists || handed.persons) AS person ORDER BY person
)
FROM (
    SELECT registration_id, array_agg(DISTINCT actor_id) AS persons
    FROM models_registry_reviewstep
    WHERE act IN ('submit', 'resubmit', 'report', 'resubmit_report')
    GROUP BY registration_id
) AS handed
WHERE handed.registration_id = registration.id AND NOT registration.typists @> handed.persons
"""


class Migration(migrations.Migration):
    dependencies = [("models_registry", "0009_queue_of_level")]
    operations = [migrations.RunSQL(FORWARD, migrations.RunSQL.noop)]
