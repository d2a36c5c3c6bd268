"""The immutable fold behind every search column.

Written with built-in functions only, so that it runs on any PostgreSQL without an extension; the lower-casing is under
the "C" collation and therefore independent of how the database was created.
"""

from django.db import migrations

FOLD = r"""
CREATE OR REPLACE FUNCTION portal_fold(value text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
RETURN lower(
    translate(regexp_replace(normalize(value, NFD), '[\u0300-\u036f]+', '', 'g'), 'ĐđÐð', 'dddd') COLLATE "C"
);
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [migrations.RunSQL(FOLD, "DROP FUNCTION IF EXISTS portal_fold(text)")]
