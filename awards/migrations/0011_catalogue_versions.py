"""Rows of the catalogue have a version: of two who change one, the second is told. A granted row's version may change."""

from django.db import migrations, models

FUNCTION = r"""
CREATE OR REPLACE FUNCTION awards_form_final() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    may text[] := ARRAY[{may}];
BEGIN
    IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - may <> to_jsonb(OLD) - may AND EXISTS (
        SELECT 1 FROM awards_award a JOIN awards_decision d ON d.id = a.decision_id
        WHERE a.form_id = OLD.id AND d.state <> 'draft'
    ) THEN
        RAISE EXCEPTION 'form of award % was granted and never changes', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    -- One code at a time: no two rows of it are in force on one day. The lock makes two writers take turns.
    PERFORM pg_advisory_xact_lock(hashtext('awards_awardform'), hashtext(NEW.code));
    IF EXISTS (
        SELECT 1 FROM awards_awardform other
        WHERE other.code = NEW.code AND other.id <> NEW.id
          AND daterange(other.valid_from, other.valid_to) && daterange(NEW.valid_from, NEW.valid_to)
    ) THEN
        RAISE EXCEPTION 'form of award %: the dates overlap another row', NEW.code
            USING ERRCODE = 'exclusion_violation';
    END IF;
    RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("awards", "0010_what_sets_the_votes")]
    operations = [
        migrations.AddField(
            "awardform",
            "version",
            models.PositiveIntegerField("Version", default=1, editable=False),
        ),
        migrations.RunSQL(
            FUNCTION.format(may="'valid_to', 'votes_share', 'votes_basis', 'version'"),
            FUNCTION.format(may="'valid_to', 'votes_share', 'votes_basis'"),
        ),
    ]
