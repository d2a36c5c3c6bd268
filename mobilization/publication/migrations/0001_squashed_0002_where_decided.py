"""Decisions entered quietly and announced all at once, as one migration.

An empty database is migrated by this; one that has seen the replaced migrations goes on with those.
"""

import django.core.serializers.json
import django.db.models.deletion
import django.utils.timezone
import mobilization.core.migrating
import mobilization.core.validators
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('publication', '0001_initial'), ('publication', '0002_where_decided')]

    initial = True

    dependencies = [
        ('models_registry', '0004_messages_replace_notices'),
        ('units', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        mobilization.core.migrating.AtOnce(
            operations=[
                migrations.CreateModel(
                    name='PendingDecision',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('act', models.CharField(choices=[('recognise', 'Recognise'), ('refuse', 'Do not recognise'), ('accept_proposal', 'Recognise at the level proposed'), ('decline_proposal', 'Decline the proposal')], max_length=20, verbose_name='decision')),
                        ('level', models.CharField(choices=[('grassroots', 'Grassroots'), ('intermediate', 'Intermediate'), ('city', 'City')], max_length=20, verbose_name='level')),
                        ('exemplary', models.BooleanField(default=False, verbose_name='exemplary')),
                        ('reason', models.TextField(blank=True, validators=[mobilization.core.validators.validate_text], verbose_name='reason')),
                        ('source', models.CharField(blank=True, max_length=200, validators=[mobilization.core.validators.validate_text], verbose_name='where it was decided')),
                        ('entered_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='entered at')),
                        ('seen_version', models.PositiveIntegerField(verbose_name='version')),
                        ('entered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='entered by')),
                        ('registration', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pending_decisions', to='models_registry.registration', verbose_name='registration')),
                        ('publication', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='publication.publication', verbose_name='publication')),
                    ],
                    options={
                        'verbose_name': 'pending decision',
                        'verbose_name_plural': 'pending decisions',
                        'indexes': [models.Index(condition=models.Q(('publication', None)), fields=['level'], name='publication_waiting')],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('publication', None)), fields=('registration',), name='publication_one_pending'), models.CheckConstraint(condition=models.Q(('act__in', ['recognise', 'refuse', 'accept_proposal', 'decline_proposal']), ('level__in', ['grassroots', 'intermediate', 'city'])), name='publication_pending_words'), models.CheckConstraint(condition=models.Q(models.Q(('act__in', ['refuse', 'decline_proposal']), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='publication_refusal_says_why'), models.CheckConstraint(condition=models.Q(('exemplary', False), ('act__in', ['recognise', 'accept_proposal']), _connector='OR'), name='publication_exemplary_is_recognised')],
                    },
                ),
                migrations.CreateModel(
                    name='Publication',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('title', models.CharField(max_length=300, validators=[mobilization.core.validators.validate_text], verbose_name='title')),
                        ('body', models.CharField(max_length=200, validators=[mobilization.core.validators.validate_text], verbose_name='recognised by')),
                        ('number', models.CharField(max_length=60, validators=[mobilization.core.validators.validate_document_number], verbose_name='decision number')),
                        ('decided_on', models.DateField(validators=[mobilization.core.validators.validate_plausible_date], verbose_name='decision date')),
                        ('published_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='published at')),
                        ('counts', models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder, verbose_name='numbers')),
                        ('token', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('campaign', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='publications', to='models_registry.campaign', verbose_name='campaign')),
                        ('city', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit', verbose_name='city')),
                        ('published_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='published by')),
                    ],
                    options={
                        'verbose_name': 'publication of decisions',
                        'verbose_name_plural': 'publications of decisions',
                        'ordering': ['-published_at', '-pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('title', ''), _negated=True), models.Q(('body', ''), _negated=True), models.Q(('number', ''), _negated=True)), name='publication_by_decision')],
                    },
                ),
                migrations.CreateModel(
                    name='PendingDecisionEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('act', models.CharField(choices=[('recognise', 'Recognise'), ('refuse', 'Do not recognise'), ('accept_proposal', 'Recognise at the level proposed'), ('decline_proposal', 'Decline the proposal')], max_length=20, verbose_name='decision')),
                        ('level', models.CharField(choices=[('grassroots', 'Grassroots'), ('intermediate', 'Intermediate'), ('city', 'City')], max_length=20, verbose_name='level')),
                        ('exemplary', models.BooleanField(default=False, verbose_name='exemplary')),
                        ('reason', models.TextField(blank=True, validators=[mobilization.core.validators.validate_text], verbose_name='reason')),
                        ('source', models.CharField(blank=True, max_length=200, validators=[mobilization.core.validators.validate_text], verbose_name='where it was decided')),
                        ('entered_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='entered at')),
                        ('seen_version', models.PositiveIntegerField(verbose_name='version')),
                        ('entered_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='entered by')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='publication.pendingdecision')),
                        ('registration', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='models_registry.registration', verbose_name='registration')),
                        ('publication', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='publication.publication', verbose_name='publication')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
            ],
        ),
        mobilization.core.migrating.AtOnce(
            operations=[
                pgtrigger.migrations.AddTrigger(
                    model_name='pendingdecision',
                    trigger=pgtrigger.compiler.Trigger(name='announced_is_final', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."publication_id" IS NOT NULL)', func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='2bc771b2cb4ed1a9d2c7668bda06c7d62b7054a8', operation='UPDATE OR DELETE', pgid='pgtrigger_announced_is_final_a8d37', table='publication_pendingdecision', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='pendingdecision',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "publication_pendingdecisionevent" ("act", "entered_at", "entered_by_id", "exemplary", "id", "level", "pgh_created_at", "pgh_label", "pgh_obj_id", "publication_id", "reason", "registration_id", "seen_version", "source") VALUES (NEW."act", NEW."entered_at", NEW."entered_by_id", NEW."exemplary", NEW."id", NEW."level", NOW(), \'insert\', NEW."id", NEW."publication_id", NEW."reason", NEW."registration_id", NEW."seen_version", NEW."source"); RETURN NULL;', hash='54891896773a752e73171cea38ba23ee6fb3bc87', operation='INSERT', pgid='pgtrigger_insert_insert_ff53a', table='publication_pendingdecision', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='pendingdecision',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "publication_pendingdecisionevent" ("act", "entered_at", "entered_by_id", "exemplary", "id", "level", "pgh_created_at", "pgh_label", "pgh_obj_id", "publication_id", "reason", "registration_id", "seen_version", "source") VALUES (NEW."act", NEW."entered_at", NEW."entered_by_id", NEW."exemplary", NEW."id", NEW."level", NOW(), \'update\', NEW."id", NEW."publication_id", NEW."reason", NEW."registration_id", NEW."seen_version", NEW."source"); RETURN NULL;', hash='7e7152dcd216f2747bad73cdd97e74f61562134c', operation='UPDATE', pgid='pgtrigger_update_update_4a857', table='publication_pendingdecision', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='pendingdecision',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "publication_pendingdecisionevent" ("act", "entered_at", "entered_by_id", "exemplary", "id", "level", "pgh_created_at", "pgh_label", "pgh_obj_id", "publication_id", "reason", "registration_id", "seen_version", "source") VALUES (OLD."act", OLD."entered_at", OLD."entered_by_id", OLD."exemplary", OLD."id", OLD."level", NOW(), \'delete\', OLD."id", OLD."publication_id", OLD."reason", OLD."registration_id", OLD."seen_version", OLD."source"); RETURN NULL;', hash='2f531c4f889f039842591e43c60403e09eba56ef', operation='DELETE', pgid='pgtrigger_delete_delete_d5d2e', table='publication_pendingdecision', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='publication',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='8f19e800067cd9f101c76c078743c4b92fb2b362', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_45846', table='publication_publication', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='pendingdecisionevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='fd90181f42ceaf7eb80a9dd3d8da56260593efa6', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_afb99', table='publication_pendingdecisionevent', when='BEFORE')),
                ),
            ],
        ),
    ]
