"""Dialogues, their opinions and what became of them, as one migration.

An empty database is migrated by this; one that has seen the replaced migrations goes on with those.
"""

import datetime
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.comparison
import django.utils.timezone
import mobilization.core.files
import mobilization.core.migrating
import mobilization.core.search
import mobilization.core.validators
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


# The yearly duty to hold dialogues, as far as the portal's years reach.
DECREE_32 = "Nghị định 32/2021/NĐ-CP"
LAW_72 = "Luật 72/2025/QH15, Điều 43"
DUTIES = [
    # The decree carries out the pilot of Hanoi's urban government, which began on 1 July 2021 and concerned wards.
    ("ward", 2, datetime.date(2021, 7, 1), datetime.date(2025, 7, 1), DECREE_32),
    ("ward", 1, datetime.date(2025, 7, 1), None, LAW_72),
    ("commune", 1, datetime.date(2025, 7, 1), None, LAW_72),
]


def load(apps, schema_editor):
    duty = apps.get_model("dialogues", "DialogueDuty")
    duty.objects.bulk_create(
        duty(unit_kind=kind, per_year=number, valid_from=start, valid_to=end, basis=basis)
        for kind, number, start, end, basis in DUTIES
    )


class Migration(migrations.Migration):

    replaces = [('dialogues', '0001_initial'), ('dialogues', '0002_duties'), ('dialogues', '0003_ledger'), ('dialogues', '0004_sensitive'), ('dialogues', '0005_first_due_date'), ('dialogues', '0006_planned_index')]

    initial = True

    dependencies = [
        ('core', '0001_fold'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('units', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        mobilization.core.migrating.AtOnce(
            operations=[
                migrations.CreateModel(
                    name='Dialogue',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(choices=[('periodic', 'Periodic'), ('ad_hoc', 'Ad hoc')], default='periodic', max_length=16, verbose_name='Kind')),
                        ('state', models.CharField(choices=[('planned', 'Planned'), ('announced', 'Announced'), ('held', 'Held'), ('published', 'Results published'), ('cancelled', 'Cancelled')], default='planned', editable=False, max_length=16, verbose_name='State')),
                        ('topic', models.CharField(max_length=500, validators=[mobilization.core.validators.validate_text], verbose_name='Topic')),
                        ('plan_number', models.CharField(blank=True, max_length=100, validators=[mobilization.core.validators.validate_text], verbose_name='Plan number')),
                        ('plan_date', models.DateField(blank=True, null=True, verbose_name='Plan date')),
                        ('held_on', models.DateField(verbose_name='Date of the dialogue')),
                        ('starts_at', models.TimeField(blank=True, null=True, verbose_name='Start')),
                        ('venue', models.CharField(blank=True, max_length=300, validators=[mobilization.core.validators.validate_text], verbose_name='Venue')),
                        ('form', models.CharField(choices=[('in_person', 'In person'), ('online', 'Online'), ('mixed', 'In person and online')], default='in_person', max_length=16, verbose_name='Form')),
                        ('chairs', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('party_secretary', 'Party secretary'), ('council_chair', "Chair of the People's Council"), ('committee_chair', "Chair of the People's Committee")], max_length=32), blank=True, default=list, size=None, verbose_name='Chaired by')),
                        ('attending', models.PositiveIntegerField(blank=True, null=True, verbose_name='People attending')),
                        ('spoke', models.PositiveIntegerField(blank=True, null=True, verbose_name='People who spoke')),
                        ('minutes_number', models.CharField(blank=True, max_length=100, validators=[mobilization.core.validators.validate_text], verbose_name='Minutes number')),
                        ('minutes_date', models.DateField(blank=True, null=True, verbose_name='Minutes date')),
                        ('conclusion_number', models.CharField(blank=True, max_length=100, validators=[mobilization.core.validators.validate_text], verbose_name='Conclusion notice number')),
                        ('conclusion_date', models.DateField(blank=True, null=True, verbose_name='Conclusion notice date')),
                        ('announced_on', models.DateField(blank=True, null=True, verbose_name='Announced on')),
                        ('published_on', models.DateField(blank=True, null=True, verbose_name='Results published on')),
                        ('cancel_reason', models.TextField(blank=True, max_length=4000, validators=[mobilization.core.validators.validate_text], verbose_name='Reason of cancelling')),
                        ('summary_only', models.BooleanField(default=False, verbose_name='Summary only')),
                        ('opinions_total', models.PositiveIntegerField(blank=True, null=True, verbose_name='Opinions in total')),
                        ('opinions_on_spot', models.PositiveIntegerField(blank=True, null=True, verbose_name='Answered on the spot')),
                        ('opinions_resolved', models.PositiveIntegerField(blank=True, null=True, verbose_name='Resolved')),
                        ('opinions_in_progress', models.PositiveIntegerField(blank=True, null=True, verbose_name='Being dealt with')),
                        ('opinions_outside', models.PositiveIntegerField(blank=True, null=True, verbose_name='Outside competence')),
                        ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        ('updated_at', models.DateTimeField(auto_now=True)),
                        ('version', models.PositiveIntegerField(default=1, editable=False)),
                        ('search', models.GeneratedField(db_persist=True, expression=mobilization.core.search._Joined(mobilization.core.search._WeightedVector(mobilization.core.search.Fold(django.db.models.functions.comparison.Coalesce(models.F('topic'), models.Value(''), output_field=models.TextField())), weight='A'), mobilization.core.search._WeightedVector(mobilization.core.search.Fold(django.db.models.functions.comparison.Coalesce(models.F('venue'), models.Value(''), output_field=models.TextField())), weight='B')), output_field=django.contrib.postgres.search.SearchVectorField())),
                        ('typed_by', models.ForeignKey(db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Recorded by')),
                        ('unit', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='dialogues', to='units.unit', verbose_name='Unit')),
                    ],
                    options={
                        'verbose_name': 'Dialogue',
                        'verbose_name_plural': 'Dialogues',
                        'indexes': [models.Index(models.OrderBy(models.F('held_on'), descending=True), models.OrderBy(models.F('id'), descending=True), name='dialogue_newest'), models.Index(models.OrderBy(models.F('held_on'), descending=True), models.OrderBy(models.F('id'), descending=True), condition=models.Q(('state', 'published')), name='dialogue_published_newest'), models.Index(models.F('unit'), models.OrderBy(models.F('held_on'), descending=True), models.OrderBy(models.F('id'), descending=True), name='dialogue_unit_newest'), django.contrib.postgres.indexes.GinIndex(models.F('search'), name='dialogue_search'), models.Index(condition=models.Q(('state__in', ['planned', 'announced'])), fields=['held_on', 'id'], name='dialogue_planned')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['planned', 'announced', 'held', 'published', 'cancelled'])), name='dialogue_state_known'), models.CheckConstraint(condition=models.Q(('kind__in', ['periodic', 'ad_hoc'])), name='dialogue_kind_known'), models.CheckConstraint(condition=models.Q(('form__in', ['in_person', 'online', 'mixed'])), name='dialogue_form_known'), models.CheckConstraint(condition=models.Q(('chairs__contained_by', ['party_secretary', 'council_chair', 'committee_chair'])), name='dialogue_chairs_known'), models.CheckConstraint(condition=models.Q(('topic', ''), _negated=True), name='dialogue_topic_given'), models.CheckConstraint(condition=models.Q(models.Q(('published_on__isnull', False), ('state', 'published')), models.Q(models.Q(('state', 'published'), _negated=True), ('published_on__isnull', True)), _connector='OR'), name='dialogue_published_with_date'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'announced'), _negated=True), ('announced_on__isnull', False), _connector='OR'), name='dialogue_announced_with_date'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'cancelled'), models.Q(('cancel_reason', ''), _negated=True)), models.Q(models.Q(('state', 'cancelled'), _negated=True), ('cancel_reason', '')), _connector='OR'), name='dialogue_cancelled_with_reason'), models.CheckConstraint(condition=models.Q(models.Q(('plan_date', None), ('plan_date__lte', models.F('held_on')), _connector='OR'), models.Q(('announced_on', None), ('announced_on__lte', models.F('held_on')), _connector='OR')), name='dialogue_plan_and_notice_before'), models.CheckConstraint(condition=models.Q(models.Q(('minutes_date', None), ('minutes_date__gte', models.F('held_on')), _connector='OR'), models.Q(('conclusion_date', None), ('conclusion_date__gte', models.F('held_on')), _connector='OR'), models.Q(('published_on', None), ('published_on__gte', models.F('held_on')), _connector='OR')), name='dialogue_results_after'), models.CheckConstraint(condition=models.Q(('attending', None), ('spoke', None), ('spoke__lte', models.F('attending')), _connector='OR'), name='dialogue_spoke_attended'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', frozenset(['held', 'published'])), ('summary_only', True)), models.Q(('opinions_in_progress__isnull', True), ('opinions_on_spot__isnull', True), ('opinions_outside__isnull', True), ('opinions_resolved__isnull', True), ('opinions_total__isnull', True), ('summary_only', False)), _connector='OR'), name='dialogue_totals_need_summary'), models.CheckConstraint(condition=models.Q(models.Q(('opinions_in_progress__isnull', True), ('opinions_on_spot__isnull', True), ('opinions_outside__isnull', True), ('opinions_resolved__isnull', True), ('opinions_total__isnull', True)), models.Q(('opinions_total__gte', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.functions.comparison.Coalesce(models.F('opinions_on_spot'), 0), '+', django.db.models.functions.comparison.Coalesce(models.F('opinions_resolved'), 0)), '+', django.db.models.functions.comparison.Coalesce(models.F('opinions_in_progress'), 0)), '+', django.db.models.functions.comparison.Coalesce(models.F('opinions_outside'), 0))), ('opinions_total__isnull', False)), _connector='OR'), name='dialogue_totals_add_up')],
                    },
                ),
                migrations.CreateModel(
                    name='DialogueAttachment',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('file', models.FileField(max_length=120, upload_to=mobilization.core.files.stored_path, verbose_name='file')),
                        ('original_name', models.CharField(max_length=150, verbose_name='file name')),
                        ('content_type', models.CharField(max_length=100, verbose_name='content type')),
                        ('size', models.PositiveIntegerField(verbose_name='size in bytes')),
                        ('sha256', models.CharField(max_length=64, verbose_name='SHA-256')),
                        ('uploaded_at', models.DateTimeField(auto_now_add=True, verbose_name='uploaded at')),
                        ('kind', models.CharField(choices=[('plan', 'Plan'), ('notice', 'Notice'), ('minutes', 'Minutes'), ('conclusion', 'Conclusion notice'), ('picture', 'Picture'), ('other', 'Other document')], max_length=16, verbose_name='What it is')),
                        ('dialogue', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attachments', to='dialogues.dialogue')),
                        ('uploaded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='uploaded by')),
                    ],
                    options={
                        'verbose_name': 'Attachment',
                        'verbose_name_plural': 'Attachments',
                        'ordering': ('uploaded_at', 'id'),
                    },
                ),
                migrations.CreateModel(
                    name='DialogueDuty',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('unit_kind', models.CharField(choices=[('city', 'City'), ('urban_district', 'Urban district'), ('rural_district', 'Rural district'), ('town', 'Town'), ('ward', 'Ward'), ('commune', 'Commune'), ('township', 'Township'), ('committee', 'Committee directly under the city')], max_length=16, verbose_name='Kind of unit')),
                        ('per_year', models.PositiveSmallIntegerField(verbose_name='Dialogues a year')),
                        ('valid_from', models.DateField(verbose_name='From')),
                        ('valid_to', models.DateField(blank=True, null=True, verbose_name='Until')),
                        ('basis', models.CharField(max_length=200, verbose_name='Legal basis')),
                    ],
                    options={
                        'verbose_name': 'Dialogue duty',
                        'verbose_name_plural': 'Dialogue duties',
                        'ordering': ('unit_kind', 'valid_from'),
                        'constraints': [models.UniqueConstraint(fields=('unit_kind', 'valid_from'), name='duty_kind_from_once'), models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='duty_period_in_order'), models.CheckConstraint(condition=models.Q(('unit_kind__in', ['city', 'urban_district', 'rural_district', 'town', 'ward', 'commune', 'township', 'committee'])), name='duty_unit_kind_known')],
                    },
                ),
                migrations.CreateModel(
                    name='DialogueEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('kind', models.CharField(choices=[('periodic', 'Periodic'), ('ad_hoc', 'Ad hoc')], default='periodic', max_length=16, verbose_name='Kind')),
                        ('state', models.CharField(choices=[('planned', 'Planned'), ('announced', 'Announced'), ('held', 'Held'), ('published', 'Results published'), ('cancelled', 'Cancelled')], default='planned', editable=False, max_length=16, verbose_name='State')),
                        ('topic', models.CharField(max_length=500, validators=[mobilization.core.validators.validate_text], verbose_name='Topic')),
                        ('plan_number', models.CharField(blank=True, max_length=100, validators=[mobilization.core.validators.validate_text], verbose_name='Plan number')),
                        ('plan_date', models.DateField(blank=True, null=True, verbose_name='Plan date')),
                        ('held_on', models.DateField(verbose_name='Date of the dialogue')),
                        ('starts_at', models.TimeField(blank=True, null=True, verbose_name='Start')),
                        ('venue', models.CharField(blank=True, max_length=300, validators=[mobilization.core.validators.validate_text], verbose_name='Venue')),
                        ('form', models.CharField(choices=[('in_person', 'In person'), ('online', 'Online'), ('mixed', 'In person and online')], default='in_person', max_length=16, verbose_name='Form')),
                        ('chairs', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('party_secretary', 'Party secretary'), ('council_chair', "Chair of the People's Council"), ('committee_chair', "Chair of the People's Committee")], max_length=32), blank=True, default=list, size=None, verbose_name='Chaired by')),
                        ('attending', models.PositiveIntegerField(blank=True, null=True, verbose_name='People attending')),
                        ('spoke', models.PositiveIntegerField(blank=True, null=True, verbose_name='People who spoke')),
                        ('minutes_number', models.CharField(blank=True, max_length=100, validators=[mobilization.core.validators.validate_text], verbose_name='Minutes number')),
                        ('minutes_date', models.DateField(blank=True, null=True, verbose_name='Minutes date')),
                        ('conclusion_number', models.CharField(blank=True, max_length=100, validators=[mobilization.core.validators.validate_text], verbose_name='Conclusion notice number')),
                        ('conclusion_date', models.DateField(blank=True, null=True, verbose_name='Conclusion notice date')),
                        ('announced_on', models.DateField(blank=True, null=True, verbose_name='Announced on')),
                        ('published_on', models.DateField(blank=True, null=True, verbose_name='Results published on')),
                        ('cancel_reason', models.TextField(blank=True, max_length=4000, validators=[mobilization.core.validators.validate_text], verbose_name='Reason of cancelling')),
                        ('summary_only', models.BooleanField(default=False, verbose_name='Summary only')),
                        ('opinions_total', models.PositiveIntegerField(blank=True, null=True, verbose_name='Opinions in total')),
                        ('opinions_on_spot', models.PositiveIntegerField(blank=True, null=True, verbose_name='Answered on the spot')),
                        ('opinions_resolved', models.PositiveIntegerField(blank=True, null=True, verbose_name='Resolved')),
                        ('opinions_in_progress', models.PositiveIntegerField(blank=True, null=True, verbose_name='Being dealt with')),
                        ('opinions_outside', models.PositiveIntegerField(blank=True, null=True, verbose_name='Outside competence')),
                        ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        ('version', models.PositiveIntegerField(default=1, editable=False)),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='dialogues.dialogue')),
                        ('typed_by', models.ForeignKey(db_constraint=False, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Recorded by')),
                        ('unit', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='units.unit', verbose_name='Unit')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='DialogueStep',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('version', models.PositiveIntegerField()),
                        ('changed', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, size=None)),
                        ('act', models.CharField(choices=[('plan', 'Planned'), ('record', 'Recorded after it was held'), ('edit', 'Changed'), ('announce', 'Announced'), ('hold', 'Held'), ('publish', 'Results published'), ('cancel', 'Cancelled')], max_length=16)),
                        ('from_state', models.CharField(blank=True, choices=[('planned', 'Planned'), ('announced', 'Announced'), ('held', 'Held'), ('published', 'Results published'), ('cancelled', 'Cancelled')], max_length=16)),
                        ('to_state', models.CharField(choices=[('planned', 'Planned'), ('announced', 'Announced'), ('held', 'Held'), ('published', 'Results published'), ('cancelled', 'Cancelled')], max_length=16)),
                        ('reason', models.TextField(blank=True)),
                        ('actor', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Actor')),
                        ('dialogue', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='dialogues.dialogue')),
                    ],
                    options={
                        'ordering': ('at', 'id'),
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='Opinion',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('order', models.PositiveSmallIntegerField(editable=False, verbose_name='Number')),
                        ('field', models.CharField(choices=[('land', 'Land, site clearance, resettlement'), ('construction', 'Urban management, order of construction'), ('infrastructure', 'Roads and infrastructure'), ('environment', 'Environment'), ('economy', 'Economy, livelihoods'), ('culture_society', 'Culture, education, health'), ('welfare', 'Social policy'), ('security', 'Security and public order'), ('administration', 'Administrative procedures, conduct of officials'), ('political_system', 'Party and political system'), ('other', 'Other')], max_length=20, verbose_name='Field of the opinion')),
                        ('matter', models.CharField(max_length=300, validators=[mobilization.core.validators.validate_text], verbose_name='Matter')),
                        ('text', models.TextField(max_length=4000, validators=[mobilization.core.validators.validate_text], verbose_name='Text of the opinion')),
                        ('author_name', models.CharField(blank=True, help_text='Optional. Never published and never exported.', max_length=150, validators=[mobilization.core.validators.validate_text], verbose_name='Raised by')),
                        ('due_on', models.DateField(blank=True, null=True, verbose_name='Due date')),
                        ('status', models.CharField(choices=[('received', 'Received'), ('answered_on_spot', 'Answered on the spot'), ('in_progress', 'Being dealt with'), ('resolved', 'Resolved'), ('outside_competence', 'Outside competence'), ('not_accepted', 'Not accepted')], default='received', editable=False, max_length=20, verbose_name='Status')),
                        ('answer', models.TextField(blank=True, max_length=4000, validators=[mobilization.core.validators.validate_text], verbose_name='Answer')),
                        ('answered_on', models.DateField(blank=True, null=True, verbose_name='Date of the answer')),
                        ('answer_document', models.CharField(blank=True, max_length=200, validators=[mobilization.core.validators.validate_text], verbose_name='Document of the answer')),
                        ('reason', models.TextField(blank=True, max_length=4000, validators=[mobilization.core.validators.validate_text], verbose_name='Reason')),
                        ('reopened', models.PositiveSmallIntegerField(default=0, editable=False, verbose_name='Times re-opened')),
                        ('is_public', models.BooleanField(default=False, editable=False, verbose_name='Published')),
                        ('public_text', models.TextField(blank=True, max_length=4000, validators=[mobilization.core.validators.validate_text], verbose_name='Public text')),
                        ('public_answer', models.TextField(blank=True, max_length=4000, validators=[mobilization.core.validators.validate_text], verbose_name='Public answer')),
                        ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        ('updated_at', models.DateTimeField(auto_now=True)),
                        ('version', models.PositiveIntegerField(default=1, editable=False)),
                        ('search', models.GeneratedField(db_persist=True, expression=mobilization.core.search._Joined(mobilization.core.search._WeightedVector(mobilization.core.search.Fold(django.db.models.functions.comparison.Coalesce(models.F('matter'), models.Value(''), output_field=models.TextField())), weight='A'), mobilization.core.search._WeightedVector(mobilization.core.search.Fold(django.db.models.functions.comparison.Coalesce(models.F('public_text'), models.Value(''), output_field=models.TextField())), weight='B')), output_field=django.contrib.postgres.search.SearchVectorField())),
                        ('dialogue', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='opinions', to='dialogues.dialogue', verbose_name='Dialogue')),
                        ('typed_by', models.ForeignKey(db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Recorded by')),
                        ('unit_in_charge', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='opinions_in_charge', to='units.unit', verbose_name='Unit in charge')),
                        ('reopen_asked', models.BooleanField(default=False, editable=False, verbose_name='Asked to be re-opened')),
                        ('is_sensitive', models.BooleanField(default=False, help_text='Only the recording unit, the unit in charge and city staff can open it; every reading is logged, and it is never published or exported.', verbose_name='Sensitive')),
                        ('promised_on', models.DateField(editable=False, null=True, verbose_name='First due date')),
                    ],
                    options={
                        'verbose_name': 'Opinion',
                        'verbose_name_plural': 'Opinions',
                        'indexes': [models.Index(models.F('unit_in_charge'), models.F('status'), models.F('due_on'), name='opinion_in_charge'), models.Index(models.F('due_on'), models.F('id'), condition=models.Q(('status__in', frozenset(['in_progress', 'received']))), name='opinion_open_due'), django.contrib.postgres.indexes.GinIndex(models.F('search'), name='opinion_search'), models.Index(condition=models.Q(('is_public', True)), fields=['-id'], name='opinion_public_newest')],
                        'constraints': [models.UniqueConstraint(fields=('dialogue', 'order'), name='opinion_order_once'), models.CheckConstraint(condition=models.Q(('status__in', ['received', 'answered_on_spot', 'in_progress', 'resolved', 'outside_competence', 'not_accepted'])), name='opinion_status_known'), models.CheckConstraint(condition=models.Q(('field__in', ['land', 'construction', 'infrastructure', 'environment', 'economy', 'culture_society', 'welfare', 'security', 'administration', 'political_system', 'other'])), name='opinion_field_known'), models.CheckConstraint(condition=models.Q(models.Q(('text', ''), _negated=True), models.Q(('matter', ''), _negated=True)), name='opinion_has_text'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'resolved'), _negated=True), models.Q(models.Q(('answer', ''), _negated=True), ('answered_on__isnull', False)), _connector='OR'), name='opinion_resolved_with_answer'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'not_accepted'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='opinion_refused_with_reason'), models.CheckConstraint(condition=models.Q(('is_public', False), models.Q(('public_text', ''), _negated=True), _connector='OR'), name='opinion_public_with_text'), models.CheckConstraint(condition=models.Q(('reopen_asked', False), models.Q(('status__in', frozenset(['in_progress', 'received'])), _negated=True), _connector='OR'), name='opinion_asked_when_closed'), models.CheckConstraint(condition=models.Q(('is_sensitive', False), ('is_public', False), _connector='OR'), name='opinion_sensitive_not_public')],
                    },
                ),
                migrations.CreateModel(
                    name='OpinionEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('order', models.PositiveSmallIntegerField(editable=False, verbose_name='Number')),
                        ('field', models.CharField(choices=[('land', 'Land, site clearance, resettlement'), ('construction', 'Urban management, order of construction'), ('infrastructure', 'Roads and infrastructure'), ('environment', 'Environment'), ('economy', 'Economy, livelihoods'), ('culture_society', 'Culture, education, health'), ('welfare', 'Social policy'), ('security', 'Security and public order'), ('administration', 'Administrative procedures, conduct of officials'), ('political_system', 'Party and political system'), ('other', 'Other')], max_length=20, verbose_name='Field of the opinion')),
                        ('matter', models.CharField(max_length=300, validators=[mobilization.core.validators.validate_text], verbose_name='Matter')),
                        ('text', models.TextField(max_length=4000, validators=[mobilization.core.validators.validate_text], verbose_name='Text of the opinion')),
                        ('due_on', models.DateField(blank=True, null=True, verbose_name='Due date')),
                        ('status', models.CharField(choices=[('received', 'Received'), ('answered_on_spot', 'Answered on the spot'), ('in_progress', 'Being dealt with'), ('resolved', 'Resolved'), ('outside_competence', 'Outside competence'), ('not_accepted', 'Not accepted')], default='received', editable=False, max_length=20, verbose_name='Status')),
                        ('answer', models.TextField(blank=True, max_length=4000, validators=[mobilization.core.validators.validate_text], verbose_name='Answer')),
                        ('answered_on', models.DateField(blank=True, null=True, verbose_name='Date of the answer')),
                        ('answer_document', models.CharField(blank=True, max_length=200, validators=[mobilization.core.validators.validate_text], verbose_name='Document of the answer')),
                        ('reason', models.TextField(blank=True, max_length=4000, validators=[mobilization.core.validators.validate_text], verbose_name='Reason')),
                        ('reopened', models.PositiveSmallIntegerField(default=0, editable=False, verbose_name='Times re-opened')),
                        ('is_public', models.BooleanField(default=False, editable=False, verbose_name='Published')),
                        ('public_text', models.TextField(blank=True, max_length=4000, validators=[mobilization.core.validators.validate_text], verbose_name='Public text')),
                        ('public_answer', models.TextField(blank=True, max_length=4000, validators=[mobilization.core.validators.validate_text], verbose_name='Public answer')),
                        ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        ('version', models.PositiveIntegerField(default=1, editable=False)),
                        ('dialogue', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='dialogues.dialogue', verbose_name='Dialogue')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='dialogues.opinion')),
                        ('typed_by', models.ForeignKey(db_constraint=False, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Recorded by')),
                        ('unit_in_charge', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='units.unit', verbose_name='Unit in charge')),
                        ('reopen_asked', models.BooleanField(default=False, editable=False, verbose_name='Asked to be re-opened')),
                        ('is_sensitive', models.BooleanField(default=False, help_text='Only the recording unit, the unit in charge and city staff can open it; every reading is logged, and it is never published or exported.', verbose_name='Sensitive')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='OpinionStep',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('version', models.PositiveIntegerField()),
                        ('changed', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, size=None)),
                        ('act', models.CharField(choices=[('receive', 'Received'), ('edit', 'Changed'), ('answer_on_spot', 'Answered on the spot'), ('take_up', 'Taken up'), ('answer', 'Answered, still being dealt with'), ('resolve', 'Resolved'), ('refer_outside', 'Found outside competence'), ('not_accept', 'Not accepted'), ('reopen', 'Re-opened'), ('assign', 'Unit in charge and due date set'), ('pass_on', 'Passed on'), ('ask_reopen', 'Asked to be re-opened'), ('publish_text', 'Public text published'), ('withdraw_text', 'Public text withdrawn')], max_length=16)),
                        ('from_status', models.CharField(blank=True, choices=[('received', 'Received'), ('answered_on_spot', 'Answered on the spot'), ('in_progress', 'Being dealt with'), ('resolved', 'Resolved'), ('outside_competence', 'Outside competence'), ('not_accepted', 'Not accepted')], max_length=20)),
                        ('to_status', models.CharField(choices=[('received', 'Received'), ('answered_on_spot', 'Answered on the spot'), ('in_progress', 'Being dealt with'), ('resolved', 'Resolved'), ('outside_competence', 'Outside competence'), ('not_accepted', 'Not accepted')], max_length=20)),
                        ('words', models.TextField(blank=True)),
                        ('actor', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Actor')),
                        ('opinion', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='dialogues.opinion')),
                        ('to_unit', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit')),
                    ],
                    options={
                        'ordering': ('at', 'id'),
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='OpinionDocument',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('file', models.FileField(max_length=120, upload_to=mobilization.core.files.stored_path, verbose_name='file')),
                        ('original_name', models.CharField(max_length=150, verbose_name='file name')),
                        ('content_type', models.CharField(max_length=100, verbose_name='content type')),
                        ('size', models.PositiveIntegerField(verbose_name='size in bytes')),
                        ('sha256', models.CharField(max_length=64, verbose_name='SHA-256')),
                        ('uploaded_at', models.DateTimeField(auto_now_add=True, verbose_name='uploaded at')),
                        ('opinion', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='dialogues.opinion')),
                        ('uploaded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='uploaded by')),
                    ],
                    options={
                        'verbose_name': 'Document of the answer',
                        'verbose_name_plural': 'Documents of the answer',
                        'ordering': ('uploaded_at', 'id'),
                    },
                ),
            ],
        ),
        mobilization.core.migrating.AtOnce(
            operations=[
                pgtrigger.migrations.AddTrigger(
                    model_name='dialogue',
                    trigger=pgtrigger.compiler.Trigger(name='summary_without_opinions', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW."summary_only" AND NOT OLD."summary_only")', func="\n                    IF EXISTS (SELECT 1 FROM dialogues_opinion WHERE dialogue_id = NEW.id) THEN\n                        RAISE EXCEPTION 'dialogue % has opinions', NEW.id\n                            USING ERRCODE = 'check_violation', CONSTRAINT = 'dialogue_summary_or_opinions';\n                    END IF;\n                    RETURN NEW;\n                ", hash='faea89ebca2def5038c9773c8788df0a76f6499c', operation='UPDATE', pgid='pgtrigger_summary_without_opinions_9811e', table='dialogues_dialogue', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='dialogue',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "dialogues_dialogueevent" ("announced_on", "attending", "cancel_reason", "chairs", "conclusion_date", "conclusion_number", "created_at", "form", "held_on", "id", "kind", "minutes_date", "minutes_number", "opinions_in_progress", "opinions_on_spot", "opinions_outside", "opinions_resolved", "opinions_total", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_date", "plan_number", "published_on", "spoke", "starts_at", "state", "summary_only", "topic", "typed_by_id", "unit_id", "venue", "version") VALUES (NEW."announced_on", NEW."attending", NEW."cancel_reason", NEW."chairs", NEW."conclusion_date", NEW."conclusion_number", NEW."created_at", NEW."form", NEW."held_on", NEW."id", NEW."kind", NEW."minutes_date", NEW."minutes_number", NEW."opinions_in_progress", NEW."opinions_on_spot", NEW."opinions_outside", NEW."opinions_resolved", NEW."opinions_total", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."plan_date", NEW."plan_number", NEW."published_on", NEW."spoke", NEW."starts_at", NEW."state", NEW."summary_only", NEW."topic", NEW."typed_by_id", NEW."unit_id", NEW."venue", NEW."version"); RETURN NULL;', hash='f4184a775e516d92737bad3875241e4b056b1704', operation='INSERT', pgid='pgtrigger_insert_insert_b7593', table='dialogues_dialogue', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='dialogue',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."announced_on" IS DISTINCT FROM (NEW."announced_on") OR OLD."attending" IS DISTINCT FROM (NEW."attending") OR OLD."cancel_reason" IS DISTINCT FROM (NEW."cancel_reason") OR OLD."chairs" IS DISTINCT FROM (NEW."chairs") OR OLD."conclusion_date" IS DISTINCT FROM (NEW."conclusion_date") OR OLD."conclusion_number" IS DISTINCT FROM (NEW."conclusion_number") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."form" IS DISTINCT FROM (NEW."form") OR OLD."held_on" IS DISTINCT FROM (NEW."held_on") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."minutes_date" IS DISTINCT FROM (NEW."minutes_date") OR OLD."minutes_number" IS DISTINCT FROM (NEW."minutes_number") OR OLD."opinions_in_progress" IS DISTINCT FROM (NEW."opinions_in_progress") OR OLD."opinions_on_spot" IS DISTINCT FROM (NEW."opinions_on_spot") OR OLD."opinions_outside" IS DISTINCT FROM (NEW."opinions_outside") OR OLD."opinions_resolved" IS DISTINCT FROM (NEW."opinions_resolved") OR OLD."opinions_total" IS DISTINCT FROM (NEW."opinions_total") OR OLD."plan_date" IS DISTINCT FROM (NEW."plan_date") OR OLD."plan_number" IS DISTINCT FROM (NEW."plan_number") OR OLD."published_on" IS DISTINCT FROM (NEW."published_on") OR OLD."spoke" IS DISTINCT FROM (NEW."spoke") OR OLD."starts_at" IS DISTINCT FROM (NEW."starts_at") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."summary_only" IS DISTINCT FROM (NEW."summary_only") OR OLD."topic" IS DISTINCT FROM (NEW."topic") OR OLD."typed_by_id" IS DISTINCT FROM (NEW."typed_by_id") OR OLD."unit_id" IS DISTINCT FROM (NEW."unit_id") OR OLD."venue" IS DISTINCT FROM (NEW."venue") OR OLD."version" IS DISTINCT FROM (NEW."version"))', func='INSERT INTO "dialogues_dialogueevent" ("announced_on", "attending", "cancel_reason", "chairs", "conclusion_date", "conclusion_number", "created_at", "form", "held_on", "id", "kind", "minutes_date", "minutes_number", "opinions_in_progress", "opinions_on_spot", "opinions_outside", "opinions_resolved", "opinions_total", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_date", "plan_number", "published_on", "spoke", "starts_at", "state", "summary_only", "topic", "typed_by_id", "unit_id", "venue", "version") VALUES (NEW."announced_on", NEW."attending", NEW."cancel_reason", NEW."chairs", NEW."conclusion_date", NEW."conclusion_number", NEW."created_at", NEW."form", NEW."held_on", NEW."id", NEW."kind", NEW."minutes_date", NEW."minutes_number", NEW."opinions_in_progress", NEW."opinions_on_spot", NEW."opinions_outside", NEW."opinions_resolved", NEW."opinions_total", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."plan_date", NEW."plan_number", NEW."published_on", NEW."spoke", NEW."starts_at", NEW."state", NEW."summary_only", NEW."topic", NEW."typed_by_id", NEW."unit_id", NEW."venue", NEW."version"); RETURN NULL;', hash='c209636b4b6bea8a3457a848fb1e91d9f7a862f0', operation='UPDATE', pgid='pgtrigger_update_update_425c8', table='dialogues_dialogue', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='dialogue',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "dialogues_dialogueevent" ("announced_on", "attending", "cancel_reason", "chairs", "conclusion_date", "conclusion_number", "created_at", "form", "held_on", "id", "kind", "minutes_date", "minutes_number", "opinions_in_progress", "opinions_on_spot", "opinions_outside", "opinions_resolved", "opinions_total", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_date", "plan_number", "published_on", "spoke", "starts_at", "state", "summary_only", "topic", "typed_by_id", "unit_id", "venue", "version") VALUES (OLD."announced_on", OLD."attending", OLD."cancel_reason", OLD."chairs", OLD."conclusion_date", OLD."conclusion_number", OLD."created_at", OLD."form", OLD."held_on", OLD."id", OLD."kind", OLD."minutes_date", OLD."minutes_number", OLD."opinions_in_progress", OLD."opinions_on_spot", OLD."opinions_outside", OLD."opinions_resolved", OLD."opinions_total", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."plan_date", OLD."plan_number", OLD."published_on", OLD."spoke", OLD."starts_at", OLD."state", OLD."summary_only", OLD."topic", OLD."typed_by_id", OLD."unit_id", OLD."venue", OLD."version"); RETURN NULL;', hash='ff5cb695c2a57c398949848c57cbffa8d64593dd', operation='DELETE', pgid='pgtrigger_delete_delete_d650e', table='dialogues_dialogue', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='dialogueevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='5ada7532e0a74c9c936f34816917b0c3c0838d3a', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_3103b', table='dialogues_dialogueevent', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='dialoguestep',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='d3e838e6a389348415ae728331c3a3093320834b', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_eda2b', table='dialogues_dialoguestep', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='opinion',
                    trigger=pgtrigger.compiler.Trigger(name='opinion_without_summary', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE carries_summary boolean;', func="\n                    SELECT summary_only INTO carries_summary\n                        FROM dialogues_dialogue WHERE id = NEW.dialogue_id FOR SHARE;\n                    IF carries_summary THEN\n                        RAISE EXCEPTION 'dialogue % is summary only', NEW.dialogue_id\n                            USING ERRCODE = 'check_violation', CONSTRAINT = 'dialogue_summary_or_opinions';\n                    END IF;\n                    RETURN NEW;\n                ", hash='937f3f0de794cc174f9628d0a587244ffb6b4946', operation='INSERT OR UPDATE OF "dialogue_id"', pgid='pgtrigger_opinion_without_summary_6fa69', table='dialogues_opinion', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='opinion',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "dialogues_opinionevent" ("answer", "answer_document", "answered_on", "created_at", "dialogue_id", "due_on", "field", "id", "is_public", "is_sensitive", "matter", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_answer", "public_text", "reason", "reopen_asked", "reopened", "status", "text", "typed_by_id", "unit_in_charge_id", "version") VALUES (NEW."answer", NEW."answer_document", NEW."answered_on", NEW."created_at", NEW."dialogue_id", NEW."due_on", NEW."field", NEW."id", NEW."is_public", NEW."is_sensitive", NEW."matter", NEW."order", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."public_answer", NEW."public_text", NEW."reason", NEW."reopen_asked", NEW."reopened", NEW."status", NEW."text", NEW."typed_by_id", NEW."unit_in_charge_id", NEW."version"); RETURN NULL;', hash='e38aec0716da2739cb60547e2bfa4a329e01a81e', operation='INSERT', pgid='pgtrigger_insert_insert_b69bd', table='dialogues_opinion', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='opinion',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."answer" IS DISTINCT FROM (NEW."answer") OR OLD."answer_document" IS DISTINCT FROM (NEW."answer_document") OR OLD."answered_on" IS DISTINCT FROM (NEW."answered_on") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."dialogue_id" IS DISTINCT FROM (NEW."dialogue_id") OR OLD."due_on" IS DISTINCT FROM (NEW."due_on") OR OLD."field" IS DISTINCT FROM (NEW."field") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_public" IS DISTINCT FROM (NEW."is_public") OR OLD."is_sensitive" IS DISTINCT FROM (NEW."is_sensitive") OR OLD."matter" IS DISTINCT FROM (NEW."matter") OR OLD."order" IS DISTINCT FROM (NEW."order") OR OLD."public_answer" IS DISTINCT FROM (NEW."public_answer") OR OLD."public_text" IS DISTINCT FROM (NEW."public_text") OR OLD."reason" IS DISTINCT FROM (NEW."reason") OR OLD."reopen_asked" IS DISTINCT FROM (NEW."reopen_asked") OR OLD."reopened" IS DISTINCT FROM (NEW."reopened") OR OLD."status" IS DISTINCT FROM (NEW."status") OR OLD."text" IS DISTINCT FROM (NEW."text") OR OLD."typed_by_id" IS DISTINCT FROM (NEW."typed_by_id") OR OLD."unit_in_charge_id" IS DISTINCT FROM (NEW."unit_in_charge_id") OR OLD."version" IS DISTINCT FROM (NEW."version"))', func='INSERT INTO "dialogues_opinionevent" ("answer", "answer_document", "answered_on", "created_at", "dialogue_id", "due_on", "field", "id", "is_public", "is_sensitive", "matter", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_answer", "public_text", "reason", "reopen_asked", "reopened", "status", "text", "typed_by_id", "unit_in_charge_id", "version") VALUES (NEW."answer", NEW."answer_document", NEW."answered_on", NEW."created_at", NEW."dialogue_id", NEW."due_on", NEW."field", NEW."id", NEW."is_public", NEW."is_sensitive", NEW."matter", NEW."order", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."public_answer", NEW."public_text", NEW."reason", NEW."reopen_asked", NEW."reopened", NEW."status", NEW."text", NEW."typed_by_id", NEW."unit_in_charge_id", NEW."version"); RETURN NULL;', hash='a86ca36a4a1de49dcf40be558a0f6b57f317c658', operation='UPDATE', pgid='pgtrigger_update_update_ac7c5', table='dialogues_opinion', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='opinion',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "dialogues_opinionevent" ("answer", "answer_document", "answered_on", "created_at", "dialogue_id", "due_on", "field", "id", "is_public", "is_sensitive", "matter", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_answer", "public_text", "reason", "reopen_asked", "reopened", "status", "text", "typed_by_id", "unit_in_charge_id", "version") VALUES (OLD."answer", OLD."answer_document", OLD."answered_on", OLD."created_at", OLD."dialogue_id", OLD."due_on", OLD."field", OLD."id", OLD."is_public", OLD."is_sensitive", OLD."matter", OLD."order", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."public_answer", OLD."public_text", OLD."reason", OLD."reopen_asked", OLD."reopened", OLD."status", OLD."text", OLD."typed_by_id", OLD."unit_in_charge_id", OLD."version"); RETURN NULL;', hash='e595c6c07070dd76259f3499f468ba010aabc266', operation='DELETE', pgid='pgtrigger_delete_delete_216ed', table='dialogues_opinion', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='opinion',
                    trigger=pgtrigger.compiler.Trigger(name='opinion_first_due', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                    NEW.promised_on := NEW.due_on;\n                    IF TG_OP = 'UPDATE' AND OLD.promised_on IS NOT NULL THEN\n                        NEW.promised_on := OLD.promised_on;\n                    END IF;\n                    RETURN NEW;\n                ", hash='9aca53242945ea468d0e0e6a23809b4bc4f1f594', operation='INSERT OR UPDATE OF "due_on", "promised_on"', pgid='pgtrigger_opinion_first_due_186c5', table='dialogues_opinion', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='opinionevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='5211024936793ebed9c716c81bb797a81cdfba87', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_de36a', table='dialogues_opinionevent', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='opinionstep',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='f6dc598e2834fc626ca194add6267403f9696f6f', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_c7287', table='dialogues_opinionstep', when='BEFORE')),
                ),
            ],
        ),
        migrations.RunPython(load, migrations.RunPython.noop),
    ]
