"""An issued decision never changes: the database refuses what the acts do not do.

A decision that was issued keeps its content; only its state may go from issued to revoked. Its awards keep theirs;
only their state may leave "valid", together with the decision that ended them. Neither can be deleted or added to.
The one door is the undoing of a loaded register, which names its batch for the transaction.
"""

from django.db import migrations

FORWARD = r"""
CREATE FUNCTION awards_decision_final() RETURNS trigger LANGUAGE plpgsql AS $$
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

CREATE TRIGGER awards_decision_final BEFORE UPDATE OR DELETE ON awards_decision
    FOR EACH ROW EXECUTE FUNCTION awards_decision_final();

CREATE FUNCTION awards_award_final() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    marks text[] := ARRAY['state', 'ended_by_id', 'search'];
    decided record;
BEGIN
    IF TG_OP <> 'INSERT' THEN
        SELECT state, batch_id INTO decided FROM awards_decision WHERE id = OLD.decision_id FOR SHARE;
        IF decided.state <> 'draft' THEN
            IF TG_OP = 'DELETE' THEN
                IF decided.batch_id::text = current_setting('awards.undo_batch', true) THEN
                    RETURN OLD;
                END IF;
                RAISE EXCEPTION 'award % was issued and cannot be deleted', OLD.id
                    USING ERRCODE = 'restrict_violation';
            END IF;
            IF to_jsonb(NEW) - marks <> to_jsonb(OLD) - marks OR OLD.state <> 'valid' THEN
                RAISE EXCEPTION 'award % was issued and never changes', OLD.id USING ERRCODE = 'restrict_violation';
            END IF;
            RETURN NEW;
        END IF;
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    SELECT state, batch_id INTO decided FROM awards_decision WHERE id = NEW.decision_id FOR SHARE;
    IF decided.state <> 'draft' THEN
        RAISE EXCEPTION 'decision % was issued and takes no more awards', NEW.decision_id
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER awards_award_final BEFORE INSERT OR UPDATE OR DELETE ON awards_award
    FOR EACH ROW EXECUTE FUNCTION awards_award_final();

CREATE FUNCTION awards_form_final() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - 'valid_to' <> to_jsonb(OLD) - 'valid_to' AND EXISTS (
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

CREATE TRIGGER awards_form_final BEFORE INSERT OR UPDATE ON awards_awardform
    FOR EACH ROW EXECUTE FUNCTION awards_form_final();
"""

BACKWARD = """
DROP TRIGGER IF EXISTS awards_form_final ON awards_awardform;
DROP FUNCTION IF EXISTS awards_form_final();
DROP TRIGGER IF EXISTS awards_award_final ON awards_award;
DROP FUNCTION IF EXISTS awards_award_final();
DROP TRIGGER IF EXISTS awards_decision_final ON awards_decision;
DROP FUNCTION IF EXISTS awards_decision_final();
"""


class Migration(migrations.Migration):
    dependencies = [("awards", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
