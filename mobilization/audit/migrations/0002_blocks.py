"""Every entry belongs to a block, which is sealed when its writers are done; see ``audit.constraints``."""

from django.db import migrations

# Drawn once, so that last_value is the number drawn.
SEQUENCE = ["CREATE SEQUENCE IF NOT EXISTS audit_block", "SELECT nextval('audit_block')"]
FUNCTION = """
CREATE OR REPLACE FUNCTION audit_take_block() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    current_block bigint;
BEGIN
    LOOP
        SELECT last_value INTO current_block FROM audit_block;
        PERFORM pg_advisory_xact_lock_shared(20090226, current_block::integer);
        -- A sequence is read outside of snapshots: if the sealer moved it before we had the lock, take the next.
        EXIT WHEN current_block = (SELECT last_value FROM audit_block);
    END LOOP;
    NEW.block := current_block;
    RETURN NEW;
END
$$;
"""
TRIGGER = """
CREATE OR REPLACE TRIGGER audit_take_block BEFORE INSERT ON audit_auditentry
FOR EACH ROW EXECUTE FUNCTION audit_take_block();
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [
        migrations.RunSQL(SEQUENCE, "DROP SEQUENCE audit_block"),
        migrations.RunSQL(FUNCTION, "DROP FUNCTION audit_take_block()"),
        migrations.RunSQL(TRIGGER, "DROP TRIGGER audit_take_block ON audit_auditentry"),
    ]
