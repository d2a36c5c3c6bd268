"""City roles are held at a city only, local roles never at one: a truth about two tables, so a trigger keeps it."""

from django.db import migrations

FUNCTION = """
CREATE OR REPLACE FUNCTION accounts_position_fits_unit() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    at_city boolean;
BEGIN
    SELECT kind = 'city' INTO at_city FROM units_unit WHERE id = NEW.unit_id;
    IF (NEW.role IN ('city_staff', 'city_leader', 'administrator') AND NOT at_city)
       OR (NEW.role IN ('official', 'reviewer') AND at_city) THEN
        RAISE EXCEPTION 'role % cannot be held at unit %', NEW.role, NEW.unit_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'accounts_position_fits_unit';
    END IF;
    RETURN NEW;
END
$$;
"""
TRIGGER = """
CREATE TRIGGER accounts_position_fits_unit BEFORE INSERT OR UPDATE OF role, unit_id ON accounts_position
FOR EACH ROW EXECUTE FUNCTION accounts_position_fits_unit();
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial"), ("units", "0001_initial")]
    operations = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION IF EXISTS accounts_position_fits_unit()"),
        migrations.RunSQL(TRIGGER, "DROP TRIGGER IF EXISTS accounts_position_fits_unit ON accounts_position"),
    ]
