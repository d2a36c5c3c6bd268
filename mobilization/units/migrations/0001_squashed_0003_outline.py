"""Units, their successions and what is closed, as one migration.

An empty database is migrated by this; one that has seen the replaced migrations goes on with those.
"""

import django.contrib.postgres.constraints
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import django.utils.timezone
import mobilization.core.migrating
import mobilization.core.search
import mobilization.core.validators
import mobilization.units.constraints
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


# A range over text, so that GiST can refuse two lives of one code without the btree_gist extension.
CODE_RANGE = 'CREATE TYPE code_range AS RANGE (subtype = text, collation = "C")'


class Migration(migrations.Migration):

    replaces = [('units', '0001_initial'), ('units', '0002_closed_years'), ('units', '0003_outline')]

    initial = True

    dependencies = [
        ('core', '0001_fold'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        migrations.RunSQL(CODE_RANGE, 'DROP TYPE code_range'),
        mobilization.core.migrating.AtOnce(
            operations=[
                migrations.CreateModel(
                    name='Succession',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('on', models.DateField(validators=[mobilization.core.validators.validate_plausible_date], verbose_name='on')),
                        ('relation', models.CharField(choices=[('whole', 'The whole unit'), ('part', 'Part of the area and population'), ('part_area_all_population', 'Part of the area, all of the population'), ('part_area_no_population', 'Part of the area, none of the population')], max_length=30, verbose_name='relation')),
                        ('share', models.DecimalField(blank=True, decimal_places=6, max_digits=7, null=True, verbose_name='share of the population')),
                        ('is_main', models.BooleanField(verbose_name='main successor')),
                        ('basis', models.CharField(max_length=200, validators=[mobilization.core.validators.validate_text], verbose_name='legal basis')),
                        ('predecessor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='became', to='units.unit', verbose_name='unit that ended')),
                        ('successor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='formed_from', to='units.unit', verbose_name='unit that followed')),
                    ],
                    options={
                        'verbose_name': 'succession',
                        'verbose_name_plural': 'successions',
                        'ordering': ['on', 'predecessor_id', '-is_main', 'id'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('relation__in', ['whole', 'part', 'part_area_all_population', 'part_area_no_population'])), name='units_succession_relation'), models.CheckConstraint(condition=models.Q(('share__isnull', True), models.Q(('share__gte', 0), ('share__lte', 1)), _connector='OR'), name='units_succession_share', violation_error_message='A share lies between 0 and 1.'), models.CheckConstraint(condition=models.Q(('predecessor', models.F('successor')), _negated=True), name='units_succession_not_itself', violation_error_message='A unit cannot succeed itself.'), models.CheckConstraint(condition=models.Q(('is_main', False), ('share__isnull', True), ('share__gt', 0), _connector='OR'), name='units_succession_main_has_people', violation_error_message='The main successor takes over some of the population.'), models.UniqueConstraint(fields=('predecessor', 'successor'), name='units_succession_pair'), models.UniqueConstraint(condition=models.Q(('is_main', True)), fields=('predecessor',), name='units_succession_one_main', violation_error_message='This unit has a main successor already.')],
                    },
                ),
                migrations.CreateModel(
                    name='Unit',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(max_length=20, validators=[mobilization.core.validators.validate_text], verbose_name='code')),
                        ('kind', models.CharField(choices=[('city', 'City'), ('urban_district', 'Urban district'), ('rural_district', 'Rural district'), ('town', 'Town'), ('ward', 'Ward'), ('commune', 'Commune'), ('township', 'Township'), ('committee', 'Committee directly under the city')], max_length=20, verbose_name='kind')),
                        ('full_name', models.CharField(max_length=200, validators=[mobilization.core.validators.validate_text], verbose_name='full name')),
                        ('name', models.CharField(max_length=200, validators=[mobilization.core.validators.validate_text], verbose_name='name')),
                        ('valid_from', models.DateField(validators=[mobilization.core.validators.validate_plausible_date], verbose_name='in force from')),
                        ('valid_to', models.DateField(blank=True, help_text='The first day on which the unit is no more; empty while it is in force.', null=True, validators=[mobilization.core.validators.validate_plausible_date], verbose_name='in force until')),
                        ('lat', models.DecimalField(blank=True, decimal_places=5, max_digits=8, null=True, verbose_name='latitude')),
                        ('lon', models.DecimalField(blank=True, decimal_places=5, max_digits=8, null=True, verbose_name='longitude')),
                        ('population', models.PositiveIntegerField(blank=True, null=True, verbose_name='population')),
                        ('area_km2', models.DecimalField(blank=True, decimal_places=2, max_digits=9, null=True, verbose_name='area (km²)')),
                        ('seat', models.CharField(blank=True, max_length=300, validators=[mobilization.core.validators.validate_text], verbose_name='seat')),
                        ('sort_key', models.TextField(db_collation='C', editable=False)),
                        ('path', models.TextField(db_collation='C', editable=False)),
                        ('heir', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='answers_for', to='units.unit')),
                        ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='units.unit', verbose_name='parent unit')),
                    ],
                    options={
                        'verbose_name': 'unit',
                        'verbose_name_plural': 'units',
                        'ordering': ['sort_key', 'valid_from', 'id'],
                        'indexes': [models.Index(fields=['sort_key', 'valid_from', 'id'], name='units_unit_order'), models.Index(mobilization.core.search.Fold('name'), name='units_unit_folded_name'), models.Index(mobilization.core.search.Fold('full_name'), name='units_unit_folded_full_name'), django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.search.SearchVector(mobilization.core.search.Fold('full_name'), 'code', config='simple'), name='units_unit_search')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['city', 'urban_district', 'rural_district', 'town', 'ward', 'commune', 'township', 'committee'])), name='units_unit_kind', violation_error_message='This is no kind of unit.'), models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='units_unit_ends_after_start', violation_error_message='A unit must be in force for at least one day.'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'city'), ('parent__isnull', True)), models.Q(('parent__isnull', False), models.Q(('kind', 'city'), _negated=True)), _connector='OR'), name='units_unit_root_is_city', violation_error_message='A city stands alone; every other unit needs a parent unit.'), models.UniqueConstraint(fields=('path',), name='units_unit_path'), models.UniqueConstraint(fields=('code', 'valid_from'), name='units_unit_code_from'), django.contrib.postgres.constraints.ExclusionConstraint(expressions=[(mobilization.units.constraints.CodeRange('code'), '&&'), (mobilization.units.constraints.Life('valid_from', 'valid_to'), '&&')], name='units_unit_one_life_at_a_time', violation_error_message='Another unit bears this code in these days.')],
                    },
                ),
                migrations.CreateModel(
                    name='SuccessionEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('on', models.DateField(validators=[mobilization.core.validators.validate_plausible_date], verbose_name='on')),
                        ('relation', models.CharField(choices=[('whole', 'The whole unit'), ('part', 'Part of the area and population'), ('part_area_all_population', 'Part of the area, all of the population'), ('part_area_no_population', 'Part of the area, none of the population')], max_length=30, verbose_name='relation')),
                        ('share', models.DecimalField(blank=True, decimal_places=6, max_digits=7, null=True, verbose_name='share of the population')),
                        ('is_main', models.BooleanField(verbose_name='main successor')),
                        ('basis', models.CharField(max_length=200, validators=[mobilization.core.validators.validate_text], verbose_name='legal basis')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='units.succession')),
                        ('predecessor', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='units.unit', verbose_name='unit that ended')),
                        ('successor', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='units.unit', verbose_name='unit that followed')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='UnitEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('code', models.CharField(max_length=20, validators=[mobilization.core.validators.validate_text], verbose_name='code')),
                        ('kind', models.CharField(choices=[('city', 'City'), ('urban_district', 'Urban district'), ('rural_district', 'Rural district'), ('town', 'Town'), ('ward', 'Ward'), ('commune', 'Commune'), ('township', 'Township'), ('committee', 'Committee directly under the city')], max_length=20, verbose_name='kind')),
                        ('full_name', models.CharField(max_length=200, validators=[mobilization.core.validators.validate_text], verbose_name='full name')),
                        ('name', models.CharField(max_length=200, validators=[mobilization.core.validators.validate_text], verbose_name='name')),
                        ('valid_from', models.DateField(validators=[mobilization.core.validators.validate_plausible_date], verbose_name='in force from')),
                        ('valid_to', models.DateField(blank=True, help_text='The first day on which the unit is no more; empty while it is in force.', null=True, validators=[mobilization.core.validators.validate_plausible_date], verbose_name='in force until')),
                        ('lat', models.DecimalField(blank=True, decimal_places=5, max_digits=8, null=True, verbose_name='latitude')),
                        ('lon', models.DecimalField(blank=True, decimal_places=5, max_digits=8, null=True, verbose_name='longitude')),
                        ('population', models.PositiveIntegerField(blank=True, null=True, verbose_name='population')),
                        ('area_km2', models.DecimalField(blank=True, decimal_places=2, max_digits=9, null=True, verbose_name='area (km²)')),
                        ('seat', models.CharField(blank=True, max_length=300, validators=[mobilization.core.validators.validate_text], verbose_name='seat')),
                        ('parent', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='units.unit', verbose_name='parent unit')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='units.unit')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='YearPermit',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('year', models.PositiveSmallIntegerField(verbose_name='year')),
                        ('record', models.CharField(max_length=80, verbose_name='record')),
                        ('granted_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='granted at')),
                        ('used_at', models.DateTimeField(blank=True, null=True, verbose_name='used at')),
                        ('city', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit', verbose_name='city')),
                    ],
                    options={
                        'verbose_name': 'permit for a closed year',
                        'verbose_name_plural': 'permits for closed years',
                        'ordering': ['id'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('used_at__isnull', True)), fields=('record',), name='units_one_open_permit')],
                    },
                ),
                migrations.CreateModel(
                    name='ClosedYear',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('year', models.PositiveSmallIntegerField(verbose_name='year')),
                        ('closed_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='closed at')),
                        ('city', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit', verbose_name='city')),
                    ],
                    options={
                        'verbose_name': 'closed year',
                        'verbose_name_plural': 'closed years',
                        'ordering': ['-year'],
                        'constraints': [models.UniqueConstraint(fields=('city', 'year'), name='units_year_closed_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Outline',
                    fields=[
                        ('unit', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='outline', serialize=False, to='units.unit', verbose_name='unit')),
                        ('rings', models.JSONField(verbose_name='rings')),
                        ('source', models.CharField(max_length=200, validators=[mobilization.core.validators.validate_text], verbose_name='source')),
                        ('loaded_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='loaded at')),
                    ],
                    options={
                        'verbose_name': 'outline of a unit',
                        'verbose_name_plural': 'outlines of units',
                    },
                ),
            ],
        ),
        mobilization.core.migrating.AtOnce(
            operations=[
                pgtrigger.migrations.AddTrigger(
                    model_name='succession',
                    trigger=pgtrigger.compiler.Trigger(name='succession_fits', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', declare='DECLARE touched bigint[] := ARRAY[OLD.predecessor_id, NEW.predecessor_id];', func='\n        IF EXISTS (\n            SELECT FROM units_succession link WHERE link.predecessor_id = ANY(touched) AND NOT (\n                EXISTS (SELECT FROM units_unit WHERE id = link.predecessor_id AND valid_to = link."on")\n                AND EXISTS (\n                    SELECT FROM units_unit\n                    WHERE id = link.successor_id AND daterange(valid_from, valid_to) @> link."on"\n                )\n            )\n        ) THEN\n            RAISE check_violation USING MESSAGE = \'the date of a succession does not fit its units\';\n        END IF;\n        IF EXISTS (\n            SELECT FROM units_succession WHERE predecessor_id = ANY(touched)\n            GROUP BY predecessor_id HAVING count(*) FILTER (WHERE is_main) <> 1\n        ) THEN\n            RAISE check_violation USING MESSAGE = \'a unit that was succeeded needs one main successor\';\n        END IF;\n        IF EXISTS (\n            SELECT FROM units_succession WHERE predecessor_id = ANY(touched)\n            GROUP BY predecessor_id HAVING sum(share) > 1\n        ) THEN\n            RAISE check_violation USING MESSAGE = \'the shares of a unit are more than the whole\';\n        END IF;\n        RETURN NULL;\n    ', hash='e665c82884c6c7bac586505b1ff8e64dc6954d71', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_succession_fits_a3e5a', table='units_succession', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='succession',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "units_successionevent" ("basis", "id", "is_main", "on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "predecessor_id", "relation", "share", "successor_id") VALUES (NEW."basis", NEW."id", NEW."is_main", NEW."on", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."predecessor_id", NEW."relation", NEW."share", NEW."successor_id"); RETURN NULL;', hash='a0248413709360c389309d90a4bb68c77b1309e2', operation='INSERT', pgid='pgtrigger_insert_insert_288be', table='units_succession', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='succession',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "units_successionevent" ("basis", "id", "is_main", "on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "predecessor_id", "relation", "share", "successor_id") VALUES (NEW."basis", NEW."id", NEW."is_main", NEW."on", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."predecessor_id", NEW."relation", NEW."share", NEW."successor_id"); RETURN NULL;', hash='a917ba4cd7c6ed7a90718c953d7d339cb64e5096', operation='UPDATE', pgid='pgtrigger_update_update_abf88', table='units_succession', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='unit',
                    trigger=pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='6004788cb23e94a3f6e86993a4dca7bd72dec73d', operation='DELETE', pgid='pgtrigger_never_deleted_c9813', table='units_unit', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='unit',
                    trigger=pgtrigger.compiler.Trigger(name='unit_fits', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', declare='DECLARE unit units_unit; parent units_unit; life daterange;', func='\n        SELECT * INTO unit FROM units_unit WHERE id = NEW.id;\n        IF NOT FOUND THEN\n            RETURN NULL;\n        END IF;\n        life := daterange(unit.valid_from, unit.valid_to);\n        IF unit.parent_id IS NULL THEN\n            IF unit.kind <> \'city\' THEN\n                RAISE check_violation USING MESSAGE = format(\'unit %s: only a city stands alone\', unit.code);\n            END IF;\n            IF unit.path <> \'/\' || unit.id || \'/\' THEN\n                RAISE check_violation USING MESSAGE = format(\'unit %s: the path is wrong\', unit.code);\n            END IF;\n        ELSE\n            SELECT * INTO parent FROM units_unit WHERE id = unit.parent_id;\n            IF (unit.kind, parent.kind) NOT IN ((\'committee\', \'city\'), (\'urban_district\', \'city\'), (\'rural_district\', \'city\'), (\'town\', \'city\'), (\'ward\', \'urban_district\'), (\'ward\', \'rural_district\'), (\'ward\', \'town\'), (\'ward\', \'city\'), (\'commune\', \'urban_district\'), (\'commune\', \'rural_district\'), (\'commune\', \'town\'), (\'commune\', \'city\'), (\'township\', \'urban_district\'), (\'township\', \'rural_district\'), (\'township\', \'town\'), (\'township\', \'city\')) THEN\n                RAISE check_violation USING MESSAGE =\n                    format(\'unit %s: a %s cannot be under a %s\', unit.code, unit.kind, parent.kind);\n            END IF;\n            IF NOT daterange(parent.valid_from, parent.valid_to) @> life THEN\n                RAISE check_violation USING MESSAGE = format(\'unit %s: its parent is not in force as long\', unit.code);\n            END IF;\n            IF unit.path <> parent.path || unit.id || \'/\' THEN\n                RAISE check_violation USING MESSAGE = format(\'unit %s: the path is wrong\', unit.code);\n            END IF;\n        END IF;\n        IF EXISTS (\n            SELECT FROM units_unit child WHERE child.parent_id = unit.id\n            AND (NOT life @> daterange(child.valid_from, child.valid_to)\n                OR child.path <> unit.path || child.id || \'/\')\n        ) THEN\n            RAISE check_violation USING MESSAGE = format(\'unit %s: a child does not fit it\', unit.code);\n        END IF;\n        IF EXISTS (\n            SELECT FROM units_succession link\n            WHERE (link.predecessor_id = unit.id AND link."on" IS DISTINCT FROM unit.valid_to)\n            OR (link.successor_id = unit.id AND NOT life @> link."on")\n        ) THEN\n            RAISE check_violation USING MESSAGE = format(\'unit %s: a succession does not fit it\', unit.code);\n        END IF;\n        RETURN NULL;\n    ', hash='c90194a0042b7c6f1e2956299ce2c1676461c552', operation='INSERT OR UPDATE', pgid='pgtrigger_unit_fits_7d985', table='units_unit', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='unit',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "units_unitevent" ("area_km2", "code", "full_name", "id", "kind", "lat", "lon", "name", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "population", "seat", "valid_from", "valid_to") VALUES (NEW."area_km2", NEW."code", NEW."full_name", NEW."id", NEW."kind", NEW."lat", NEW."lon", NEW."name", NEW."parent_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."population", NEW."seat", NEW."valid_from", NEW."valid_to"); RETURN NULL;', hash='31dce08d0fd698711147921d88a4918f2a2b0965', operation='INSERT', pgid='pgtrigger_insert_insert_fb1f3', table='units_unit', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='unit',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."area_km2" IS DISTINCT FROM (NEW."area_km2") OR OLD."code" IS DISTINCT FROM (NEW."code") OR OLD."full_name" IS DISTINCT FROM (NEW."full_name") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."lat" IS DISTINCT FROM (NEW."lat") OR OLD."lon" IS DISTINCT FROM (NEW."lon") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."parent_id" IS DISTINCT FROM (NEW."parent_id") OR OLD."population" IS DISTINCT FROM (NEW."population") OR OLD."seat" IS DISTINCT FROM (NEW."seat") OR OLD."valid_from" IS DISTINCT FROM (NEW."valid_from") OR OLD."valid_to" IS DISTINCT FROM (NEW."valid_to"))', func='INSERT INTO "units_unitevent" ("area_km2", "code", "full_name", "id", "kind", "lat", "lon", "name", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "population", "seat", "valid_from", "valid_to") VALUES (NEW."area_km2", NEW."code", NEW."full_name", NEW."id", NEW."kind", NEW."lat", NEW."lon", NEW."name", NEW."parent_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."population", NEW."seat", NEW."valid_from", NEW."valid_to"); RETURN NULL;', hash='98deb6604bd74d24593367917e1255357d43d0ee', operation='UPDATE', pgid='pgtrigger_update_update_727f7', table='units_unit', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='successionevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='d4a8a5de0a011e4ea7ac50f4772ce1f4130ce8e7', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_aafc3', table='units_successionevent', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='unitevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='df3d2709dc4d87fbf17ec048a9e6cb98623d0472', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_19655', table='units_unitevent', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='closedyear',
                    trigger=pgtrigger.compiler.Trigger(name='never_reopened', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='5cb05e25acdad4768ab036121278995122030341', operation='UPDATE OR DELETE', pgid='pgtrigger_never_reopened_4da36', table='units_closedyear', when='BEFORE')),
                ),
            ],
        ),
    ]
