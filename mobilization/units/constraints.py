"""Truths about several rows, held by the database itself.

Overlap is refused at once, the two triggers look when a transaction ends: a reorganisation closes, opens
and links in any order (a service asks earlier by ``SET CONSTRAINTS ALL IMMEDIATE``). All raise ``IntegrityError``.
"""

import pgtrigger
from django.contrib.postgres.fields import DateRangeField
from django.db.models import F, Func, TextField, Value

from mobilization.units.states import PARENT_KINDS


class CodeRange(Func):
    """A code as a range of one value: GiST compares ranges without any extension, plain text it does not."""

    function = "code_range"
    output_field = TextField()

    def __init__(self, code: str | F, **extra: object) -> None:
        super().__init__(code, code, Value("[]"), **extra)


class Life(Func):
    """The days on which a unit is in force."""

    function = "daterange"
    output_field = DateRangeField()


def _allowed_pairs() -> str:
    pairs = (f"('{kind}', '{parent}')" for kind, parents in PARENT_KINDS.items() for parent in parents)
    return ", ".join(str(pair) for pair in pairs)


UNIT_FITS = pgtrigger.Trigger(
    name="unit_fits",
    when=pgtrigger.After,
    operation=pgtrigger.Insert | pgtrigger.Update,
    timing=pgtrigger.Deferred,
    declare=[("unit", "units_unit"), ("parent", "units_unit"), ("life", "daterange")],
    func=f"""
        SELECT * INTO unit FROM units_unit WHERE id = NEW.id;
        IF NOT FOUND THEN
            RETURN NULL;
        END IF;
        life := daterange(unit.valid_from, unit.valid_to);
        IF unit.parent_id IS NULL THEN
            IF unit.kind <> 'city' THEN
                RAISE check_violation USING MESSAGE = format('unit %s: only a city stands alone', unit.code);
            END IF;
            IF unit.path <> '/' || unit.id || '/' THEN
                RAISE check_violation USING MESSAGE = format('unit %s: the path is wrong', unit.code);
            END IF;
        ELSE
            SELECT * INTO parent FROM units_unit WHERE id = unit.parent_id;
            IF (unit.kind, parent.kind) NOT IN ({_allowed_pairs()}) THEN
                RAISE check_violation USING MESSAGE =
                    format('unit %s: a %s cannot be under a %s', unit.code, unit.kind, parent.kind);
            END IF;
            IF NOT daterange(parent.valid_from, parent.valid_to) @> life THEN
                RAISE check_violation USING MESSAGE = format('unit %s: its parent is not in force as long', unit.code);
            END IF;
            IF unit.path <> parent.path || unit.id || '/' THEN
                RAISE check_violation USING MESSAGE = format('unit %s: the path is wrong', unit.code);
            END IF;
        END IF;
        IF EXISTS (
            SELECT FROM units_unit child WHERE child.parent_id = unit.id
            AND (NOT life @> daterange(child.valid_from, child.valid_to)
                OR child.path <> unit.path || child.id || '/')
        ) THEN
            RAISE check_violation USING MESSAGE = format('unit %s: a child does not fit it', unit.code);
        END IF;
        IF EXISTS (
            SELECT FROM units_succession link
            WHERE (link.predecessor_id = unit.id AND link."on" IS DISTINCT FROM unit.valid_to)
            OR (link.successor_id = unit.id AND NOT life @> link."on")
        ) THEN
            RAISE check_violation USING MESSAGE = format('unit %s: a succession does not fit it', unit.code);
        END IF;
        RETURN NULL;
    """,  # noqa: S608 -- made of the kinds of states.py
)

SUCCESSION_FITS = pgtrigger.Trigger(
    name="succession_fits",
    when=pgtrigger.After,
    operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
    timing=pgtrigger.Deferred,
    declare=[("touched", "bigint[] := ARRAY[OLD.predecessor_id, NEW.predecessor_id]")],
    func="""
        IF EXISTS (
            SELECT FROM units_succession link WHERE link.predecessor_id = ANY(touched) AND NOT (
                EXISTS (SELECT FROM units_unit WHERE id = link.predecessor_id AND valid_to = link."on")
                AND EXISTS (
                    SELECT FROM units_unit
                    WHERE id = link.successor_id AND daterange(valid_from, valid_to) @> link."on"
                )
            )
        ) THEN
            RAISE check_violation USING MESSAGE = 'the date of a succession does not fit its units';
        END IF;
        IF EXISTS (
            SELECT FROM units_succession WHERE predecessor_id = ANY(touched)
            GROUP BY predecessor_id HAVING count(*) FILTER (WHERE is_main) <> 1
        ) THEN
            RAISE check_violation USING MESSAGE = 'a unit that was succeeded needs one main successor';
        END IF;
        IF EXISTS (
            SELECT FROM units_succession WHERE predecessor_id = ANY(touched)
            GROUP BY predecessor_id HAVING sum(share) > 1
        ) THEN
            RAISE check_violation USING MESSAGE = 'the shares of a unit are more than the whole';
        END IF;
        RETURN NULL;
    """,
)
