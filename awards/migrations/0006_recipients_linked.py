"""Recipients of the awards that are there already, and what the new columns may do to decided rows.

The link to a recipient may change on a decided award (two doubles are merged): it is no part of what was granted. The
share of votes that a form asks for may change, too, after it was granted. Names stay as they were given.
"""

from django.db import migrations

FORWARD = r"""
CREATE OR REPLACE FUNCTION awards_award_final() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    marks text[] := ARRAY['state', 'ended_by_id', 'search', 'recipient_id'];
    link text[] := ARRAY['recipient_id', 'search'];
    decided record;
BEGIN
    IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - link = to_jsonb(OLD) - link THEN
        RETURN NEW;
    END IF;
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

-- More than half of those present; four fifths for the merit certificates of the city and of the Prime Minister.
UPDATE awards_awardform SET votes_share = CASE WHEN code LIKE 'merit-%' THEN 80 ELSE 51 END;

INSERT INTO awards_recipient (kind, name, unit_id, note, created_at, version)
SELECT recipient_kind, (array_agg(regexp_replace(btrim(recipient_name), '\s+', ' ', 'g') ORDER BY id DESC))[1],
       unit_id, '', now(), 1
FROM awards_award
GROUP BY recipient_kind, unit_id, portal_fold(regexp_replace(btrim(recipient_name), '\s+', ' ', 'g'));

UPDATE awards_award a SET recipient_id = r.id FROM awards_recipient r
WHERE r.kind = a.recipient_kind AND r.unit_id = a.unit_id
  AND r.folded_name = portal_fold(regexp_replace(btrim(a.recipient_name), '\s+', ' ', 'g'));
"""


class Migration(migrations.Migration):
    dependencies = [("awards", "0005_nominations")]
    operations = [migrations.RunSQL(FORWARD, migrations.RunSQL.noop)]
