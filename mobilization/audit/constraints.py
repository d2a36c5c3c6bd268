"""What keeps the log true inside the database: nothing is changed or taken out, every entry belongs to a block.

Blocks: an entry takes the number on which the sequence ``audit_block`` stands, and holds a shared advisory lock on that
number until its transaction ends. The sealer moves the sequence on and waits for the old number's lock, so that a
block is complete when it is hashed, and no writer ever waits for another or for the sealer. The trigger that takes the
number stands in migration 0002, without the switch that triggers of pgtrigger carry: it runs for every entry.
"""

import pgtrigger

# First key of the two-key advisory locks; the second is the number of the block.
BLOCK_LOCK = 20_090_226

APPEND_ONLY = pgtrigger.Trigger(
    name="append_only",
    level=pgtrigger.Statement,
    when=pgtrigger.Before,
    operation=pgtrigger.Update | pgtrigger.Delete | pgtrigger.Truncate,
    func="""
        RAISE restrict_violation USING MESSAGE = format('%s: rows are only ever added', TG_TABLE_NAME);
    """,
)
