"""Score sheets, notes, surveys and sessions of the council, as one migration.

An empty database is migrated by this; one that has seen the replaced migrations goes on with those.
"""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
import mobilization.core.files
import mobilization.core.migrating
import mobilization.core.validators
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('appraisal', '0001_initial'), ('appraisal', '0002_survey_files'), ('appraisal', '0003_version_and_standing_aside')]

    initial = True

    dependencies = [
        ('models_registry', '0008_queue_of_unit'),
        ('units', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        mobilization.core.migrating.AtOnce(
            operations=[
                migrations.CreateModel(
                    name='Appraisal',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('level', models.CharField(choices=[('grassroots', 'Grassroots'), ('intermediate', 'Intermediate'), ('city', 'City')], max_length=20, verbose_name='level')),
                        ('state', models.CharField(choices=[('draft', 'Being written'), ('handed_in', 'Handed in')], default='draft', max_length=20, verbose_name='state')),
                        ('total', models.DecimalField(decimal_places=1, default=0, max_digits=7, verbose_name='points')),
                        ('comment', models.TextField(blank=True, max_length=2000, validators=[mobilization.core.validators.validate_text], verbose_name='opinion')),
                        ('seen_version', models.PositiveIntegerField(verbose_name='version')),
                        ('changed_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='changed on')),
                        ('handed_in_at', models.DateTimeField(null=True, verbose_name='handed in on')),
                        ('appraiser', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='appraisals', to=settings.AUTH_USER_MODEL, verbose_name='appraiser')),
                        ('registration', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='appraisals', to='models_registry.registration', verbose_name='registration')),
                    ],
                    options={
                        'verbose_name': 'score sheet',
                        'verbose_name_plural': 'score sheets',
                        'constraints': [models.UniqueConstraint(fields=('registration', 'appraiser', 'level'), name='appraisal_one_sheet'), models.CheckConstraint(condition=models.Q(('level__in', ['grassroots', 'intermediate', 'city']), ('state__in', ['draft', 'handed_in'])), name='appraisal_sheet_words'), models.CheckConstraint(condition=models.Q(models.Q(('handed_in_at', None), ('state', 'draft')), models.Q(('handed_in_at__isnull', False), ('state', 'handed_in')), _connector='OR'), name='appraisal_handed_in_has_day'), models.CheckConstraint(condition=models.Q(('total__gte', 0)), name='appraisal_total_not_negative')],
                    },
                ),
                migrations.CreateModel(
                    name='AppraisalEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('level', models.CharField(choices=[('grassroots', 'Grassroots'), ('intermediate', 'Intermediate'), ('city', 'City')], max_length=20, verbose_name='level')),
                        ('state', models.CharField(choices=[('draft', 'Being written'), ('handed_in', 'Handed in')], default='draft', max_length=20, verbose_name='state')),
                        ('total', models.DecimalField(decimal_places=1, default=0, max_digits=7, verbose_name='points')),
                        ('comment', models.TextField(blank=True, max_length=2000, validators=[mobilization.core.validators.validate_text], verbose_name='opinion')),
                        ('seen_version', models.PositiveIntegerField(verbose_name='version')),
                        ('changed_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='changed on')),
                        ('handed_in_at', models.DateTimeField(null=True, verbose_name='handed in on')),
                        ('appraiser', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='appraiser')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='appraisal.appraisal')),
                        ('registration', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='models_registry.registration', verbose_name='registration')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='CouncilSession',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('level', models.CharField(choices=[('grassroots', 'Grassroots'), ('intermediate', 'Intermediate'), ('city', 'City')], max_length=20, verbose_name='level')),
                        ('title', models.CharField(max_length=300, validators=[mobilization.core.validators.validate_text], verbose_name='title')),
                        ('held_on', models.DateField(validators=[mobilization.core.validators.validate_plausible_date], verbose_name='day')),
                        ('place', models.CharField(max_length=300, validators=[mobilization.core.validators.validate_text], verbose_name='place')),
                        ('quorum', models.PositiveSmallIntegerField(help_text='So many members with a vote have to be present.', verbose_name='quorum')),
                        ('minutes_number', models.CharField(blank=True, max_length=60, validators=[mobilization.core.validators.validate_document_number], verbose_name='number of the minutes')),
                        ('state', models.CharField(choices=[('planned', 'Planned'), ('held', 'Being held'), ('closed', 'Closed')], default='planned', max_length=20, verbose_name='state')),
                        ('closed_at', models.DateTimeField(editable=False, null=True, verbose_name='closed on')),
                        ('campaign', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='council_sessions', to='models_registry.campaign', verbose_name='campaign')),
                        ('closed_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('made_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='made by')),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit', verbose_name='unit')),
                        ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                    ],
                    options={
                        'verbose_name': 'session of the council',
                        'verbose_name_plural': 'sessions of the council',
                        'constraints': [models.CheckConstraint(condition=models.Q(('level__in', ['grassroots', 'intermediate', 'city']), ('state__in', ['planned', 'held', 'closed']), models.Q(('title', ''), _negated=True), models.Q(('place', ''), _negated=True)), name='appraisal_session_words'), models.CheckConstraint(condition=models.Q(('quorum__gte', 1)), name='appraisal_session_has_quorum'), models.CheckConstraint(condition=models.Q(models.Q(('closed_at', None), ('closed_by', None), models.Q(('state', 'closed'), _negated=True)), models.Q(('closed_at__isnull', False), ('closed_by__isnull', False), ('state', 'closed'), models.Q(('minutes_number', ''), _negated=True)), _connector='OR'), name='appraisal_closed_has_minutes')],
                    },
                ),
                migrations.CreateModel(
                    name='AgendaItem',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('position', models.PositiveIntegerField(verbose_name='place in the list')),
                        ('seen_version', models.PositiveIntegerField(verbose_name='version')),
                        ('votes_for', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='for')),
                        ('votes_against', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='against')),
                        ('abstained', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='abstained')),
                        ('verdict', models.CharField(blank=True, choices=[('recognise', 'Recognise'), ('refuse', 'Do not recognise')], max_length=20, verbose_name='conclusion')),
                        ('exemplary', models.BooleanField(default=False, verbose_name='exemplary')),
                        ('reason', models.TextField(blank=True, max_length=1000, validators=[mobilization.core.validators.validate_text], verbose_name='reason')),
                        ('kept_out', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=400), blank=True, default=list, size=None, verbose_name='without a vote')),
                        ('changed_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('registration', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='agenda_items', to='models_registry.registration', verbose_name='registration')),
                        ('session', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='appraisal.councilsession', verbose_name='session')),
                    ],
                    options={
                        'verbose_name': 'item of the agenda',
                        'verbose_name_plural': 'items of the agenda',
                        'indexes': [models.Index(fields=['session', 'position'], name='appraisal_agenda')],
                        'constraints': [models.UniqueConstraint(fields=('session', 'registration'), name='appraisal_item_once'), models.CheckConstraint(condition=models.Q(('verdict__in', ['', 'recognise', 'refuse'])), name='appraisal_item_words'), models.CheckConstraint(condition=models.Q(('verdict', ''), models.Q(('abstained__isnull', False), ('votes_against__isnull', False), ('votes_for__isnull', False)), _connector='OR'), name='appraisal_verdict_by_votes'), models.CheckConstraint(condition=models.Q(models.Q(('verdict', 'recognise'), _negated=True), ('votes_for__gt', models.F('votes_against')), _connector='OR'), name='appraisal_recognised_by_majority'), models.CheckConstraint(condition=models.Q(models.Q(('verdict', 'refuse'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='appraisal_refusal_says_why'), models.CheckConstraint(condition=models.Q(('exemplary', False), ('verdict', 'recognise'), _connector='OR'), name='appraisal_exemplary_is_recognised')],
                    },
                ),
                migrations.CreateModel(
                    name='CouncilSessionEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('level', models.CharField(choices=[('grassroots', 'Grassroots'), ('intermediate', 'Intermediate'), ('city', 'City')], max_length=20, verbose_name='level')),
                        ('title', models.CharField(max_length=300, validators=[mobilization.core.validators.validate_text], verbose_name='title')),
                        ('held_on', models.DateField(validators=[mobilization.core.validators.validate_plausible_date], verbose_name='day')),
                        ('place', models.CharField(max_length=300, validators=[mobilization.core.validators.validate_text], verbose_name='place')),
                        ('quorum', models.PositiveSmallIntegerField(help_text='So many members with a vote have to be present.', verbose_name='quorum')),
                        ('minutes_number', models.CharField(blank=True, max_length=60, validators=[mobilization.core.validators.validate_document_number], verbose_name='number of the minutes')),
                        ('state', models.CharField(choices=[('planned', 'Planned'), ('held', 'Being held'), ('closed', 'Closed')], default='planned', max_length=20, verbose_name='state')),
                        ('closed_at', models.DateTimeField(editable=False, null=True, verbose_name='closed on')),
                        ('campaign', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='models_registry.campaign', verbose_name='campaign')),
                        ('closed_by', models.ForeignKey(db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                        ('made_by', models.ForeignKey(db_constraint=False, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='made by')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='appraisal.councilsession')),
                        ('unit', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='units.unit', verbose_name='unit')),
                        ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='Note',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('visibility', models.CharField(choices=[('me', 'Only me'), ('reviewers', 'Reviewers in scope'), ('unit', 'Reviewers and the unit')], max_length=20, verbose_name='who reads it')),
                        ('text', models.TextField(max_length=2000, validators=[mobilization.core.validators.validate_text], verbose_name='note')),
                        ('written_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='written on')),
                        ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='author')),
                        ('registration', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notes', to='models_registry.registration', verbose_name='registration')),
                    ],
                    options={
                        'verbose_name': 'note',
                        'verbose_name_plural': 'notes',
                        'constraints': [models.CheckConstraint(condition=models.Q(('visibility__in', ['me', 'reviewers', 'unit']), models.Q(('text', ''), _negated=True)), name='appraisal_note_words')],
                    },
                ),
                migrations.CreateModel(
                    name='Score',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('points', models.DecimalField(blank=True, decimal_places=1, max_digits=5, null=True, verbose_name='points')),
                        ('fulfilled', models.BooleanField(blank=True, null=True, verbose_name='fulfilled')),
                        ('words', models.CharField(blank=True, max_length=500, validators=[mobilization.core.validators.validate_text], verbose_name='remark')),
                        ('appraisal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='scores', to='appraisal.appraisal', verbose_name='score sheet')),
                        ('criterion', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='scores', to='models_registry.criterion', verbose_name='criterion')),
                    ],
                    options={
                        'verbose_name': 'score',
                        'verbose_name_plural': 'scores',
                        'constraints': [models.UniqueConstraint(fields=('appraisal', 'criterion'), name='appraisal_score_once'), models.CheckConstraint(condition=models.Q(('points', None), ('fulfilled', None), _connector='OR'), name='appraisal_points_or_fulfilled'), models.CheckConstraint(condition=models.Q(('points', None), models.Q(('points__gte', 0), ('points__lte', 100)), _connector='OR'), name='appraisal_points_plausible')],
                    },
                ),
                migrations.CreateModel(
                    name='SessionMember',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(max_length=150, validators=[mobilization.core.validators.validate_text], verbose_name='full name')),
                        ('post', models.CharField(blank=True, max_length=200, validators=[mobilization.core.validators.validate_text], verbose_name='post')),
                        ('part', models.CharField(choices=[('chair', 'Chair'), ('member', 'Member'), ('secretary', 'Secretary')], default='member', max_length=20, verbose_name='part in the session')),
                        ('votes', models.BooleanField(default=True, verbose_name='has a vote')),
                        ('present', models.BooleanField(default=True, verbose_name='present')),
                        ('session', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='members', to='appraisal.councilsession', verbose_name='session')),
                        ('user', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='account')),
                    ],
                    options={
                        'verbose_name': 'member of the session',
                        'verbose_name_plural': 'members of the session',
                        'ordering': ['part', 'pk'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('user__isnull', False)), fields=('session', 'user'), name='appraisal_member_once'), models.UniqueConstraint(condition=models.Q(('part', 'member'), _negated=True), fields=('session', 'part'), name='appraisal_one_of_a_part'), models.CheckConstraint(condition=models.Q(('part__in', ['chair', 'member', 'secretary']), models.Q(('name', ''), _negated=True)), name='appraisal_member_words')],
                    },
                ),
                migrations.CreateModel(
                    name='Survey',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('held_on', models.DateField(validators=[mobilization.core.validators.validate_plausible_date], verbose_name='day of the survey')),
                        ('members', models.TextField(help_text='One name a line, with the post.', max_length=1000, validators=[mobilization.core.validators.validate_text], verbose_name='who took part')),
                        ('findings', models.TextField(max_length=4000, validators=[mobilization.core.validators.validate_text], verbose_name='findings')),
                        ('written_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='written on')),
                        ('registration', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='surveys', to='models_registry.registration', verbose_name='registration')),
                        ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='written by')),
                    ],
                    options={
                        'verbose_name': 'survey on site',
                        'verbose_name_plural': 'surveys on site',
                        'ordering': ['-held_on', '-pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('members', ''), _negated=True), models.Q(('findings', ''), _negated=True)), name='appraisal_survey_says')],
                    },
                ),
                migrations.CreateModel(
                    name='SurveyFile',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('file', models.FileField(max_length=120, upload_to=mobilization.core.files.stored_path, verbose_name='file')),
                        ('original_name', models.CharField(max_length=150, verbose_name='file name')),
                        ('content_type', models.CharField(max_length=100, verbose_name='content type')),
                        ('size', models.PositiveIntegerField(verbose_name='size in bytes')),
                        ('sha256', models.CharField(max_length=64, verbose_name='SHA-256')),
                        ('uploaded_at', models.DateTimeField(auto_now_add=True, verbose_name='uploaded at')),
                        ('survey', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='files', to='appraisal.survey', verbose_name='survey on site')),
                        ('uploaded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='uploaded by')),
                    ],
                    options={
                        'verbose_name': 'file of a survey',
                        'verbose_name_plural': 'files of surveys',
                        'ordering': ['pk'],
                    },
                ),
                migrations.CreateModel(
                    name='StandingAside',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('reason', models.CharField(max_length=200, validators=[mobilization.core.validators.validate_text], verbose_name='reason')),
                        ('made_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='written on')),
                        ('item', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='standing_aside', to='appraisal.agendaitem', verbose_name='item of the agenda')),
                        ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='written by')),
                        ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='appraisal.sessionmember', verbose_name='member')),
                    ],
                    options={
                        'verbose_name': 'member who takes no part',
                        'verbose_name_plural': 'members who take no part',
                        'constraints': [models.UniqueConstraint(fields=('item', 'member'), name='appraisal_aside_once'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='appraisal_aside_says_why')],
                    },
                ),
            ],
        ),
        mobilization.core.migrating.AtOnce(
            operations=[
                pgtrigger.migrations.AddTrigger(
                    model_name='appraisal',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "appraisal_appraisalevent" ("appraiser_id", "changed_at", "comment", "handed_in_at", "id", "level", "pgh_created_at", "pgh_label", "pgh_obj_id", "registration_id", "seen_version", "state", "total") VALUES (NEW."appraiser_id", NEW."changed_at", NEW."comment", NEW."handed_in_at", NEW."id", NEW."level", NOW(), \'insert\', NEW."id", NEW."registration_id", NEW."seen_version", NEW."state", NEW."total"); RETURN NULL;', hash='a39d8574c19404aad0778865f4d4d346c2ddb48e', operation='INSERT', pgid='pgtrigger_insert_insert_8b3e6', table='appraisal_appraisal', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='appraisal',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "appraisal_appraisalevent" ("appraiser_id", "changed_at", "comment", "handed_in_at", "id", "level", "pgh_created_at", "pgh_label", "pgh_obj_id", "registration_id", "seen_version", "state", "total") VALUES (NEW."appraiser_id", NEW."changed_at", NEW."comment", NEW."handed_in_at", NEW."id", NEW."level", NOW(), \'update\', NEW."id", NEW."registration_id", NEW."seen_version", NEW."state", NEW."total"); RETURN NULL;', hash='d435cfa8a8e223aa8ecf2ce7bb5922f1261ea2bf', operation='UPDATE', pgid='pgtrigger_update_update_2b810', table='appraisal_appraisal', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='appraisalevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='f68478b3ec1e4dbab29d23bc774071ba45ff8c21', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_41a4a', table='appraisal_appraisalevent', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='councilsession',
                    trigger=pgtrigger.compiler.Trigger(name='closed_is_final', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."state" = \'closed\')', func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='2e5185ab121d613286bc759c3643e77b0f4342b8', operation='UPDATE OR DELETE', pgid='pgtrigger_closed_is_final_7e09f', table='appraisal_councilsession', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='councilsession',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "appraisal_councilsessionevent" ("campaign_id", "closed_at", "closed_by_id", "held_on", "id", "level", "made_by_id", "minutes_number", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "quorum", "state", "title", "unit_id", "version") VALUES (NEW."campaign_id", NEW."closed_at", NEW."closed_by_id", NEW."held_on", NEW."id", NEW."level", NEW."made_by_id", NEW."minutes_number", NOW(), \'insert\', NEW."id", NEW."place", NEW."quorum", NEW."state", NEW."title", NEW."unit_id", NEW."version"); RETURN NULL;', hash='93880409f7bee7a09025485fbad1f16d6fa2cd32', operation='INSERT', pgid='pgtrigger_insert_insert_2dcfb', table='appraisal_councilsession', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='councilsession',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "appraisal_councilsessionevent" ("campaign_id", "closed_at", "closed_by_id", "held_on", "id", "level", "made_by_id", "minutes_number", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "quorum", "state", "title", "unit_id", "version") VALUES (NEW."campaign_id", NEW."closed_at", NEW."closed_by_id", NEW."held_on", NEW."id", NEW."level", NEW."made_by_id", NEW."minutes_number", NOW(), \'update\', NEW."id", NEW."place", NEW."quorum", NEW."state", NEW."title", NEW."unit_id", NEW."version"); RETURN NULL;', hash='522320c6c2f7789e4a49b632942e64d17b2672d1', operation='UPDATE', pgid='pgtrigger_update_update_413eb', table='appraisal_councilsession', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='councilsessionevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='c0973ebbe5eda39ef7c9c5a51a1f9a0ef5981a27', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_84826', table='appraisal_councilsessionevent', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='note',
                    trigger=pgtrigger.compiler.Trigger(name='written_once', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='368477f611641f31834c064e5ca5233a65d59a75', operation='UPDATE', pgid='pgtrigger_written_once_23269', table='appraisal_note', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='survey',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='e386e5854a32370148f847b595218b5bd890cbc2', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_65a9c', table='appraisal_survey', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='surveyfile',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='bd4e9f5ae0b9e3c3da334fb309983c4d354997a2', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_96904', table='appraisal_surveyfile', when='BEFORE')),
                ),
            ],
        ),
    ]
