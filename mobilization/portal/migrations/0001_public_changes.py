"""A number that grows with every committed change of what the public pages show; the triggers that raise it.

One transaction raises it once, whatever it does, and is never made to wait for another one's: each takes a slot that
nobody holds. The sum of all slots is the number. What was rolled back has not raised it, and whoever sees the raised
number sees the change.
"""

from django.db import migrations

from mobilization.portal.triggers import drop_triggers, triggers

TABLES = {
    "units_unit": "true",
    "units_succession": "true",
    "models_registry_campaign": "true",
    # A model shows where one of its years does.
    "models_registry_skilledmodel": "EXISTS (SELECT FROM models_registry_registration r WHERE r.model_id = changed.id"
    " AND r.state IN ('accepted', 'reported', 'report_returned', 'recognised', 'not_recognised'))",
    "models_registry_registration": "changed.state IN"
    " ('accepted', 'reported', 'report_returned', 'recognised', 'not_recognised')",
    "models_registry_recognition": "true",
    "models_registry_attachment": "changed.is_public",
    "dialogues_dialogue": "changed.state = 'published'",
    "dialogues_opinion": "EXISTS (SELECT FROM dialogues_dialogue d WHERE d.id = changed.dialogue_id"
    " AND d.state = 'published')",
    "awards_awardform": "true",
    "awards_decision": "changed.state IN ('issued', 'revoked')",
    "awards_award": "EXISTS (SELECT FROM awards_decision d WHERE d.id = changed.decision_id"
    " AND d.state IN ('issued', 'revoked'))",
    "statistics_figure": "true",
    "statistics_yearstatus": "true",
}
"""What the public pages read, and which rows of it they show: a draft that is typed changes no page."""

TABLE = """
CREATE TABLE portal_change (
    slot integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    number bigint NOT NULL
) WITH (fillfactor = 20);
"""

FUNCTION = """
CREATE FUNCTION portal_public_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    shown boolean := TG_OP = 'TRUNCATE';
BEGIN
    IF current_setting('portal.changed', true) = 'yes' THEN
        RETURN NULL;
    END IF;
    IF TG_OP IN ('INSERT', 'UPDATE') THEN
        EXECUTE 'SELECT EXISTS (SELECT FROM after AS changed WHERE ' || TG_ARGV[0] || ')' INTO shown;
    END IF;
    IF NOT shown AND TG_OP IN ('UPDATE', 'DELETE') THEN
        EXECUTE 'SELECT EXISTS (SELECT FROM before AS changed WHERE ' || TG_ARGV[0] || ')' INTO shown;
    END IF;
    IF NOT shown THEN
        RETURN NULL;
    END IF;
    -- Forgotten at the end of the transaction, and with the savepoint that is rolled back.
    PERFORM set_config('portal.changed', 'yes', true);
    UPDATE portal_change SET number = number + 1
        WHERE slot = (SELECT slot FROM portal_change LIMIT 1 FOR UPDATE SKIP LOCKED);
    IF NOT FOUND THEN
        INSERT INTO portal_change (number) VALUES (1);
    END IF;
    RETURN NULL;
END
$$;
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("units", "0001_initial"),
        ("models_registry", "0002_year_and_tiers"),
        ("dialogues", "0002_duties"),
        ("awards", "0003_catalogue"),
        ("statistics", "0001_initial"),
    ]

    operations = [
        migrations.RunSQL(TABLE, "DROP TABLE portal_change"),
        migrations.RunSQL(FUNCTION, "DROP FUNCTION portal_public_changed()"),
        *(
            migrations.RunSQL(triggers(table, shown), drop_triggers(table))
            for table, shown in TABLES.items()
        ),
    ]
