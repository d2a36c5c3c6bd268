"""What keeps the log true inside the database: nothing is changed or taken out, every entry belongs to a block.

Blocks: an entry takes the number on which the sequence ``audit_block`` stands, and holds a shared advisory lock on that
number until its transaction ends. The sealer moves the sequence on and waits for the old number's lock, so that a
block is complete when it is hashed, and no writer ever waits for another or for the sealer.
"""

import pgtrigger

# First key of the two-key advisory locks; the second is the number of the block.
BLOCK_LOCK = 20_090_226

ENTRY_BLOCK = pgtrigger.Trigger(
    name="takes_block",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert,
    declare=[("current_block", "bigint")],
    func=f"""
        LOOP
            SELECT last_value INTO current_block FROM audit_block;
            PERFORM pg_advisory_xact_lock_shared({BLOCK_LOCK}, current_block::integer);
            -- A sequence is read outside of snapshots: if the sealer moved it before we had the lock, take the next.
            EXIT WHEN current_block = (SELECT last_value FROM audit_block);
        END LOOP;
        NEW.block := current_block;
        RETURN NEW;
    """,  # noqa: S608 -- made of one constant
)


APPEND_ONLY = pgtrigger.Trigger(
    name="append_only",
    level=pgtrigger.Statement,
    when=pgtrigger.Before,
    operation=pgtrigger.Update | pgtrigger.Delete | pgtrigger.Truncate,
    func="""
        RAISE restrict_violation USING MESSAGE = format('%s: rows are only ever added', TG_TABLE_NAME);
    """,
)
