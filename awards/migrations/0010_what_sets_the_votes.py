"""What sets the share of votes stands beside it; empty means the portal's default. It may be entered after a grant, too."""

from django.db import migrations, models

import mobilization.core.validators

FORWARD = r"""
CREATE OR REPLACE FUNCTION awards_form_final() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    may text[] := ARRAY['valid_to', 'votes_share', 'votes_basis'];
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

BACKWARD = r"""
CREATE OR REPLACE FUNCTION awards_form_final() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    may text[] := ARRAY['valid_to', 'votes_share'];
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
    dependencies = [("awards", "0009_amending_counts")]
    operations = [
        migrations.AddField(
            model_name="awardform",
            name="votes_basis",
            field=models.CharField(
                blank=True,
                default="",
                help_text="Law, decree or regulation of the council, with number, date and article. Empty: the portal's default, for which no law is named.",
                max_length=300,
                validators=[mobilization.core.validators.validate_text],
                verbose_name="What sets the votes needed",
            ),
            preserve_default=False,
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
