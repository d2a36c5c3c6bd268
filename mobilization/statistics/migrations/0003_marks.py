"""The triggers that note what changed, and that refuse what a closed year no longer allows."""

from django.db import migrations

from mobilization.statistics.triggers import Watched

REFUSE = """
    CREATE FUNCTION statistics_refuse_closed(city bigint, closed integer) RETURNS void LANGUAGE plpgsql AS $$
    BEGIN
        -- Whoever closes the year waits for the acts that hold this, and lets none begin.
        PERFORM pg_advisory_xact_lock_shared(hashtextextended('closing/' || city || '/' || closed, 0));
        IF coalesce(current_setting('units.permit', true), '') = '' AND EXISTS (
            SELECT FROM units_closedyear year WHERE year.city_id = city AND year.year = closed
        ) THEN
            RAISE restrict_violation USING MESSAGE = format('the year %s is closed', closed), CONSTRAINT = 'year_closed';
        END IF;
    END $$;
"""

TREE = """
    CREATE FUNCTION statistics_note_tree() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_TABLE_NAME = 'units_succession' THEN
            INSERT INTO statistics_mark (year, unit_id) VALUES (0, coalesce(NEW.predecessor_id, OLD.predecessor_id));
        ELSE
            INSERT INTO statistics_mark (year, unit_id) VALUES (0, NEW.id);
        END IF;
        RETURN NULL;
    END $$;
    CREATE TRIGGER statistics_note_tree AFTER INSERT OR UPDATE OR DELETE ON units_succession
        FOR EACH ROW EXECUTE FUNCTION statistics_note_tree();
    CREATE TRIGGER statistics_note_tree AFTER UPDATE ON units_unit
        FOR EACH ROW WHEN ((OLD.path, OLD.valid_from, OLD.valid_to) IS DISTINCT FROM (NEW.path, NEW.valid_from, NEW.valid_to))
        EXECUTE FUNCTION statistics_note_tree();
"""

_COUNTED = (
    "('submitted', 'returned', 'accepted', 'reported', 'report_returned', 'recognised', 'not_recognised')"
)
_FACTS = ("state", "field", "level", "kind", "subject", "novelty", "outcome", "exemplary", "unit_id", "year")
_HELD = "('held', 'published')"
_TOTALS = (
    "opinions_total",
    "opinions_on_spot",
    "opinions_resolved",
    "opinions_in_progress",
    "opinions_outside",
)
_OF_DIALOGUE = "JOIN dialogues_dialogue dialogue ON dialogue.id = changed.dialogue_id"
_DECIDED = "('issued', 'revoked')"

WATCHED = (
    Watched(
        "models_registry_registration",
        "changed.year",
        "changed.unit_id",
        f"changed.state IN {_COUNTED}",
        (*_FACTS, "model_id"),
        _FACTS,
    ),
    Watched(
        "models_registry_recognition",
        "registration.year",
        "registration.unit_id",
        "true",
        ("registration_id", "level"),
        ("registration_id", "level"),
        "JOIN models_registry_registration registration ON registration.id = changed.registration_id",
    ),
    Watched(
        "dialogues_dialogue",
        "extract(year FROM changed.held_on)::int",
        "changed.unit_id",
        f"changed.state IN {_HELD}",
        ("state", "kind", "unit_id", "held_on", "attending", *_TOTALS),
        # To publish what was said is owed to the people, and changes no figure.
        (f"state IN {_HELD}", "kind", "unit_id", "held_on", "attending", *_TOTALS),
    ),
    Watched(
        "dialogues_opinion",
        "extract(year FROM dialogue.held_on)::int",
        "dialogue.unit_id",
        f"dialogue.state IN {_HELD}",
        ("dialogue_id", "status", "due_on"),
        # Every opinion is followed up to its end, also after the year was closed.
        ("dialogue_id",),
        _OF_DIALOGUE,
    ),
    Watched(
        "awards_decision",
        "award.year",
        "award.unit_id",
        f"changed.state IN {_DECIDED}",
        ("state",),
        # What amends an earlier decision is signed later, and counts in the year of what it corrects.
        ("state = 'draft'",),
        "JOIN awards_award award ON award.decision_id = changed.id",
        "changed.amends_id IS NULL",
    ),
    Watched(
        "awards_award",
        "changed.year",
        "changed.unit_id",
        f"decision.state IN {_DECIDED}",
        ("state", "year", "unit_id", "recipient_kind", "form_id", "registration_id", "decision_id"),
        (),
        "JOIN awards_decision decision ON decision.id = changed.decision_id",
        "decision.amends_id IS NULL",
    ),
)
"""What the measures count, and by which facts. A new source of ``measures.py`` needs its line in a migration of its own."""


class Migration(migrations.Migration):
    dependencies = [
        ("statistics", "0002_computing_and_closing"),
        ("units", "0002_closed_years"),
        ("models_registry", "0008_queue_of_unit"),
        ("dialogues", "0004_sensitive"),
        ("awards", "0004_newest_first"),
    ]

    operations = [
        migrations.RunSQL(REFUSE, "DROP FUNCTION statistics_refuse_closed(bigint, integer)"),
        migrations.RunSQL(TREE, "DROP FUNCTION statistics_note_tree() CASCADE"),
        *(migrations.RunSQL(watched.create(), watched.drop()) for watched in WATCHED),
    ]
