"""Models, registrations, their review and recognition, as one migration.

An empty database is migrated by this; one that has seen the replaced migrations goes on with those.
"""

import datetime
import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.comparison
import django.utils.timezone
import mobilization.core.files
import mobilization.core.migrating
import mobilization.core.search
import mobilization.core.validators
import models_registry.models.skilled_model
import pgtrigger.compiler
import pgtrigger.migrations
from decimal import Decimal
from django.conf import settings
from django.db import migrations, models


# Permanent codes of models come from a sequence, so that two clerks never get the same one.
CODES_FORWARD = """
CREATE SEQUENCE models_registry_code AS bigint MINVALUE 1 MAXVALUE 9999999 NO CYCLE;
CREATE FUNCTION models_registry_next_code() RETURNS text LANGUAGE sql VOLATILE AS $$
    SELECT 'DVK-' || lpad(nextval('models_registry_code')::text, 7, '0')
$$;
"""
CODES_BACKWARD = """
DROP FUNCTION models_registry_next_code();
DROP SEQUENCE models_registry_code;
"""

# A registration's year is its campaign's.
YEAR_FORWARD = """
ALTER TABLE models_registry_registration ADD CONSTRAINT registry_registration_year_of_campaign
    FOREIGN KEY (campaign_id, year) REFERENCES models_registry_campaign (id, year)
    ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED;
"""
YEAR_BACKWARD = """
ALTER TABLE models_registry_registration DROP CONSTRAINT registry_registration_year_of_campaign;
"""

# Who decides at which level since the movement began.
LAUNCH = datetime.date(2009, 2, 26)
TWO_TIERS = datetime.date(2025, 7, 1)
"""Local government without districts: Nghị quyết 1656/NQ-UBTVQH15."""
ALWAYS = (LAUNCH, None)
WITH_DISTRICTS, SINCE = (LAUNCH, TWO_TIERS), (TWO_TIERS, None)
CITY = ("city", "city_staff")
# level, tier of the registering unit, who decides, when
RULES = [
    ("grassroots", "commune", ("commune", "reviewer"), ALWAYS),
    ("grassroots", "committee", ("committee", "reviewer"), ALWAYS),
    ("grassroots", "district", ("district", "reviewer"), WITH_DISTRICTS),
    ("grassroots", "district", CITY, SINCE),
    ("grassroots", "city", CITY, ALWAYS),
    ("intermediate", "commune", ("district", "reviewer"), WITH_DISTRICTS),
    ("intermediate", "commune", CITY, SINCE),
    ("intermediate", "district", ("district", "reviewer"), WITH_DISTRICTS),
    ("intermediate", "district", CITY, SINCE),
    ("intermediate", "committee", CITY, ALWAYS),
    ("intermediate", "city", CITY, ALWAYS),
    ("city", "commune", CITY, ALWAYS),
    ("city", "district", CITY, ALWAYS),
    ("city", "committee", CITY, ALWAYS),
    ("city", "city", CITY, ALWAYS),
]


def load_rules(apps, schema_editor):
    """Write the rules; a row that is there already stays."""
    deciding = apps.get_model("models_registry", "DecidingTier").objects
    for level, unit_tier, (decides, role), (valid_from, valid_to) in RULES:
        deciding.get_or_create(
            level=level,
            unit_tier=unit_tier,
            valid_from=valid_from,
            defaults={"decides": decides, "role": role, "valid_to": valid_to},
        )


# The reasons for returning that the portal ships.
REASONS = (
    "Thiếu minh chứng: bổ sung ảnh, biên bản hoặc văn bản liên quan.",
    "Nội dung chưa cụ thể: nêu rõ việc làm, địa bàn và thời gian thực hiện.",
    "Chưa nêu rõ cách làm dân vận khéo: tuyên truyền, vận động, bàn bạc với nhân dân thế nào.",
    "Số liệu chưa khớp: kiểm tra lại số hộ, số người tham gia, kinh phí.",
    "Kết quả chưa so sánh được trước và sau khi thực hiện.",
    "Trùng với mô hình đã đăng ký: nêu rõ điểm khác hoặc tiếp tục mô hình của năm trước.",
    "Chọn lại lĩnh vực hoặc cấp đăng ký cho đúng nội dung mô hình.",
    "Thông tin về tập thể, cá nhân đăng ký hoặc người phụ trách chưa đầy đủ.",
)


def ship_reasons(apps, schema_editor):
    reason = apps.get_model("models_registry", "ReturnReason")
    reason.objects.bulk_create(reason(text=text, position=place) for place, text in enumerate(REASONS, 1))


class Migration(migrations.Migration):

    replaces = [('models_registry', '0001_initial'), ('models_registry', '0002_year_and_tiers'), ('models_registry', '0003_review_and_filing'), ('models_registry', '0004_messages_replace_notices'), ('models_registry', '0005_return_reasons'), ('models_registry', '0006_consent_and_outcome'), ('models_registry', '0007_title_terms'), ('models_registry', '0008_queue_of_unit'), ('models_registry', '0009_queue_of_level'), ('models_registry', '0010_typists_handed_in'), ('models_registry', '0011_newest_of_unit')]

    initial = True

    dependencies = [
        ('core', '0001_fold'),
        ('units', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL(CODES_FORWARD, CODES_BACKWARD),
        mobilization.core.migrating.AtOnce(
            operations=[
                migrations.CreateModel(
                    name='Campaign',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('year', models.PositiveSmallIntegerField(verbose_name='year')),
                        ('title', models.CharField(max_length=300, validators=[mobilization.core.validators.validate_text], verbose_name='title')),
                        ('guiding_number', models.CharField(blank=True, max_length=60, validators=[mobilization.core.validators.validate_text], verbose_name='number of the guiding document')),
                        ('guiding_date', models.DateField(blank=True, null=True, validators=[mobilization.core.validators.validate_plausible_date], verbose_name='date of the guiding document')),
                        ('opened_on', models.DateField(blank=True, help_text='From this day on units can submit. Empty while the campaign is being prepared.', null=True, validators=[mobilization.core.validators.validate_plausible_date], verbose_name='opened on')),
                        ('version', models.PositiveIntegerField(default=1, editable=False)),
                        ('city', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='campaigns', to='units.unit', verbose_name='city')),
                    ],
                    options={
                        'verbose_name': 'campaign',
                        'verbose_name_plural': 'campaigns',
                        'ordering': ['-year', 'city'],
                        'constraints': [models.UniqueConstraint(fields=('city', 'year'), name='registry_campaign_once', violation_error_message='There is a campaign for this year already.'), models.UniqueConstraint(fields=('id', 'year'), name='registry_campaign_year'), models.CheckConstraint(condition=models.Q(('year__gte', 2009), ('year__lte', 2100)), name='registry_campaign_year_plausible'), models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='registry_campaign_has_title')],
                    },
                ),
                migrations.CreateModel(
                    name='CampaignEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('year', models.PositiveSmallIntegerField(verbose_name='year')),
                        ('title', models.CharField(max_length=300, validators=[mobilization.core.validators.validate_text], verbose_name='title')),
                        ('guiding_number', models.CharField(blank=True, max_length=60, validators=[mobilization.core.validators.validate_text], verbose_name='number of the guiding document')),
                        ('guiding_date', models.DateField(blank=True, null=True, validators=[mobilization.core.validators.validate_plausible_date], verbose_name='date of the guiding document')),
                        ('opened_on', models.DateField(blank=True, help_text='From this day on units can submit. Empty while the campaign is being prepared.', null=True, validators=[mobilization.core.validators.validate_plausible_date], verbose_name='opened on')),
                        ('version', models.PositiveIntegerField(default=1, editable=False)),
                        ('city', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='units.unit', verbose_name='city')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='models_registry.campaign')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='CampaignWindow',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('stage', models.CharField(choices=[('registration', 'Registration'), ('mid_year', 'Mid-year report'), ('results', 'Results'), ('appraisal', 'Appraisal'), ('recognition', 'Recognition')], max_length=20, verbose_name='stage')),
                        ('level', models.CharField(choices=[('grassroots', 'Grassroots'), ('intermediate', 'Intermediate'), ('city', 'City')], max_length=20, verbose_name='level')),
                        ('opens_on', models.DateField(validators=[mobilization.core.validators.validate_plausible_date], verbose_name='opens on')),
                        ('due_on', models.DateField(validators=[mobilization.core.validators.validate_plausible_date], verbose_name='due on')),
                        ('closes_on', models.DateField(validators=[mobilization.core.validators.validate_plausible_date], verbose_name='closes on')),
                        ('campaign', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='windows', to='models_registry.campaign', verbose_name='campaign')),
                    ],
                    options={
                        'verbose_name': 'window',
                        'verbose_name_plural': 'windows',
                        'ordering': ['opens_on', 'stage', 'level'],
                        'constraints': [models.UniqueConstraint(fields=('campaign', 'stage', 'level'), name='registry_window_once'), models.CheckConstraint(condition=models.Q(('level__in', ['grassroots', 'intermediate', 'city']), ('stage__in', ['registration', 'mid_year', 'results', 'appraisal', 'recognition'])), name='registry_window_words'), models.CheckConstraint(condition=models.Q(('due_on__lte', models.F('closes_on')), ('opens_on__lte', models.F('due_on'))), name='registry_window_ordered', violation_error_message='A window opens, is due and closes, in this order.')],
                    },
                ),
                migrations.CreateModel(
                    name='DecidingTier',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('level', models.CharField(choices=[('grassroots', 'Grassroots'), ('intermediate', 'Intermediate'), ('city', 'City')], max_length=20, verbose_name='level')),
                        ('unit_tier', models.CharField(choices=[('commune', 'Commune level'), ('committee', 'Committees directly under the city'), ('district', 'District level'), ('city', 'City level')], max_length=20, verbose_name='tier of the registering unit')),
                        ('decides', models.CharField(choices=[('commune', 'Commune level'), ('committee', 'Committees directly under the city'), ('district', 'District level'), ('city', 'City level')], max_length=20, verbose_name='tier that decides')),
                        ('role', models.CharField(choices=[('reviewer', 'Reviewer'), ('city_staff', 'City staff')], max_length=20, verbose_name='role')),
                        ('valid_from', models.DateField(verbose_name='from')),
                        ('valid_to', models.DateField(blank=True, null=True, verbose_name='until')),
                    ],
                    options={
                        'verbose_name': 'deciding tier',
                        'verbose_name_plural': 'deciding tiers',
                        'ordering': ['valid_from', 'level', 'unit_tier'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('decides__in', ['commune', 'committee', 'district', 'city']), ('level__in', ['grassroots', 'intermediate', 'city']), ('role__in', ['reviewer', 'city_staff']), ('unit_tier__in', ['commune', 'committee', 'district', 'city'])), name='registry_deciding_words'), models.CheckConstraint(condition=models.Q(models.Q(('decides', 'city'), ('role', 'city_staff')), models.Q(('role', 'reviewer'), models.Q(('decides', 'city'), _negated=True)), _connector='OR'), name='registry_deciding_city_staff_for_the_city'), models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='registry_deciding_dates'), django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('level', 'grassroots'), ('unit_tier', 'commune')), expressions=[(models.Func('valid_from', 'valid_to', function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='registry_deciding_once_grassroots_commune'), django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('level', 'grassroots'), ('unit_tier', 'committee')), expressions=[(models.Func('valid_from', 'valid_to', function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='registry_deciding_once_grassroots_committee'), django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('level', 'grassroots'), ('unit_tier', 'district')), expressions=[(models.Func('valid_from', 'valid_to', function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='registry_deciding_once_grassroots_district'), django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('level', 'grassroots'), ('unit_tier', 'city')), expressions=[(models.Func('valid_from', 'valid_to', function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='registry_deciding_once_grassroots_city'), django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('level', 'intermediate'), ('unit_tier', 'commune')), expressions=[(models.Func('valid_from', 'valid_to', function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='registry_deciding_once_intermediate_commune'), django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('level', 'intermediate'), ('unit_tier', 'committee')), expressions=[(models.Func('valid_from', 'valid_to', function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='registry_deciding_once_intermediate_committee'), django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('level', 'intermediate'), ('unit_tier', 'district')), expressions=[(models.Func('valid_from', 'valid_to', function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='registry_deciding_once_intermediate_district'), django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('level', 'intermediate'), ('unit_tier', 'city')), expressions=[(models.Func('valid_from', 'valid_to', function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='registry_deciding_once_intermediate_city'), django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('level', 'city'), ('unit_tier', 'commune')), expressions=[(models.Func('valid_from', 'valid_to', function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='registry_deciding_once_city_commune'), django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('level', 'city'), ('unit_tier', 'committee')), expressions=[(models.Func('valid_from', 'valid_to', function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='registry_deciding_once_city_committee'), django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('level', 'city'), ('unit_tier', 'district')), expressions=[(models.Func('valid_from', 'valid_to', function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='registry_deciding_once_city_district'), django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('level', 'city'), ('unit_tier', 'city')), expressions=[(models.Func('valid_from', 'valid_to', function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='registry_deciding_once_city_city')],
                    },
                ),
                migrations.CreateModel(
                    name='Extension',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('stage', models.CharField(choices=[('registration', 'Registration'), ('mid_year', 'Mid-year report'), ('results', 'Results'), ('appraisal', 'Appraisal'), ('recognition', 'Recognition')], max_length=20, verbose_name='stage')),
                        ('until', models.DateField(validators=[mobilization.core.validators.validate_plausible_date], verbose_name='until')),
                        ('reason', models.TextField(max_length=1000, validators=[mobilization.core.validators.validate_text], verbose_name='reason')),
                        ('granted_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='granted at')),
                        ('campaign', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='extensions', to='models_registry.campaign', verbose_name='campaign')),
                        ('granted_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='granted by')),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit', verbose_name='unit')),
                    ],
                    options={
                        'verbose_name': 'extension',
                        'verbose_name_plural': 'extensions',
                        'ordering': ['-granted_at'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('stage__in', ['registration', 'mid_year', 'results', 'appraisal', 'recognition'])), name='registry_extension_stage'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='registry_extension_has_reason')],
                    },
                ),
                migrations.CreateModel(
                    name='Proposal',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('level', models.CharField(choices=[('grassroots', 'Grassroots'), ('intermediate', 'Intermediate'), ('city', 'City')], max_length=20, verbose_name='proposed level')),
                        ('state', models.CharField(choices=[('pending', 'Waiting'), ('accepted', 'Accepted'), ('declined', 'Declined')], default='pending', max_length=20, verbose_name='state')),
                        ('reason', models.TextField(blank=True, verbose_name='reason')),
                        ('proposed_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='proposed at')),
                        ('decided_at', models.DateTimeField(null=True, verbose_name='decided at')),
                        ('decision_reason', models.TextField(blank=True, verbose_name='reason of the decision')),
                        ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='decided by')),
                        ('proposed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='proposed by')),
                        ('registration', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='proposals', to='models_registry.registration', verbose_name='registration')),
                    ],
                    options={
                        'verbose_name': 'proposal',
                        'verbose_name_plural': 'proposals',
                        'ordering': ['proposed_at', 'pk'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'pending')), fields=('registration',), name='registry_proposal_one_pending'), models.CheckConstraint(condition=models.Q(('level__in', ['intermediate', 'city']), ('state__in', ['pending', 'accepted', 'declined'])), name='registry_proposal_words'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('decided_by', None), ('state', 'pending')), models.Q(models.Q(('state', 'pending'), _negated=True), ('decided_at__isnull', False)), _connector='OR'), name='registry_proposal_decided'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'declined'), _negated=True), models.Q(('decision_reason', ''), _negated=True), _connector='OR'), name='registry_proposal_declined_says_why')],
                    },
                ),
                migrations.CreateModel(
                    name='Recognition',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('level', models.CharField(choices=[('grassroots', 'Grassroots'), ('intermediate', 'Intermediate'), ('city', 'City')], max_length=20, verbose_name='level')),
                        ('body', models.CharField(max_length=200, validators=[mobilization.core.validators.validate_text], verbose_name='recognised by')),
                        ('number', models.CharField(max_length=60, validators=[mobilization.core.validators.validate_text], verbose_name='decision number')),
                        ('decided_on', models.DateField(validators=[mobilization.core.validators.validate_plausible_date], verbose_name='decision date')),
                        ('exemplary', models.BooleanField(default=False, verbose_name='exemplary')),
                        ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='recorded at')),
                        ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='recorded by')),
                        ('registration', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='recognitions', to='models_registry.registration', verbose_name='registration')),
                    ],
                    options={
                        'verbose_name': 'recognition',
                        'verbose_name_plural': 'recognitions',
                        'ordering': ['decided_on', 'pk'],
                        'constraints': [models.UniqueConstraint(fields=('registration', 'level'), name='registry_recognition_once_a_level'), models.CheckConstraint(condition=models.Q(('level__in', ['grassroots', 'intermediate', 'city'])), name='registry_recognition_level'), models.CheckConstraint(condition=models.Q(models.Q(('body', ''), _negated=True), models.Q(('number', ''), _negated=True)), name='registry_recognition_by_decision')],
                    },
                ),
                migrations.CreateModel(
                    name='Registration',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('year', models.PositiveSmallIntegerField(editable=False, verbose_name='year')),
                        ('state', models.CharField(choices=[('draft', 'Draft'), ('submitted', 'Submitted'), ('returned', 'Returned'), ('withdrawn', 'Withdrawn'), ('declined', 'Declined'), ('accepted', 'Accepted, being carried out'), ('reported', 'Results reported'), ('report_returned', 'Report returned'), ('recognised', 'Recognised'), ('not_recognised', 'Not recognised')], default='draft', editable=False, max_length=20, verbose_name='state')),
                        ('state_since', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='in this state since')),
                        ('title', models.CharField(blank=True, max_length=300, validators=[mobilization.core.validators.validate_text], verbose_name='title')),
                        ('place', models.CharField(blank=True, max_length=300, validators=[mobilization.core.validators.validate_text], verbose_name='place')),
                        ('registrant', models.CharField(blank=True, max_length=200, validators=[mobilization.core.validators.validate_text], verbose_name='who registers')),
                        ('kind', models.CharField(blank=True, choices=[('model', 'Model'), ('example', 'Example'), ('work', 'Public work')], max_length=20, verbose_name='kind')),
                        ('subject', models.CharField(blank=True, choices=[('collective', 'Collective'), ('individual', 'Individual')], max_length=20, verbose_name='subject')),
                        ('field', models.CharField(blank=True, choices=[('political_system', 'Building the political system'), ('economy', 'Economic development'), ('culture_society', 'Culture and society'), ('defence_security', 'National defence and security')], max_length=20, verbose_name='field')),
                        ('level', models.CharField(blank=True, choices=[('grassroots', 'Grassroots'), ('intermediate', 'Intermediate'), ('city', 'City')], max_length=20, verbose_name='level')),
                        ('novelty', models.CharField(blank=True, choices=[('new', 'New'), ('maintained', 'Maintained')], max_length=20, verbose_name='new or maintained')),
                        ('aim', models.TextField(blank=True, max_length=10000, validators=[mobilization.core.validators.validate_text, django.core.validators.MaxLengthValidator(10000)], verbose_name='aim')),
                        ('content', models.TextField(blank=True, max_length=10000, validators=[mobilization.core.validators.validate_text, django.core.validators.MaxLengthValidator(10000)], verbose_name='content')),
                        ('method', models.TextField(blank=True, max_length=10000, validators=[mobilization.core.validators.validate_text, django.core.validators.MaxLengthValidator(10000)], verbose_name='method')),
                        ('beneficiaries', models.CharField(blank=True, max_length=500, validators=[mobilization.core.validators.validate_text], verbose_name='whom it serves')),
                        ('households', models.PositiveIntegerField(blank=True, null=True, verbose_name='households')),
                        ('participants', models.PositiveIntegerField(blank=True, null=True, verbose_name='people taking part')),
                        ('partners', models.CharField(blank=True, max_length=500, validators=[mobilization.core.validators.validate_text], verbose_name='partners')),
                        ('starts_on', models.DateField(blank=True, null=True, validators=[mobilization.core.validators.validate_plausible_date], verbose_name='starts on')),
                        ('ends_on', models.DateField(blank=True, null=True, validators=[mobilization.core.validators.validate_plausible_date], verbose_name='ends on')),
                        ('person_name', models.CharField(blank=True, max_length=150, validators=[mobilization.core.validators.validate_text], verbose_name='person in charge')),
                        ('person_post', models.CharField(blank=True, max_length=150, validators=[mobilization.core.validators.validate_text], verbose_name='post of the person in charge')),
                        ('person_phone', models.CharField(blank=True, max_length=30, validators=[mobilization.core.validators.validate_text], verbose_name='phone of the person in charge')),
                        ('result_summary', models.TextField(blank=True, max_length=10000, validators=[mobilization.core.validators.validate_text, django.core.validators.MaxLengthValidator(10000)], verbose_name='results')),
                        ('figures_before', models.TextField(blank=True, max_length=10000, validators=[mobilization.core.validators.validate_text, django.core.validators.MaxLengthValidator(10000)], verbose_name='figures before')),
                        ('figures_after', models.TextField(blank=True, max_length=10000, validators=[mobilization.core.validators.validate_text, django.core.validators.MaxLengthValidator(10000)], verbose_name='figures after')),
                        ('product', models.TextField(blank=True, max_length=10000, validators=[mobilization.core.validators.validate_text, django.core.validators.MaxLengthValidator(10000)], verbose_name='product')),
                        ('money', models.PositiveBigIntegerField(blank=True, null=True, verbose_name='money in all (đồng)')),
                        ('money_from_people', models.PositiveBigIntegerField(blank=True, null=True, verbose_name='of which from the people (đồng)')),
                        ('working_days', models.PositiveIntegerField(blank=True, null=True, verbose_name='working days given')),
                        ('land_m2', models.DecimalField(blank=True, decimal_places=1, max_digits=12, null=True, validators=[django.core.validators.MinValueValidator(Decimal('0'))], verbose_name='land given (m²)')),
                        ('difficulty', models.TextField(blank=True, max_length=10000, validators=[mobilization.core.validators.validate_text, django.core.validators.MaxLengthValidator(10000)], verbose_name='difficulties')),
                        ('lessons', models.TextField(blank=True, max_length=10000, validators=[mobilization.core.validators.validate_text, django.core.validators.MaxLengthValidator(10000)], verbose_name='lessons')),
                        ('outcome', models.CharField(blank=True, choices=[('replicate', 'Replicate'), ('maintain', 'Maintain'), ('strengthen', 'Strengthen'), ('end', 'End')], editable=False, max_length=20, verbose_name='outcome of the year')),
                        ('outcome_reason', models.TextField(blank=True, editable=False, max_length=10000, validators=[mobilization.core.validators.validate_text, django.core.validators.MaxLengthValidator(10000)], verbose_name='reason for the outcome')),
                        ('typists', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, editable=False, size=None)),
                        ('submitted_at', models.DateTimeField(editable=False, null=True, verbose_name='submitted at')),
                        ('late', models.BooleanField(default=False, editable=False, verbose_name='submitted late')),
                        ('reported_at', models.DateTimeField(editable=False, null=True, verbose_name='reported at')),
                        ('report_late', models.BooleanField(default=False, editable=False, verbose_name='reported late')),
                        ('return_due_on', models.DateField(editable=False, null=True, verbose_name='to be completed by')),
                        ('rounds', models.PositiveSmallIntegerField(default=0, editable=False, verbose_name='times returned')),
                        ('exemplary', models.BooleanField(default=False, editable=False, verbose_name='exemplary')),
                        ('proposed_to', models.CharField(blank=True, choices=[('grassroots', 'Grassroots'), ('intermediate', 'Intermediate'), ('city', 'City')], default='', editable=False, max_length=20, verbose_name='proposed to')),
                        ('awaits', models.GeneratedField(db_persist=True, expression=models.Case(models.When(state__in=['reported', 'submitted'], then=models.F('level')), default=models.F('proposed_to')), output_field=models.CharField(max_length=20))),
                        ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='made on')),
                        ('changed_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='changed on')),
                        ('version', models.PositiveIntegerField(default=1, editable=False)),
                        ('search', models.GeneratedField(db_persist=True, expression=mobilization.core.search._Joined(mobilization.core.search._WeightedVector(mobilization.core.search.Fold(django.db.models.functions.comparison.Coalesce(models.F('title'), models.Value(''), output_field=models.TextField())), weight='A'), mobilization.core.search._WeightedVector(mobilization.core.search.Fold(django.db.models.functions.comparison.Coalesce(models.F('registrant'), models.Value(''), output_field=models.TextField())), weight='B'), mobilization.core.search._WeightedVector(mobilization.core.search.Fold(django.db.models.functions.comparison.Coalesce(models.F('place'), models.Value(''), output_field=models.TextField())), weight='B'), mobilization.core.search._WeightedVector(mobilization.core.search.Fold(django.db.models.functions.comparison.Coalesce(models.F('aim'), models.Value(''), output_field=models.TextField())), weight='C'), mobilization.core.search._WeightedVector(mobilization.core.search.Fold(django.db.models.functions.comparison.Coalesce(models.F('content'), models.Value(''), output_field=models.TextField())), weight='D')), output_field=django.contrib.postgres.search.SearchVectorField())),
                        ('campaign', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='registrations', to='models_registry.campaign', verbose_name='campaign')),
                        ('changed_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='changed by')),
                        ('previous', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='renewals', to='models_registry.registration', verbose_name='previous year')),
                        ('returned_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='returned by')),
                        ('submitted_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='submitted by')),
                        ('typed_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='typed by')),
                        ('unit', models.ForeignKey(db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='registrations', to='units.unit', verbose_name='registering unit')),
                        ('model', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='registrations', to='models_registry.skilledmodel', verbose_name='skilled model')),
                    ],
                    options={
                        'verbose_name': 'registration',
                        'verbose_name_plural': 'registrations',
                        'indexes': [models.Index(fields=['unit', 'state'], name='registry_by_unit_state'), models.Index(fields=['state', 'unit'], name='registry_by_state_unit'), models.Index(fields=['year', 'unit'], name='registry_by_year_unit'), models.Index(condition=models.Q(('state__in', ['accepted', 'not_recognised', 'recognised', 'report_returned', 'reported'])), fields=['-year', '-id'], name='registry_public_order'), models.Index(condition=models.Q(('submitted_at__isnull', False)), fields=['-year', '-id'], name='registry_submitted_order'), models.Index(condition=models.Q(('awaits__gt', '')), fields=['state_since', 'id'], name='registry_queue'), django.contrib.postgres.indexes.GinIndex(fields=['search'], name='registry_search'), models.Index(condition=models.Q(('outcome', ''), ('state__in', ['not_recognised', 'recognised'])), fields=['state_since', 'id'], name='registry_without_outcome'), models.Index(condition=models.Q(('awaits__gt', '')), fields=['unit', 'state_since', 'id'], name='registry_queue_of_unit'), models.Index(condition=models.Q(('awaits__gt', '')), fields=['awaits', 'state_since', 'id'], name='registry_queue_of_level'), models.Index(condition=models.Q(('proposed_to__gt', '')), fields=['state_since', 'id'], name='registry_proposed'), models.Index(fields=['unit', '-year', '-id'], include=('submitted_at',), name='registry_newest_of_unit')],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'withdrawn'), _negated=True), fields=('model', 'campaign'), name='registry_registration_once_a_campaign', violation_error_message='This model is registered in this campaign already.'), models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'submitted', 'returned', 'withdrawn', 'declined', 'accepted', 'reported', 'report_returned', 'recognised', 'not_recognised'])), name='registry_registration_state'), models.CheckConstraint(condition=models.Q(('kind__in', ['', 'model', 'example', 'work'])), name='registry_registration_kind'), models.CheckConstraint(condition=models.Q(('subject__in', ['', 'collective', 'individual'])), name='registry_registration_subject'), models.CheckConstraint(condition=models.Q(('field__in', ['', 'political_system', 'economy', 'culture_society', 'defence_security'])), name='registry_registration_field'), models.CheckConstraint(condition=models.Q(('level__in', ['', 'grassroots', 'intermediate', 'city'])), name='registry_registration_level'), models.CheckConstraint(condition=models.Q(('novelty__in', ['', 'new', 'maintained'])), name='registry_registration_novelty'), models.CheckConstraint(condition=models.Q(('outcome__in', ['', 'replicate', 'maintain', 'strengthen', 'end'])), name='registry_registration_outcome'), models.CheckConstraint(condition=models.Q(('state', 'draft'), models.Q(models.Q(('title', ''), _negated=True), models.Q(('registrant', ''), _negated=True), models.Q(('kind', ''), _negated=True), models.Q(('subject', ''), _negated=True), models.Q(('field', ''), _negated=True), models.Q(('level', ''), _negated=True), models.Q(('novelty', ''), _negated=True), models.Q(('aim', ''), _negated=True), models.Q(('method', ''), _negated=True), ('starts_on__isnull', False), models.Q(('person_name', ''), _negated=True)), _connector='OR'), name='registry_registration_complete_once_submitted'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'draft'), ('submitted_at', None)), models.Q(models.Q(('state', 'draft'), _negated=True), ('submitted_at__isnull', False)), _connector='OR'), name='registry_registration_submitted_at'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['not_recognised', 'recognised', 'report_returned', 'reported']), _negated=True), models.Q(('result_summary', ''), _negated=True), _connector='OR'), name='registry_registration_results_once_reported'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['not_recognised', 'recognised', 'report_returned', 'reported']), ('reported_at__isnull', False)), models.Q(models.Q(('state__in', ['not_recognised', 'recognised', 'report_returned', 'reported']), _negated=True), ('reported_at', None)), _connector='OR'), name='registry_registration_reported_at'), models.CheckConstraint(condition=models.Q(('outcome', ''), ('state__in', ['accepted', 'not_recognised', 'recognised', 'report_returned', 'reported']), _connector='OR'), name='registry_registration_outcome_once_accepted'), models.CheckConstraint(condition=models.Q(('exemplary', False), ('state', 'recognised'), _connector='OR'), name='registry_registration_exemplary_once_recognised'), models.CheckConstraint(condition=models.Q(('proposed_to', ''), models.Q(('proposed_to__in', ['intermediate', 'city']), ('state', 'recognised')), _connector='OR'), name='registry_registration_proposed_once_recognised'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['report_returned', 'returned']), _negated=True), ('returned_by__isnull', False), _connector='OR'), name='registry_registration_returned_by'), models.CheckConstraint(condition=models.Q(('returned_by', None), ('state__in', ['report_returned', 'reported', 'returned', 'submitted']), _connector='OR'), name='registry_registration_returner_only_in_review'), models.CheckConstraint(condition=models.Q(('return_due_on', None), ('state__in', ['report_returned', 'returned']), _connector='OR'), name='registry_registration_due_only_when_returned'), models.CheckConstraint(condition=models.Q(('returned_by', None), ('rounds__gte', 1), _connector='OR'), name='registry_registration_rounds_when_returned'), models.CheckConstraint(condition=models.Q(('previous', None), ('novelty', 'maintained'), _connector='OR'), name='registry_registration_renewed_is_maintained'), models.CheckConstraint(condition=models.Q(('previous', None), models.Q(('previous', models.F('pk')), _negated=True), _connector='OR'), name='registry_registration_not_its_own_previous'), models.CheckConstraint(condition=models.Q(('year__gte', 2009), ('year__lte', 2100)), name='registry_registration_year'), models.CheckConstraint(condition=models.Q(('ends_on', None), ('starts_on', None), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='registry_registration_ends_after_start', violation_error_message='The end must not be before the start.'), models.CheckConstraint(condition=models.Q(('land_m2', None), ('land_m2__gte', 0), _connector='OR'), name='registry_registration_land'), models.CheckConstraint(condition=models.Q(('money', None), ('money__lte', 1000000000000000), _connector='OR'), name='registry_registration_money'), models.CheckConstraint(condition=models.Q(('money_from_people', None), ('money_from_people__lte', 1000000000000000), _connector='OR'), name='registry_registration_money_from_people'), models.CheckConstraint(condition=models.Q(('money', None), ('money_from_people', None), ('money_from_people__lte', models.F('money')), _connector='OR'), name='registry_registration_part_of_the_money', violation_error_message='The money from the people is a part of the money in all; it cannot be more.'), models.CheckConstraint(condition=models.Q(('version__gte', 1)), name='registry_registration_version')],
                    },
                ),
                migrations.CreateModel(
                    name='RecognitionEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('level', models.CharField(choices=[('grassroots', 'Grassroots'), ('intermediate', 'Intermediate'), ('city', 'City')], max_length=20, verbose_name='level')),
                        ('body', models.CharField(max_length=200, validators=[mobilization.core.validators.validate_text], verbose_name='recognised by')),
                        ('number', models.CharField(max_length=60, validators=[mobilization.core.validators.validate_text], verbose_name='decision number')),
                        ('decided_on', models.DateField(validators=[mobilization.core.validators.validate_plausible_date], verbose_name='decision date')),
                        ('exemplary', models.BooleanField(default=False, verbose_name='exemplary')),
                        ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='recorded at')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='models_registry.recognition')),
                        ('recorded_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='recorded by')),
                        ('registration', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='models_registry.registration', verbose_name='registration')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='ProposalEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('level', models.CharField(choices=[('grassroots', 'Grassroots'), ('intermediate', 'Intermediate'), ('city', 'City')], max_length=20, verbose_name='proposed level')),
                        ('state', models.CharField(choices=[('pending', 'Waiting'), ('accepted', 'Accepted'), ('declined', 'Declined')], default='pending', max_length=20, verbose_name='state')),
                        ('reason', models.TextField(blank=True, verbose_name='reason')),
                        ('proposed_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='proposed at')),
                        ('decided_at', models.DateTimeField(null=True, verbose_name='decided at')),
                        ('decision_reason', models.TextField(blank=True, verbose_name='reason of the decision')),
                        ('decided_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='decided by')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='models_registry.proposal')),
                        ('proposed_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='proposed by')),
                        ('registration', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='models_registry.registration', verbose_name='registration')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='Attachment',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('file', models.FileField(max_length=120, upload_to=mobilization.core.files.stored_path, verbose_name='file')),
                        ('original_name', models.CharField(max_length=150, verbose_name='file name')),
                        ('content_type', models.CharField(max_length=100, verbose_name='content type')),
                        ('size', models.PositiveIntegerField(verbose_name='size in bytes')),
                        ('sha256', models.CharField(max_length=64, verbose_name='SHA-256')),
                        ('uploaded_at', models.DateTimeField(auto_now_add=True, verbose_name='uploaded at')),
                        ('caption', models.CharField(blank=True, max_length=200, validators=[mobilization.core.validators.validate_text], verbose_name='caption')),
                        ('is_public', models.BooleanField(default=False, help_text='Anybody can see this file once the registration is accepted.', verbose_name='show on the public page')),
                        ('uploaded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='uploaded by')),
                        ('registration', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attachments', to='models_registry.registration', verbose_name='registration')),
                        ('consent_note', models.CharField(blank=True, help_text='Who agreed to be shown, when and how; a picture without recognisable people says so.', max_length=300, validators=[mobilization.core.validators.validate_text], verbose_name='consent')),
                        ('shown_at', models.DateTimeField(editable=False, null=True, verbose_name='shown since')),
                        ('shown_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='shown by')),
                        ('thumbnail', models.FileField(blank=True, editable=False, max_length=120, upload_to=mobilization.core.files.stored_path, verbose_name='thumbnail')),
                    ],
                    options={
                        'verbose_name': 'attachment',
                        'verbose_name_plural': 'attachments',
                        'ordering': ['pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('is_public', False), models.Q(('consent_note', ''), _negated=True), _connector='OR'), name='registry_attachment_shown_by_consent', violation_error_message='Say who agreed to be shown, when and how.')],
                    },
                ),
                migrations.CreateModel(
                    name='ReviewStep',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('act', models.CharField(choices=[('submit', 'Submitted'), ('withdraw', 'Withdrawn'), ('return', 'Returned for completion'), ('resubmit', 'Submitted again'), ('accept', 'Accepted'), ('decline', 'Declined'), ('report', 'Results reported'), ('return_report', 'Report returned for completion'), ('resubmit_report', 'Results reported again'), ('recognise', 'Recognised'), ('refuse', 'Not recognised'), ('propose', 'Proposed upward'), ('accept_proposal', 'Proposal accepted'), ('decline_proposal', 'Proposal declined'), ('conclude', 'Outcome of the year set'), ('renew', 'Renewed')], max_length=20, verbose_name='act')),
                        ('from_state', models.CharField(choices=[('draft', 'Draft'), ('submitted', 'Submitted'), ('returned', 'Returned'), ('withdrawn', 'Withdrawn'), ('declined', 'Declined'), ('accepted', 'Accepted, being carried out'), ('reported', 'Results reported'), ('report_returned', 'Report returned'), ('recognised', 'Recognised'), ('not_recognised', 'Not recognised')], max_length=20, verbose_name='from')),
                        ('to_state', models.CharField(choices=[('draft', 'Draft'), ('submitted', 'Submitted'), ('returned', 'Returned'), ('withdrawn', 'Withdrawn'), ('declined', 'Declined'), ('accepted', 'Accepted, being carried out'), ('reported', 'Results reported'), ('report_returned', 'Report returned'), ('recognised', 'Recognised'), ('not_recognised', 'Not recognised')], max_length=20, verbose_name='to')),
                        ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='at')),
                        ('reason', models.TextField(blank=True, verbose_name='reason')),
                        ('remarks', models.JSONField(default=dict, verbose_name='remarks')),
                        ('due_on', models.DateField(null=True, verbose_name='due on')),
                        ('late', models.BooleanField(default=False, verbose_name='late')),
                        ('version', models.PositiveIntegerField(verbose_name='version')),
                        ('acting_for', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit', verbose_name='acting for')),
                        ('actor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='actor')),
                        ('registration', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='models_registry.registration', verbose_name='registration')),
                    ],
                    options={
                        'verbose_name': 'review step',
                        'verbose_name_plural': 'review steps',
                        'ordering': ['at', 'pk'],
                        'indexes': [models.Index(fields=['actor', '-at'], name='registry_step_by_actor'), models.Index(condition=models.Q(('act__in', ['return', 'return_report'])), fields=['at'], name='registry_returns')],
                        'constraints': [models.UniqueConstraint(fields=('registration', 'version'), name='registry_step_once_a_version'), models.CheckConstraint(condition=models.Q(models.Q(('act', 'submit'), ('from_state__in', ['draft']), ('to_state', 'submitted')), models.Q(('act', 'withdraw'), ('from_state__in', ['returned', 'submitted']), ('to_state', 'withdrawn')), models.Q(('act', 'return'), ('from_state__in', ['submitted']), ('to_state', 'returned')), models.Q(('act', 'resubmit'), ('from_state__in', ['returned']), ('to_state', 'submitted')), models.Q(('act', 'accept'), ('from_state__in', ['submitted']), ('to_state', 'accepted')), models.Q(('act', 'decline'), ('from_state__in', ['submitted']), ('to_state', 'declined')), models.Q(('act', 'report'), ('from_state__in', ['accepted']), ('to_state', 'reported')), models.Q(('act', 'return_report'), ('from_state__in', ['reported']), ('to_state', 'report_returned')), models.Q(('act', 'resubmit_report'), ('from_state__in', ['report_returned']), ('to_state', 'reported')), models.Q(('act', 'recognise'), ('from_state__in', ['reported']), ('to_state', 'recognised')), models.Q(('act', 'refuse'), ('from_state__in', ['reported']), ('to_state', 'not_recognised')), models.Q(('act', 'propose'), ('from_state__in', ['recognised']), ('to_state', models.F('from_state'))), models.Q(('act', 'accept_proposal'), ('from_state__in', ['recognised']), ('to_state', models.F('from_state'))), models.Q(('act', 'decline_proposal'), ('from_state__in', ['recognised']), ('to_state', models.F('from_state'))), models.Q(('act', 'conclude'), ('from_state__in', ['accepted', 'not_recognised', 'recognised', 'report_returned', 'reported']), ('to_state', models.F('from_state'))), models.Q(('act', 'renew'), ('from_state__in', ['accepted', 'not_recognised', 'recognised']), ('to_state', models.F('from_state'))), _connector='OR'), name='registry_step_is_drawn'), models.CheckConstraint(condition=models.Q(models.Q(('act__in', ['decline', 'decline_proposal', 'refuse', 'return', 'return_report']), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='registry_step_says_why'), models.CheckConstraint(condition=models.Q(('due_on', None), ('act__in', ['return', 'return_report']), _connector='OR'), name='registry_step_due_only_on_return')],
                    },
                ),
                migrations.CreateModel(
                    name='SkilledModel',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(db_default=models_registry.models.skilled_model.NextCode(), editable=False, max_length=11, unique=True, verbose_name='code')),
                        ('title', models.CharField(blank=True, max_length=300, validators=[mobilization.core.validators.validate_text], verbose_name='title')),
                        ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='made on')),
                        ('replicated_from', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replications', to='models_registry.skilledmodel', verbose_name='made after')),
                        ('unit', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='skilled_models', to='units.unit', verbose_name='unit')),
                    ],
                    options={
                        'verbose_name': 'skilled model',
                        'verbose_name_plural': 'skilled models',
                        'indexes': [django.contrib.postgres.indexes.GinIndex(mobilization.core.search._WeightedVector(mobilization.core.search.Fold(models.F('title')), weight='A'), name='registry_model_title_terms')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('code__regex', '^DVK-[0-9]{7}$')), name='registry_model_code'), models.CheckConstraint(condition=models.Q(('replicated_from', None), models.Q(('replicated_from', models.F('pk')), _negated=True), _connector='OR'), name='registry_model_not_after_itself', violation_error_message='A model is not made after itself.')],
                    },
                ),
                migrations.CreateModel(
                    name='RegistrationEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('year', models.PositiveSmallIntegerField(editable=False, verbose_name='year')),
                        ('state', models.CharField(choices=[('draft', 'Draft'), ('submitted', 'Submitted'), ('returned', 'Returned'), ('withdrawn', 'Withdrawn'), ('declined', 'Declined'), ('accepted', 'Accepted, being carried out'), ('reported', 'Results reported'), ('report_returned', 'Report returned'), ('recognised', 'Recognised'), ('not_recognised', 'Not recognised')], default='draft', editable=False, max_length=20, verbose_name='state')),
                        ('state_since', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='in this state since')),
                        ('title', models.CharField(blank=True, max_length=300, validators=[mobilization.core.validators.validate_text], verbose_name='title')),
                        ('place', models.CharField(blank=True, max_length=300, validators=[mobilization.core.validators.validate_text], verbose_name='place')),
                        ('registrant', models.CharField(blank=True, max_length=200, validators=[mobilization.core.validators.validate_text], verbose_name='who registers')),
                        ('kind', models.CharField(blank=True, choices=[('model', 'Model'), ('example', 'Example'), ('work', 'Public work')], max_length=20, verbose_name='kind')),
                        ('subject', models.CharField(blank=True, choices=[('collective', 'Collective'), ('individual', 'Individual')], max_length=20, verbose_name='subject')),
                        ('field', models.CharField(blank=True, choices=[('political_system', 'Building the political system'), ('economy', 'Economic development'), ('culture_society', 'Culture and society'), ('defence_security', 'National defence and security')], max_length=20, verbose_name='field')),
                        ('level', models.CharField(blank=True, choices=[('grassroots', 'Grassroots'), ('intermediate', 'Intermediate'), ('city', 'City')], max_length=20, verbose_name='level')),
                        ('novelty', models.CharField(blank=True, choices=[('new', 'New'), ('maintained', 'Maintained')], max_length=20, verbose_name='new or maintained')),
                        ('aim', models.TextField(blank=True, max_length=10000, validators=[mobilization.core.validators.validate_text, django.core.validators.MaxLengthValidator(10000)], verbose_name='aim')),
                        ('content', models.TextField(blank=True, max_length=10000, validators=[mobilization.core.validators.validate_text, django.core.validators.MaxLengthValidator(10000)], verbose_name='content')),
                        ('method', models.TextField(blank=True, max_length=10000, validators=[mobilization.core.validators.validate_text, django.core.validators.MaxLengthValidator(10000)], verbose_name='method')),
                        ('beneficiaries', models.CharField(blank=True, max_length=500, validators=[mobilization.core.validators.validate_text], verbose_name='whom it serves')),
                        ('households', models.PositiveIntegerField(blank=True, null=True, verbose_name='households')),
                        ('participants', models.PositiveIntegerField(blank=True, null=True, verbose_name='people taking part')),
                        ('partners', models.CharField(blank=True, max_length=500, validators=[mobilization.core.validators.validate_text], verbose_name='partners')),
                        ('starts_on', models.DateField(blank=True, null=True, validators=[mobilization.core.validators.validate_plausible_date], verbose_name='starts on')),
                        ('ends_on', models.DateField(blank=True, null=True, validators=[mobilization.core.validators.validate_plausible_date], verbose_name='ends on')),
                        ('person_name', models.CharField(blank=True, max_length=150, validators=[mobilization.core.validators.validate_text], verbose_name='person in charge')),
                        ('person_post', models.CharField(blank=True, max_length=150, validators=[mobilization.core.validators.validate_text], verbose_name='post of the person in charge')),
                        ('person_phone', models.CharField(blank=True, max_length=30, validators=[mobilization.core.validators.validate_text], verbose_name='phone of the person in charge')),
                        ('result_summary', models.TextField(blank=True, max_length=10000, validators=[mobilization.core.validators.validate_text, django.core.validators.MaxLengthValidator(10000)], verbose_name='results')),
                        ('figures_before', models.TextField(blank=True, max_length=10000, validators=[mobilization.core.validators.validate_text, django.core.validators.MaxLengthValidator(10000)], verbose_name='figures before')),
                        ('figures_after', models.TextField(blank=True, max_length=10000, validators=[mobilization.core.validators.validate_text, django.core.validators.MaxLengthValidator(10000)], verbose_name='figures after')),
                        ('product', models.TextField(blank=True, max_length=10000, validators=[mobilization.core.validators.validate_text, django.core.validators.MaxLengthValidator(10000)], verbose_name='product')),
                        ('money', models.PositiveBigIntegerField(blank=True, null=True, verbose_name='money in all (đồng)')),
                        ('money_from_people', models.PositiveBigIntegerField(blank=True, null=True, verbose_name='of which from the people (đồng)')),
                        ('working_days', models.PositiveIntegerField(blank=True, null=True, verbose_name='working days given')),
                        ('land_m2', models.DecimalField(blank=True, decimal_places=1, max_digits=12, null=True, validators=[django.core.validators.MinValueValidator(Decimal('0'))], verbose_name='land given (m²)')),
                        ('difficulty', models.TextField(blank=True, max_length=10000, validators=[mobilization.core.validators.validate_text, django.core.validators.MaxLengthValidator(10000)], verbose_name='difficulties')),
                        ('lessons', models.TextField(blank=True, max_length=10000, validators=[mobilization.core.validators.validate_text, django.core.validators.MaxLengthValidator(10000)], verbose_name='lessons')),
                        ('outcome', models.CharField(blank=True, choices=[('replicate', 'Replicate'), ('maintain', 'Maintain'), ('strengthen', 'Strengthen'), ('end', 'End')], editable=False, max_length=20, verbose_name='outcome of the year')),
                        ('outcome_reason', models.TextField(blank=True, editable=False, max_length=10000, validators=[mobilization.core.validators.validate_text, django.core.validators.MaxLengthValidator(10000)], verbose_name='reason for the outcome')),
                        ('typists', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, editable=False, size=None)),
                        ('submitted_at', models.DateTimeField(editable=False, null=True, verbose_name='submitted at')),
                        ('late', models.BooleanField(default=False, editable=False, verbose_name='submitted late')),
                        ('reported_at', models.DateTimeField(editable=False, null=True, verbose_name='reported at')),
                        ('report_late', models.BooleanField(default=False, editable=False, verbose_name='reported late')),
                        ('return_due_on', models.DateField(editable=False, null=True, verbose_name='to be completed by')),
                        ('rounds', models.PositiveSmallIntegerField(default=0, editable=False, verbose_name='times returned')),
                        ('exemplary', models.BooleanField(default=False, editable=False, verbose_name='exemplary')),
                        ('proposed_to', models.CharField(blank=True, choices=[('grassroots', 'Grassroots'), ('intermediate', 'Intermediate'), ('city', 'City')], default='', editable=False, max_length=20, verbose_name='proposed to')),
                        ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='made on')),
                        ('changed_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='changed on')),
                        ('version', models.PositiveIntegerField(default=1, editable=False)),
                        ('campaign', models.ForeignKey(db_constraint=False, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='models_registry.campaign', verbose_name='campaign')),
                        ('changed_by', models.ForeignKey(db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='changed by')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='models_registry.registration')),
                        ('previous', models.ForeignKey(db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='models_registry.registration', verbose_name='previous year')),
                        ('returned_by', models.ForeignKey(db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='returned by')),
                        ('submitted_by', models.ForeignKey(db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='submitted by')),
                        ('typed_by', models.ForeignKey(db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='typed by')),
                        ('unit', models.ForeignKey(db_constraint=False, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='units.unit', verbose_name='registering unit')),
                        ('model', models.ForeignKey(db_constraint=False, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='models_registry.skilledmodel', verbose_name='skilled model')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='Target',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('number', models.PositiveIntegerField(verbose_name='registrations owed')),
                        ('campaign', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='targets', to='models_registry.campaign', verbose_name='campaign')),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit', verbose_name='unit')),
                    ],
                    options={
                        'verbose_name': 'target',
                        'verbose_name_plural': 'targets',
                        'constraints': [models.UniqueConstraint(fields=('campaign', 'unit'), name='registry_target_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Assignment',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('assigned_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='assigned at')),
                        ('assigned_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='assigned by')),
                        ('registration', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='assignment', to='models_registry.registration', verbose_name='registration')),
                        ('reviewer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to=settings.AUTH_USER_MODEL, verbose_name='reviewer')),
                    ],
                    options={
                        'verbose_name': 'assignment',
                        'verbose_name_plural': 'assignments',
                    },
                ),
                migrations.CreateModel(
                    name='KindTarget',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('unit_kind', models.CharField(choices=[('city', 'City'), ('urban_district', 'Urban district'), ('rural_district', 'Rural district'), ('town', 'Town'), ('ward', 'Ward'), ('commune', 'Commune'), ('township', 'Township'), ('committee', 'Committee directly under the city')], max_length=20, verbose_name='kind of unit')),
                        ('number', models.PositiveIntegerField(verbose_name='registrations owed')),
                        ('campaign', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='kind_targets', to='models_registry.campaign', verbose_name='campaign')),
                    ],
                    options={
                        'verbose_name': 'target of a kind of unit',
                        'verbose_name_plural': 'targets of kinds of unit',
                        'ordering': ['unit_kind'],
                        'constraints': [models.UniqueConstraint(fields=('campaign', 'unit_kind'), name='registry_kind_target_once'), models.CheckConstraint(condition=models.Q(('unit_kind__in', ['city', 'urban_district', 'rural_district', 'town', 'ward', 'commune', 'township', 'committee'])), name='registry_kind_target_words')],
                    },
                ),
                migrations.CreateModel(
                    name='ReturnReason',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('text', models.CharField(max_length=300, validators=[mobilization.core.validators.validate_text], verbose_name='reason')),
                        ('position', models.PositiveSmallIntegerField(default=0, verbose_name='place in the list')),
                        ('is_offered', models.BooleanField(default=True, verbose_name='offered')),
                        ('city', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit', verbose_name='city')),
                    ],
                    options={
                        'verbose_name': 'reason for returning',
                        'verbose_name_plural': 'reasons for returning',
                        'ordering': ['position', 'pk'],
                        'constraints': [models.UniqueConstraint(fields=('city', 'text'), name='registry_return_reason_once', nulls_distinct=False, violation_error_message='This reason is in the list already.'), models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='registry_return_reason_has_text')],
                    },
                ),
                migrations.CreateModel(
                    name='WorkingCopy',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('step', models.CharField(max_length=20, verbose_name='step')),
                        ('typed', models.JSONField(default=dict, verbose_name='typed')),
                        ('base_version', models.PositiveIntegerField(default=0, verbose_name='typed over version')),
                        ('saved_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='saved at')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='person')),
                        ('registration', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='working_copies', to='models_registry.registration', verbose_name='registration')),
                    ],
                    options={
                        'verbose_name': 'unsaved typing',
                        'verbose_name_plural': 'unsaved typing',
                        'constraints': [models.UniqueConstraint(fields=('person', 'registration', 'step'), name='registry_working_copy_once', nulls_distinct=False), models.CheckConstraint(condition=models.Q(('step', ''), _negated=True), name='registry_working_copy_has_step')],
                    },
                ),
                migrations.CreateModel(
                    name='Criterion',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('level', models.CharField(blank=True, choices=[('grassroots', 'Grassroots'), ('intermediate', 'Intermediate'), ('city', 'City')], max_length=20, verbose_name='level')),
                        ('position', models.PositiveSmallIntegerField(default=0, verbose_name='place in the list')),
                        ('text', models.CharField(max_length=500, validators=[mobilization.core.validators.validate_text], verbose_name='criterion')),
                        ('weight', models.PositiveSmallIntegerField(blank=True, help_text='Empty: fulfilled or not, without points.', null=True, verbose_name='points at most')),
                        ('campaign', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='criteria', to='models_registry.campaign', verbose_name='campaign')),
                    ],
                    options={
                        'verbose_name': 'criterion',
                        'verbose_name_plural': 'criteria',
                        'ordering': ['position', 'pk'],
                        'constraints': [models.UniqueConstraint(fields=('campaign', 'level', 'text'), name='registry_criterion_once', violation_error_message='This criterion is in the list already.'), models.CheckConstraint(condition=models.Q(('level__in', ['', 'grassroots', 'intermediate', 'city'])), name='registry_criterion_level'), models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='registry_criterion_has_text'), models.CheckConstraint(condition=models.Q(('weight', None), models.Q(('weight__gte', 1), ('weight__lte', 100)), _connector='OR'), name='registry_criterion_weight')],
                    },
                ),
                migrations.CreateModel(
                    name='Declaration',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('is_related', models.BooleanField(verbose_name='a relation exists')),
                        ('relation', models.CharField(blank=True, max_length=300, validators=[mobilization.core.validators.validate_text], verbose_name='which relation')),
                        ('declared_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='declared at')),
                        ('registration', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='declarations', to='models_registry.registration', verbose_name='registration')),
                        ('reviewer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='reviewer')),
                    ],
                    options={
                        'verbose_name': 'declaration',
                        'verbose_name_plural': 'declarations',
                        'ordering': ['declared_at', 'pk'],
                        'indexes': [models.Index(fields=['reviewer', 'registration'], name='registry_declared')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('is_related', False), models.Q(('relation', ''), _negated=True), _connector='OR'), name='registry_relation_is_named')],
                    },
                ),
            ],
        ),
        mobilization.core.migrating.AtOnce(
            operations=[
                pgtrigger.migrations.AddTrigger(
                    model_name='campaign',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "models_registry_campaignevent" ("city_id", "guiding_date", "guiding_number", "id", "opened_on", "pgh_created_at", "pgh_label", "pgh_obj_id", "title", "version", "year") VALUES (NEW."city_id", NEW."guiding_date", NEW."guiding_number", NEW."id", NEW."opened_on", NOW(), \'insert\', NEW."id", NEW."title", NEW."version", NEW."year"); RETURN NULL;', hash='58ee1eee0ac0f136ab7274671ba5fe79c05683f1', operation='INSERT', pgid='pgtrigger_insert_insert_9707e', table='models_registry_campaign', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='campaign',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "models_registry_campaignevent" ("city_id", "guiding_date", "guiding_number", "id", "opened_on", "pgh_created_at", "pgh_label", "pgh_obj_id", "title", "version", "year") VALUES (NEW."city_id", NEW."guiding_date", NEW."guiding_number", NEW."id", NEW."opened_on", NOW(), \'update\', NEW."id", NEW."title", NEW."version", NEW."year"); RETURN NULL;', hash='5074d380b0c8674081f75a859973bc00dc94e07e', operation='UPDATE', pgid='pgtrigger_update_update_536c2', table='models_registry_campaign', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='campaignevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='ab832d65deb5c068a26f6a04a14b7827757a4b4d', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_0d40c', table='models_registry_campaignevent', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='proposal',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "models_registry_proposalevent" ("decided_at", "decided_by_id", "decision_reason", "id", "level", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_at", "proposed_by_id", "reason", "registration_id", "state") VALUES (NEW."decided_at", NEW."decided_by_id", NEW."decision_reason", NEW."id", NEW."level", NOW(), \'insert\', NEW."id", NEW."proposed_at", NEW."proposed_by_id", NEW."reason", NEW."registration_id", NEW."state"); RETURN NULL;', hash='9266f0197adbbd288c338caa22091990e428d531', operation='INSERT', pgid='pgtrigger_insert_insert_73608', table='models_registry_proposal', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='proposal',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "models_registry_proposalevent" ("decided_at", "decided_by_id", "decision_reason", "id", "level", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_at", "proposed_by_id", "reason", "registration_id", "state") VALUES (NEW."decided_at", NEW."decided_by_id", NEW."decision_reason", NEW."id", NEW."level", NOW(), \'update\', NEW."id", NEW."proposed_at", NEW."proposed_by_id", NEW."reason", NEW."registration_id", NEW."state"); RETURN NULL;', hash='e77bc2a16614d84363f6444008c11ea67c2111e5', operation='UPDATE', pgid='pgtrigger_update_update_270f4', table='models_registry_proposal', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='recognition',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "models_registry_recognitionevent" ("body", "decided_on", "exemplary", "id", "level", "number", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "registration_id") VALUES (NEW."body", NEW."decided_on", NEW."exemplary", NEW."id", NEW."level", NEW."number", NOW(), \'insert\', NEW."id", NEW."recorded_at", NEW."recorded_by_id", NEW."registration_id"); RETURN NULL;', hash='a4f9d08ae509cb2c3da525094864af98368a16be', operation='INSERT', pgid='pgtrigger_insert_insert_2fe81', table='models_registry_recognition', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='recognition',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "models_registry_recognitionevent" ("body", "decided_on", "exemplary", "id", "level", "number", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "registration_id") VALUES (NEW."body", NEW."decided_on", NEW."exemplary", NEW."id", NEW."level", NEW."number", NOW(), \'update\', NEW."id", NEW."recorded_at", NEW."recorded_by_id", NEW."registration_id"); RETURN NULL;', hash='6c4563cdc95659a7023da7063fa8c0aa854488d0', operation='UPDATE', pgid='pgtrigger_update_update_9366e', table='models_registry_recognition', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='registration',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "models_registry_registrationevent" ("aim", "beneficiaries", "campaign_id", "changed_at", "changed_by_id", "content", "created_at", "difficulty", "ends_on", "exemplary", "field", "figures_after", "figures_before", "households", "id", "kind", "land_m2", "late", "lessons", "level", "method", "model_id", "money", "money_from_people", "novelty", "outcome", "outcome_reason", "participants", "partners", "person_name", "person_phone", "person_post", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "previous_id", "product", "proposed_to", "registrant", "report_late", "reported_at", "result_summary", "return_due_on", "returned_by_id", "rounds", "starts_on", "state", "state_since", "subject", "submitted_at", "submitted_by_id", "title", "typed_by_id", "typists", "unit_id", "version", "working_days", "year") SELECT new_values."aim", new_values."beneficiaries", new_values."campaign_id", new_values."changed_at", new_values."changed_by_id", new_values."content", new_values."created_at", new_values."difficulty", new_values."ends_on", new_values."exemplary", new_values."field", new_values."figures_after", new_values."figures_before", new_values."households", new_values."id", new_values."kind", new_values."land_m2", new_values."late", new_values."lessons", new_values."level", new_values."method", new_values."model_id", new_values."money", new_values."money_from_people", new_values."novelty", new_values."outcome", new_values."outcome_reason", new_values."participants", new_values."partners", new_values."person_name", new_values."person_phone", new_values."person_post", NOW(), \'insert\', new_values."id", new_values."place", new_values."previous_id", new_values."product", new_values."proposed_to", new_values."registrant", new_values."report_late", new_values."reported_at", new_values."result_summary", new_values."return_due_on", new_values."returned_by_id", new_values."rounds", new_values."starts_on", new_values."state", new_values."state_since", new_values."subject", new_values."submitted_at", new_values."submitted_by_id", new_values."title", new_values."typed_by_id", new_values."typists", new_values."unit_id", new_values."version", new_values."working_days", new_values."year" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='8c393d28d42ca98121bb7c77874a4060dfad01f9', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_0f175', referencing='REFERENCING NEW TABLE AS new_values ', table='models_registry_registration', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='registration',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "models_registry_registrationevent" ("aim", "beneficiaries", "campaign_id", "changed_at", "changed_by_id", "content", "created_at", "difficulty", "ends_on", "exemplary", "field", "figures_after", "figures_before", "households", "id", "kind", "land_m2", "late", "lessons", "level", "method", "model_id", "money", "money_from_people", "novelty", "outcome", "outcome_reason", "participants", "partners", "person_name", "person_phone", "person_post", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "previous_id", "product", "proposed_to", "registrant", "report_late", "reported_at", "result_summary", "return_due_on", "returned_by_id", "rounds", "starts_on", "state", "state_since", "subject", "submitted_at", "submitted_by_id", "title", "typed_by_id", "typists", "unit_id", "version", "working_days", "year") SELECT new_values."aim", new_values."beneficiaries", new_values."campaign_id", new_values."changed_at", new_values."changed_by_id", new_values."content", new_values."created_at", new_values."difficulty", new_values."ends_on", new_values."exemplary", new_values."field", new_values."figures_after", new_values."figures_before", new_values."households", new_values."id", new_values."kind", new_values."land_m2", new_values."late", new_values."lessons", new_values."level", new_values."method", new_values."model_id", new_values."money", new_values."money_from_people", new_values."novelty", new_values."outcome", new_values."outcome_reason", new_values."participants", new_values."partners", new_values."person_name", new_values."person_phone", new_values."person_post", NOW(), \'update\', new_values."id", new_values."place", new_values."previous_id", new_values."product", new_values."proposed_to", new_values."registrant", new_values."report_late", new_values."reported_at", new_values."result_summary", new_values."return_due_on", new_values."returned_by_id", new_values."rounds", new_values."starts_on", new_values."state", new_values."state_since", new_values."subject", new_values."submitted_at", new_values."submitted_by_id", new_values."title", new_values."typed_by_id", new_values."typists", new_values."unit_id", new_values."version", new_values."working_days", new_values."year" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."aim" IS DISTINCT FROM (new_values."aim") OR old_values."beneficiaries" IS DISTINCT FROM (new_values."beneficiaries") OR old_values."campaign_id" IS DISTINCT FROM (new_values."campaign_id") OR old_values."changed_at" IS DISTINCT FROM (new_values."changed_at") OR old_values."changed_by_id" IS DISTINCT FROM (new_values."changed_by_id") OR old_values."content" IS DISTINCT FROM (new_values."content") OR old_values."created_at" IS DISTINCT FROM (new_values."created_at") OR old_values."difficulty" IS DISTINCT FROM (new_values."difficulty") OR old_values."ends_on" IS DISTINCT FROM (new_values."ends_on") OR old_values."exemplary" IS DISTINCT FROM (new_values."exemplary") OR old_values."field" IS DISTINCT FROM (new_values."field") OR old_values."figures_after" IS DISTINCT FROM (new_values."figures_after") OR old_values."figures_before" IS DISTINCT FROM (new_values."figures_before") OR old_values."households" IS DISTINCT FROM (new_values."households") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."kind" IS DISTINCT FROM (new_values."kind") OR old_values."land_m2" IS DISTINCT FROM (new_values."land_m2") OR old_values."late" IS DISTINCT FROM (new_values."late") OR old_values."lessons" IS DISTINCT FROM (new_values."lessons") OR old_values."level" IS DISTINCT FROM (new_values."level") OR old_values."method" IS DISTINCT FROM (new_values."method") OR old_values."model_id" IS DISTINCT FROM (new_values."model_id") OR old_values."money" IS DISTINCT FROM (new_values."money") OR old_values."money_from_people" IS DISTINCT FROM (new_values."money_from_people") OR old_values."novelty" IS DISTINCT FROM (new_values."novelty") OR old_values."outcome" IS DISTINCT FROM (new_values."outcome") OR old_values."outcome_reason" IS DISTINCT FROM (new_values."outcome_reason") OR old_values."participants" IS DISTINCT FROM (new_values."participants") OR old_values."partners" IS DISTINCT FROM (new_values."partners") OR old_values."person_name" IS DISTINCT FROM (new_values."person_name") OR old_values."person_phone" IS DISTINCT FROM (new_values."person_phone") OR old_values."person_post" IS DISTINCT FROM (new_values."person_post") OR old_values."place" IS DISTINCT FROM (new_values."place") OR old_values."previous_id" IS DISTINCT FROM (new_values."previous_id") OR old_values."product" IS DISTINCT FROM (new_values."product") OR old_values."proposed_to" IS DISTINCT FROM (new_values."proposed_to") OR old_values."registrant" IS DISTINCT FROM (new_values."registrant") OR old_values."report_late" IS DISTINCT FROM (new_values."report_late") OR old_values."reported_at" IS DISTINCT FROM (new_values."reported_at") OR old_values."result_summary" IS DISTINCT FROM (new_values."result_summary") OR old_values."return_due_on" IS DISTINCT FROM (new_values."return_due_on") OR old_values."returned_by_id" IS DISTINCT FROM (new_values."returned_by_id") OR old_values."rounds" IS DISTINCT FROM (new_values."rounds") OR old_values."starts_on" IS DISTINCT FROM (new_values."starts_on") OR old_values."state" IS DISTINCT FROM (new_values."state") OR old_values."state_since" IS DISTINCT FROM (new_values."state_since") OR old_values."subject" IS DISTINCT FROM (new_values."subject") OR old_values."submitted_at" IS DISTINCT FROM (new_values."submitted_at") OR old_values."submitted_by_id" IS DISTINCT FROM (new_values."submitted_by_id") OR old_values."title" IS DISTINCT FROM (new_values."title") OR old_values."typed_by_id" IS DISTINCT FROM (new_values."typed_by_id") OR old_values."typists" IS DISTINCT FROM (new_values."typists") OR old_values."unit_id" IS DISTINCT FROM (new_values."unit_id") OR old_values."version" IS DISTINCT FROM (new_values."version") OR old_values."working_days" IS DISTINCT FROM (new_values."working_days") OR old_values."year" IS DISTINCT FROM (new_values."year")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='0fd1470b73f5219867674ca370a609f74397abd9', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_a4bae', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='models_registry_registration', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='registration',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "models_registry_registrationevent" ("aim", "beneficiaries", "campaign_id", "changed_at", "changed_by_id", "content", "created_at", "difficulty", "ends_on", "exemplary", "field", "figures_after", "figures_before", "households", "id", "kind", "land_m2", "late", "lessons", "level", "method", "model_id", "money", "money_from_people", "novelty", "outcome", "outcome_reason", "participants", "partners", "person_name", "person_phone", "person_post", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "previous_id", "product", "proposed_to", "registrant", "report_late", "reported_at", "result_summary", "return_due_on", "returned_by_id", "rounds", "starts_on", "state", "state_since", "subject", "submitted_at", "submitted_by_id", "title", "typed_by_id", "typists", "unit_id", "version", "working_days", "year") SELECT old_values."aim", old_values."beneficiaries", old_values."campaign_id", old_values."changed_at", old_values."changed_by_id", old_values."content", old_values."created_at", old_values."difficulty", old_values."ends_on", old_values."exemplary", old_values."field", old_values."figures_after", old_values."figures_before", old_values."households", old_values."id", old_values."kind", old_values."land_m2", old_values."late", old_values."lessons", old_values."level", old_values."method", old_values."model_id", old_values."money", old_values."money_from_people", old_values."novelty", old_values."outcome", old_values."outcome_reason", old_values."participants", old_values."partners", old_values."person_name", old_values."person_phone", old_values."person_post", NOW(), \'delete\', old_values."id", old_values."place", old_values."previous_id", old_values."product", old_values."proposed_to", old_values."registrant", old_values."report_late", old_values."reported_at", old_values."result_summary", old_values."return_due_on", old_values."returned_by_id", old_values."rounds", old_values."starts_on", old_values."state", old_values."state_since", old_values."subject", old_values."submitted_at", old_values."submitted_by_id", old_values."title", old_values."typed_by_id", old_values."typists", old_values."unit_id", old_values."version", old_values."working_days", old_values."year" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='a9e5ebd4795c66c7536cfa8794c9728abe9fb284', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_22c58', referencing='REFERENCING OLD TABLE AS old_values ', table='models_registry_registration', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='recognitionevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='84eea61be8fd1e016cf370e33b29bd1aad106a7f', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_a88bf', table='models_registry_recognitionevent', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='proposalevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='2c0f3cf464c0c01707434bfba3a7475400a3e150', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_7147f', table='models_registry_proposalevent', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='reviewstep',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='d7b94c5887e97b2e249595516f9c4c96d9664849', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_99399', table='models_registry_reviewstep', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='registrationevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='01d125b99a6ef5685ac0034170ed44d4bebdb5b3', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_dfee2', table='models_registry_registrationevent', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='declaration',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='4c0dae78dcffda86cbccffb9957f61b01806e247', operation='UPDATE', pgid='pgtrigger_append_only_f9eb3', table='models_registry_declaration', when='BEFORE')),
                ),
            ],
        ),
        migrations.RunSQL(YEAR_FORWARD, YEAR_BACKWARD),
        migrations.RunPython(load_rules, migrations.RunPython.noop),
        migrations.RunPython(ship_reasons, migrations.RunPython.noop),
    ]
