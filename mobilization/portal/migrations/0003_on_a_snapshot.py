"""The number is raised by a transaction that reads one snapshot, too, whatever the others do meanwhile.

Such a transaction (the computation of a year) may not write to a row that was written since it began: it adds a slot
of its own. Slots beyond the 64th are added to that of the next writer, so that they stay few; the sum is the same.
"""

from django.db import migrations

FUNCTION = """
CREATE OR REPLACE FUNCTION portal_public_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    shown boolean := TG_OP = 'TRUNCATE';
    own integer;
BEGIN
    IF current_setting('portal.changed', true) = 'yes' THEN
        RETURN NULL;
    END IF;
    IF TG_OP IN ('INSERT', 'UPDATE') THEN
        EXECUTE 'SELECT EXISTS (SELECT FROM after AS changed WHERE ' || TG_ARGV[0] || ')' INTO shown;
    END IF;
    IF NOT shown AND TG_OP IN ('UPDATE', 'DELETE') THEN
        EXECUTE 'SELECT EXISTS (SELECT FROM before AS changed WHERE ' || TG_ARGV[0] || ')' INTO shown;
    END IF;
    IF NOT shown THEN
        RETURN NULL;
    END IF;
    -- Forgotten at the end of the transaction, and with the savepoint that is rolled back.
    PERFORM set_config('portal.changed', 'yes', true);
    IF current_setting('transaction_isolation') = 'read committed' THEN
        SELECT slot INTO own FROM portal_change LIMIT 1 FOR UPDATE SKIP LOCKED;
    END IF;
    IF own IS NULL THEN
        INSERT INTO portal_change (number) VALUES (1);
        RETURN NULL;
    END IF;
    WITH surplus AS (
        DELETE FROM portal_change WHERE slot IN (
            SELECT slot FROM portal_change WHERE slot <> own
                AND slot > (SELECT slot FROM portal_change ORDER BY slot OFFSET 63 LIMIT 1)
                FOR UPDATE SKIP LOCKED
        ) RETURNING number
    )
    UPDATE portal_change SET number = number + 1 + coalesce((SELECT sum(surplus.number) FROM surplus), 0)
        WHERE slot = own;
    RETURN NULL;
END
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("portal", "0002_more_that_shows")]

    operations = [migrations.RunSQL(FUNCTION, migrations.RunSQL.noop)]
