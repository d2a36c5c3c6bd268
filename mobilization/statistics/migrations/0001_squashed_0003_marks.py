"""Figures, their computing and closing, and the triggers that note what changed, as one migration.

An empty database is migrated by this; one that has seen the replaced migrations goes on with those.
"""

import django.core.serializers.json
import django.db.models.deletion
import django.db.models.functions.datetime
import django.utils.timezone
import mobilization.core.migrating
import mobilization.core.validators
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

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

    replaces = [('statistics', '0001_initial'), ('statistics', '0002_computing_and_closing'), ('statistics', '0003_marks')]

    initial = True

    dependencies = [
        ('awards', '0004_newest_first'),
        ('dialogues', '0004_sensitive'),
        ('models_registry', '0008_queue_of_unit'),
        ('units', '0002_closed_years'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        mobilization.core.migrating.AtOnce(
            operations=[
                migrations.CreateModel(
                    name='Figure',
                    fields=[
                        ('pk', models.CompositePrimaryKey('year', 'basis', 'unit', 'dimension', 'measure', 'key', blank=True, editable=False, primary_key=True, serialize=False)),
                        ('year', models.PositiveSmallIntegerField(verbose_name='year')),
                        ('basis', models.CharField(choices=[('as_filed', 'Units of the time'), ('current', 'Units of today')], max_length=8, verbose_name='basis')),
                        ('dimension', models.CharField(choices=[('none', 'Total'), ('field', 'By field'), ('level', 'By level'), ('kind', 'By kind'), ('subject', 'By subject'), ('tier', 'By tier of the granting body')], max_length=8, verbose_name='breakdown')),
                        ('measure', models.CharField(max_length=32, verbose_name='measure')),
                        ('key', models.CharField(blank=True, max_length=20, verbose_name='key of the breakdown')),
                        ('own', models.BigIntegerField(verbose_name='own')),
                        ('subtree', models.BigIntegerField(verbose_name='with all units below')),
                        ('estimated', models.BooleanField(verbose_name='estimate')),
                        ('unit', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit', verbose_name='unit')),
                    ],
                    options={
                        'verbose_name': 'figure',
                        'verbose_name_plural': 'figures',
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('dimension', 'none'), ('key', '')), models.Q(models.Q(('dimension', 'none'), _negated=True), models.Q(('key', ''), _negated=True)), _connector='OR'), name='figure_total_has_no_key'), models.CheckConstraint(condition=models.Q(('basis', 'current'), ('estimated', False), _connector='OR'), name='figure_as_filed_is_no_estimate')],
                    },
                ),
                migrations.CreateModel(
                    name='YearStatus',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('year', models.PositiveSmallIntegerField(verbose_name='year')),
                        ('computed_at', models.DateTimeField(verbose_name='computed at')),
                        ('figures', models.PositiveIntegerField(verbose_name='figures')),
                        ('changed', models.PositiveIntegerField(verbose_name='changed by the last run')),
                        ('duration', models.DurationField(verbose_name='duration')),
                        ('final', models.BooleanField(default=False, verbose_name='final')),
                        ('city', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit', verbose_name='city')),
                        ('computed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='computed by')),
                    ],
                    options={
                        'verbose_name': 'year of statistics',
                        'verbose_name_plural': 'years of statistics',
                        'ordering': ['-year'],
                        'constraints': [models.UniqueConstraint(fields=('city', 'year'), name='one_status_per_year_and_city')],
                    },
                ),
                migrations.CreateModel(
                    name='Adjustment',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('year', models.PositiveSmallIntegerField(verbose_name='year')),
                        ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='at')),
                        ('causes', models.JSONField(default=list, encoder=django.core.serializers.json.DjangoJSONEncoder, verbose_name='causes')),
                        ('unexplained', models.BooleanField(default=False, verbose_name='without a known cause')),
                        ('city', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit', verbose_name='city')),
                    ],
                    options={
                        'verbose_name': 'adjustment after closing',
                        'verbose_name_plural': 'adjustments after closing',
                        'ordering': ['id'],
                        'indexes': [models.Index(fields=['city', 'year', 'id'], name='adjustment_of_year')],
                    },
                ),
                migrations.CreateModel(
                    name='AdjustmentLine',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('basis', models.CharField(choices=[('as_filed', 'Units of the time'), ('current', 'Units of today')], max_length=8, verbose_name='basis')),
                        ('dimension', models.CharField(choices=[('none', 'Total'), ('field', 'By field'), ('level', 'By level'), ('kind', 'By kind'), ('subject', 'By subject'), ('tier', 'By tier of the granting body')], max_length=8, verbose_name='breakdown')),
                        ('measure', models.CharField(max_length=32, verbose_name='measure')),
                        ('key', models.CharField(blank=True, max_length=20, verbose_name='key of the breakdown')),
                        ('own', models.BigIntegerField(verbose_name='own')),
                        ('subtree', models.BigIntegerField(verbose_name='with all units below')),
                        ('adjustment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='statistics.adjustment')),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit', verbose_name='unit')),
                    ],
                    options={
                        'verbose_name': 'line of an adjustment',
                        'verbose_name_plural': 'lines of adjustments',
                        'constraints': [models.UniqueConstraint(fields=('adjustment', 'basis', 'unit', 'dimension', 'measure', 'key'), name='adjustment_line_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Correction',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('year', models.PositiveSmallIntegerField(verbose_name='year')),
                        ('record', models.CharField(max_length=80, verbose_name='record')),
                        ('title', models.CharField(max_length=500, verbose_name='record')),
                        ('url', models.CharField(max_length=200)),
                        ('wanted', models.TextField(max_length=2000, validators=[mobilization.core.validators.validate_text], verbose_name='what is to be changed')),
                        ('reason', models.TextField(max_length=2000, validators=[mobilization.core.validators.validate_text], verbose_name='reason')),
                        ('state', models.CharField(choices=[('asked', 'Waiting for a decision'), ('approved', 'Approved'), ('declined', 'Declined')], default='asked', max_length=10, verbose_name='state')),
                        ('asked_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='asked at')),
                        ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='decided at')),
                        ('answer', models.TextField(blank=True, max_length=2000, validators=[mobilization.core.validators.validate_text], verbose_name='words of the decision')),
                        ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='asked by')),
                        ('city', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit', verbose_name='city')),
                        ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='decided by')),
                        ('permit', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.yearpermit')),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit', verbose_name='unit')),
                    ],
                    options={
                        'verbose_name': 'correction after closing',
                        'verbose_name_plural': 'corrections after closing',
                        'ordering': ['-id'],
                        'indexes': [models.Index(fields=['city', 'state', 'id'], name='correction_state')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('state', 'asked'), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False)), _connector='OR'), name='correction_decided_by_somebody'), models.CheckConstraint(condition=models.Q(('decided_by__isnull', True), models.Q(('decided_by', models.F('asked_by')), _negated=True), _connector='OR'), name='correction_decided_by_another'), models.CheckConstraint(condition=models.Q(models.Q(('permit__isnull', False), ('state', 'approved')), models.Q(models.Q(('state', 'approved'), _negated=True), ('permit__isnull', True)), _connector='OR'), name='correction_approved_has_permit')],
                    },
                ),
                migrations.CreateModel(
                    name='Mark',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('year', models.PositiveSmallIntegerField(verbose_name='year')),
                        ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='at')),
                        ('unit', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit', verbose_name='unit')),
                    ],
                    options={
                        'verbose_name': 'mark of a change',
                        'verbose_name_plural': 'marks of changes',
                    },
                ),
                migrations.CreateModel(
                    name='RebuildRun',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('year', models.PositiveSmallIntegerField(verbose_name='year')),
                        ('why', models.CharField(choices=[('asked', 'Asked for'), ('change', 'Something changed'), ('nightly', 'Every night'), ('command', 'By command'), ('closing', 'Closing of the year')], max_length=10, verbose_name='why')),
                        ('state', models.CharField(choices=[('running', 'Running'), ('done', 'Done'), ('failed', 'Failed'), ('cut_off', 'Cut off')], default='running', max_length=10, verbose_name='state')),
                        ('began_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='began at')),
                        ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='ended at')),
                        ('rows', models.PositiveIntegerField(default=0, verbose_name='figures')),
                        ('changed', models.PositiveIntegerField(default=0, verbose_name='differences')),
                        ('marks', models.PositiveIntegerField(default=0, verbose_name='changes that led to it')),
                        ('message', models.TextField(blank=True, verbose_name='message')),
                        ('actor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='asked by')),
                        ('city', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit', verbose_name='city')),
                    ],
                    options={
                        'verbose_name': 'computation of a year',
                        'verbose_name_plural': 'computations of years',
                        'ordering': ['-id'],
                        'indexes': [models.Index(fields=['city', 'year', '-id'], name='run_newest_of_year'), models.Index(fields=['city', '-id'], name='run_newest')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('state', 'running'), ('ended_at__isnull', False), _connector='OR'), name='run_over_has_end')],
                    },
                ),
                migrations.CreateModel(
                    name='Reconciliation',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('year', models.PositiveSmallIntegerField(verbose_name='year')),
                        ('began_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='began at')),
                        ('ended_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='ended at')),
                        ('compared', models.PositiveIntegerField(verbose_name='figures compared')),
                        ('differences', models.PositiveIntegerField(verbose_name='differences')),
                        ('city', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit', verbose_name='city')),
                    ],
                    options={
                        'verbose_name': 'reconciliation',
                        'verbose_name_plural': 'reconciliations',
                        'ordering': ['-id'],
                        'indexes': [models.Index(fields=['city', 'year', '-id'], name='reconciliation_newest')],
                    },
                ),
                migrations.CreateModel(
                    name='Mismatch',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('basis', models.CharField(choices=[('as_filed', 'Units of the time'), ('current', 'Units of today')], max_length=8, verbose_name='basis')),
                        ('scope', models.CharField(max_length=8, verbose_name='scope')),
                        ('measure', models.CharField(max_length=32, verbose_name='measure')),
                        ('dimension', models.CharField(choices=[('none', 'Total'), ('field', 'By field'), ('level', 'By level'), ('kind', 'By kind'), ('subject', 'By subject'), ('tier', 'By tier of the granting body')], max_length=8, verbose_name='breakdown')),
                        ('key', models.CharField(blank=True, max_length=20, verbose_name='key of the breakdown')),
                        ('stored', models.BigIntegerField(verbose_name='stored')),
                        ('counted', models.BigIntegerField(verbose_name='counted')),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit', verbose_name='unit')),
                        ('reconciliation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='mismatches', to='statistics.reconciliation')),
                    ],
                    options={
                        'verbose_name': 'difference',
                        'verbose_name_plural': 'differences',
                        'ordering': ['id'],
                    },
                ),
                migrations.CreateModel(
                    name='Seal',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('year', models.PositiveSmallIntegerField(verbose_name='year')),
                        ('number', models.PositiveIntegerField(verbose_name='number in the chain')),
                        ('header', models.TextField(verbose_name='who, when, of what')),
                        ('figures', models.TextField(verbose_name='figures')),
                        ('cells', models.TextField(verbose_name='counted records')),
                        ('previous', models.CharField(blank=True, max_length=64, verbose_name='hash of the seal before')),
                        ('sha256', models.CharField(max_length=64, unique=True, verbose_name='hash')),
                        ('sealed_at', models.DateTimeField(verbose_name='sealed at')),
                        ('words', models.TextField(blank=True, verbose_name='what was open, and why it was closed all the same')),
                        ('city', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit', verbose_name='city')),
                        ('sealed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='sealed by')),
                    ],
                    options={
                        'verbose_name': 'seal of a year',
                        'verbose_name_plural': 'seals of years',
                        'ordering': ['city', 'number'],
                        'constraints': [models.UniqueConstraint(fields=('city', 'year'), name='seal_once_a_year'), models.UniqueConstraint(fields=('city', 'number'), name='seal_chain_does_not_fork')],
                    },
                ),
            ],
        ),
        mobilization.core.migrating.AtOnce(
            operations=[
                pgtrigger.migrations.AddTrigger(
                    model_name='seal',
                    trigger=pgtrigger.compiler.Trigger(name='never_changed', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='a6c1f9d50157ff09951b3661f8ad39366f8d0155', operation='UPDATE OR DELETE', pgid='pgtrigger_never_changed_38937', table='statistics_seal', when='BEFORE')),
                ),
            ],
        ),
        migrations.RunSQL(REFUSE, "DROP FUNCTION statistics_refuse_closed(bigint, integer)"),
        migrations.RunSQL(TREE, "DROP FUNCTION statistics_note_tree() CASCADE"),
        *(migrations.RunSQL(watched.create(), watched.drop()) for watched in WATCHED),
    ]
