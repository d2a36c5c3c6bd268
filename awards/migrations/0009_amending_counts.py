"""What amends an issued decision counts in its version, so that of two who amend it the second is told.

The content of a decision that was issued still never changes; beside its state the version may.
"""

from django.db import migrations

FORWARD = r"""
CREATE OR REPLACE FUNCTION awards_decision_final() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    marks text[] := ARRAY['state', 'version', 'year', 'listed_on', 'search'];
BEGIN
    IF OLD.state = 'draft' THEN
        RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    IF TG_OP = 'DELETE' THEN
        IF OLD.batch_id::text = current_setting('awards.undo_batch', true) THEN
            RETURN OLD;
        END IF;
        RAISE EXCEPTION 'decision % was issued and cannot be deleted', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    IF to_jsonb(NEW) - marks <> to_jsonb(OLD) - marks
       OR (NEW.state <> OLD.state AND NOT (OLD.state = 'issued' AND NEW.state = 'revoked')) THEN
        RAISE EXCEPTION 'decision % was issued and never changes', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
"""

BACKWARD = r"""
CREATE OR REPLACE FUNCTION awards_decision_final() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    generated text[] := ARRAY['state', 'year', 'listed_on', 'search'];
BEGIN
    IF OLD.state = 'draft' THEN
        RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    IF TG_OP = 'DELETE' THEN
        IF OLD.batch_id::text = current_setting('awards.undo_batch', true) THEN
            RETURN OLD;
        END IF;
        RAISE EXCEPTION 'decision % was issued and cannot be deleted', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    IF to_jsonb(NEW) - generated <> to_jsonb(OLD) - generated
       OR (NEW.state <> OLD.state AND NOT (OLD.state = 'issued' AND NEW.state = 'revoked')) THEN
        RAISE EXCEPTION 'decision % was issued and never changes', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("awards", "0008_certificate_margins")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
