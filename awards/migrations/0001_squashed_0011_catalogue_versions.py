"""Awards: the catalogue, nominations, decisions, registers and certificates, as one migration.

An empty database is migrated by this; one that has seen the replaced migrations goes on with those.
"""

import awards.models.certificate
import awards.validators
import datetime
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.datetime
import django.db.models.functions.text
import django.utils.timezone
import mobilization.core.files
import mobilization.core.migrating
import mobilization.core.search
import mobilization.core.validators
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
from django.conf import settings
from django.db import migrations, models


# A decision that was issued keeps its content; only its state may go from issued to revoked, and its version may
# count what amends it. Its awards keep theirs: only their state may leave "valid", together with the decision that ended
# them, and the link to a recipient may change, since it is no part of what was granted. Neither can be deleted or added
# to, but by the undoing of a loaded register, which names its batch for the transaction. Of a form that was granted
# only its end, the share of votes with what sets it, and the version may change.
FINAL = r"""
CREATE FUNCTION awards_decision_final() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    marks text[] := ARRAY['state', 'version', 'year', 'listed_on', 'search'];
BEGIN
    IF OLD.state = 'draft' THEN
        RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    IF TG_OP = 'DELETE' THEN
        IF OLD.batch_id::text = current_setting('awards.undo_batch', true) THEN
            RETURN OLD;
        END IF;
        RAISE EXCEPTION 'decision % was issued and cannot be deleted', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    IF to_jsonb(NEW) - marks <> to_jsonb(OLD) - marks
       OR (NEW.state <> OLD.state AND NOT (OLD.state = 'issued' AND NEW.state = 'revoked')) THEN
        RAISE EXCEPTION 'decision % was issued and never changes', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER awards_decision_final BEFORE UPDATE OR DELETE ON awards_decision
    FOR EACH ROW EXECUTE FUNCTION awards_decision_final();

CREATE FUNCTION awards_award_final() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    marks text[] := ARRAY['state', 'ended_by_id', 'search', 'recipient_id'];
    link text[] := ARRAY['recipient_id', 'search'];
    decided record;
BEGIN
    IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - link = to_jsonb(OLD) - link THEN
        RETURN NEW;
    END IF;
    IF TG_OP <> 'INSERT' THEN
        SELECT state, batch_id INTO decided FROM awards_decision WHERE id = OLD.decision_id FOR SHARE;
        IF decided.state <> 'draft' THEN
            IF TG_OP = 'DELETE' THEN
                IF decided.batch_id::text = current_setting('awards.undo_batch', true) THEN
                    RETURN OLD;
                END IF;
                RAISE EXCEPTION 'award % was issued and cannot be deleted', OLD.id
                    USING ERRCODE = 'restrict_violation';
            END IF;
            IF to_jsonb(NEW) - marks <> to_jsonb(OLD) - marks OR OLD.state <> 'valid' THEN
                RAISE EXCEPTION 'award % was issued and never changes', OLD.id USING ERRCODE = 'restrict_violation';
            END IF;
            RETURN NEW;
        END IF;
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    SELECT state, batch_id INTO decided FROM awards_decision WHERE id = NEW.decision_id FOR SHARE;
    IF decided.state <> 'draft' THEN
        RAISE EXCEPTION 'decision % was issued and takes no more awards', NEW.decision_id
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER awards_award_final BEFORE INSERT OR UPDATE OR DELETE ON awards_award
    FOR EACH ROW EXECUTE FUNCTION awards_award_final();

CREATE FUNCTION awards_form_final() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    may text[] := ARRAY['valid_to', 'votes_share', 'votes_basis', 'version'];
BEGIN
    IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - may <> to_jsonb(OLD) - may AND EXISTS (
        SELECT 1 FROM awards_award a JOIN awards_decision d ON d.id = a.decision_id
        WHERE a.form_id = OLD.id AND d.state <> 'draft'
    ) THEN
        RAISE EXCEPTION 'form of award % was granted and never changes', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    -- One code at a time: no two rows of it are in force on one day. The lock makes two writers take turns.
    PERFORM pg_advisory_xact_lock(hashtext('awards_awardform'), hashtext(NEW.code));
    IF EXISTS (
        SELECT 1 FROM awards_awardform other
        WHERE other.code = NEW.code AND other.id <> NEW.id
          AND daterange(other.valid_from, other.valid_to) && daterange(NEW.valid_from, NEW.valid_to)
    ) THEN
        RAISE EXCEPTION 'form of award %: the dates overlap another row', NEW.code
            USING ERRCODE = 'exclusion_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER awards_form_final BEFORE INSERT OR UPDATE ON awards_awardform
    FOR EACH ROW EXECUTE FUNCTION awards_form_final();
"""

NOT_FINAL = """
DROP TRIGGER IF EXISTS awards_form_final ON awards_awardform;
DROP FUNCTION IF EXISTS awards_form_final();
DROP TRIGGER IF EXISTS awards_award_final ON awards_award;
DROP FUNCTION IF EXISTS awards_award_final();
DROP TRIGGER IF EXISTS awards_decision_final ON awards_decision;
DROP FUNCTION IF EXISTS awards_decision_final();
"""

# The catalogue that the portal starts with.
# Before 2024: Law 15/2003/QH11 and Decree 91/2017/NĐ-CP. From 1 January 2024: Law 06/2022/QH15 with Decree
# 98/2023/NĐ-CP; from 1 July 2025 with Decree 152/2025/NĐ-CP. The district's forms end with the districts.
OLD = (datetime.date(2017, 10, 1), datetime.date(2024, 1, 1), "Luật 15/2003/QH11; Nghị định 91/2017/NĐ-CP")
MIDDLE = (datetime.date(2024, 1, 1), datetime.date(2025, 7, 1), "Luật 06/2022/QH15; Nghị định 98/2023/NĐ-CP")
NOW = (datetime.date(2025, 7, 1), None, "Luật 06/2022/QH15; Nghị định 152/2025/NĐ-CP")

FORMS = [
    ("certificate-commune", "Giấy khen", "Chủ tịch Ủy ban nhân dân cấp xã", "commune", (OLD, MIDDLE, NOW)),
    ("praise-commune", "Biểu dương", "Cấp ủy xã, phường, thị trấn", "commune", (OLD, MIDDLE, NOW)),
    ("certificate-committee", "Giấy khen", "Thủ trưởng cơ quan, đơn vị trực thuộc thành phố", "committee", (OLD, MIDDLE, NOW)),
    ("praise-committee", "Biểu dương", "Đảng ủy trực thuộc Thành ủy", "committee", (OLD, MIDDLE, NOW)),
    ("certificate-district", "Giấy khen", "Chủ tịch Ủy ban nhân dân cấp huyện", "district", (OLD, MIDDLE)),
    ("praise-district", "Biểu dương", "Quận ủy, huyện ủy, thị ủy", "district", (OLD, MIDDLE)),
    ("merit-city", "Bằng khen", "Chủ tịch Ủy ban nhân dân thành phố", "city", (OLD, MIDDLE, NOW)),
    ("praise-city", "Biểu dương", "Thành ủy", "city", (OLD, MIDDLE, NOW)),
    ("merit-prime-minister", "Bằng khen", "Thủ tướng Chính phủ", "state", (OLD, MIDDLE, NOW)),
]


def load(apps, schema_editor):
    """Add each form once for each law under which it was granted."""
    form = apps.get_model("awards", "AwardForm")
    form.objects.bulk_create(
        form(
            code=code,
            name=name,
            body=body,
            tier=tier,
            valid_from=start,
            valid_to=end,
            legal_basis=basis,
            # More than half of those present; four fifths for the merit certificates of city and Prime Minister.
            votes_share=80 if code.startswith("merit-") else 51,
        )
        for code, name, body, tier, periods in FORMS
        for start, end, basis in periods
    )


class Migration(migrations.Migration):

    replaces = [('awards', '0001_initial'), ('awards', '0002_decided_is_final'), ('awards', '0003_catalogue'), ('awards', '0004_newest_first'), ('awards', '0005_nominations'), ('awards', '0006_recipients_linked'), ('awards', '0007_certificates'), ('awards', '0008_certificate_margins'), ('awards', '0009_amending_counts'), ('awards', '0010_what_sets_the_votes'), ('awards', '0011_catalogue_versions')]

    initial = True

    dependencies = [
        ('core', '0001_fold'),
        ('dialogues', '0005_first_due_date'),
        ('models_registry', '0008_queue_of_unit'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('units', '0002_closed_years'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        mobilization.core.migrating.AtOnce(
            operations=[
                migrations.CreateModel(
                    name='AwardForm',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.SlugField(max_length=40, verbose_name='Code')),
                        ('name', models.CharField(max_length=120, validators=[mobilization.core.validators.validate_text], verbose_name='Form of award')),
                        ('body', models.CharField(max_length=200, validators=[mobilization.core.validators.validate_text], verbose_name='Granting body')),
                        ('tier', models.CharField(choices=[('commune', 'Commune tier'), ('committee', 'Committee directly under the city'), ('district', 'District tier'), ('city', 'City tier'), ('state', 'State tier')], max_length=12, verbose_name='Tier')),
                        ('legal_basis', models.CharField(max_length=300, validators=[mobilization.core.validators.validate_text], verbose_name='Legal basis')),
                        ('valid_from', models.DateField(validators=[mobilization.core.validators.validate_plausible_date], verbose_name='In force from')),
                        ('valid_to', models.DateField(blank=True, help_text='The first day on which it is no longer granted; empty while in force.', null=True, validators=[mobilization.core.validators.validate_plausible_date], verbose_name='In force until (exclusive)')),
                        ('votes_share', models.PositiveSmallIntegerField(default=51, help_text='At least this share of the members present must vote in favour; fewer is told before approval.', validators=[django.core.validators.MaxValueValidator(100)], verbose_name='Votes needed (percent)')),
                        ('votes_basis', models.CharField(blank=True, help_text="Law, decree or regulation of the council, with number, date and article. Empty: the portal's default, for which no law is named.", max_length=300, validators=[mobilization.core.validators.validate_text], verbose_name='What sets the votes needed')),
                        ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='Version')),
                    ],
                    options={
                        'verbose_name': 'Form of award',
                        'verbose_name_plural': 'Catalogue of awards',
                        'ordering': ['tier', 'code', '-valid_from'],
                        'constraints': [models.UniqueConstraint(fields=('code', 'valid_from'), name='award_form_once_a_date'), models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='award_form_ends_after_start', violation_error_message='The end must be after the start.'), models.CheckConstraint(condition=models.Q(('tier__in', ['commune', 'committee', 'district', 'city', 'state'])), name='award_form_tier_known'), models.CheckConstraint(condition=models.Q(('votes_share__lte', 100)), name='award_form_votes_share')],
                    },
                ),
                migrations.CreateModel(
                    name='Decision',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('tier', models.CharField(choices=[('commune', 'Commune tier'), ('committee', 'Committee directly under the city'), ('district', 'District tier'), ('city', 'City tier'), ('state', 'State tier')], max_length=12, verbose_name='Tier')),
                        ('title', models.CharField(max_length=500, validators=[mobilization.core.validators.validate_text], verbose_name='Subject of the decision')),
                        ('number', models.CharField(blank=True, max_length=60, validators=[mobilization.core.validators.validate_text], verbose_name='Decision number')),
                        ('signed_on', models.DateField(blank=True, null=True, validators=[mobilization.core.validators.validate_plausible_date], verbose_name='Signed on')),
                        ('signer', models.CharField(blank=True, max_length=120, validators=[mobilization.core.validators.validate_text], verbose_name='Signer')),
                        ('signer_post', models.CharField(blank=True, max_length=200, validators=[mobilization.core.validators.validate_text], verbose_name="Signer's post")),
                        ('state', models.CharField(choices=[('draft', 'Draft'), ('issued', 'Issued'), ('revoked', 'Revoked')], default='draft', max_length=10, verbose_name='State')),
                        ('amendment_kind', models.CharField(blank=True, choices=[('correction', 'Correction'), ('revocation', 'Revocation')], max_length=12, verbose_name='Amendment')),
                        ('reason', models.TextField(blank=True, max_length=2000, validators=[mobilization.core.validators.validate_text], verbose_name='Reason')),
                        ('drafted_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='Drafted at')),
                        ('issued_at', models.DateTimeField(null=True, verbose_name='Issued at')),
                        ('version', models.PositiveIntegerField(default=1, verbose_name='Version')),
                        ('year', models.GeneratedField(db_persist=True, expression=django.db.models.functions.datetime.ExtractYear('signed_on'), output_field=models.SmallIntegerField(null=True))),
                        ('listed_on', models.GeneratedField(db_persist=True, expression=models.Case(models.When(state='draft', then=models.Value(datetime.date(2101, 1, 1))), default=models.F('signed_on')), output_field=models.DateField())),
                        ('search', models.GeneratedField(db_persist=True, expression=mobilization.core.search._Joined(mobilization.core.search._WeightedVector(mobilization.core.search.Fold(django.db.models.functions.comparison.Coalesce(models.F('number'), models.Value(''), output_field=models.TextField())), weight='A'), mobilization.core.search._WeightedVector(mobilization.core.search.Fold(django.db.models.functions.comparison.Coalesce(models.F('title'), models.Value(''), output_field=models.TextField())), weight='B'), mobilization.core.search._WeightedVector(mobilization.core.search.Fold(django.db.models.functions.comparison.Coalesce(models.F('signer'), models.Value(''), output_field=models.TextField())), weight='C')), output_field=django.contrib.postgres.search.SearchVectorField())),
                        ('amends', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='amendments', to='awards.decision', verbose_name='Amends')),
                        ('drafted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Drafted by')),
                        ('issued_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Issued by')),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='units.unit', verbose_name='Granting unit')),
                        ('batch', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='awards.registerbatch', verbose_name='Loaded with')),
                    ],
                    options={
                        'verbose_name': 'Decision',
                        'verbose_name_plural': 'Decisions',
                        'indexes': [models.Index(fields=['-listed_on', '-id'], name='decision_list'), models.Index(fields=['year', 'state'], name='decision_year'), django.contrib.postgres.indexes.GinIndex(models.F('search'), name='decision_search')],
                        'constraints': [models.UniqueConstraint(models.F('unit'), models.F('tier'), models.F('year'), django.db.models.functions.text.Lower('number'), condition=models.Q(('state__in', ('issued', 'revoked'))), name='decision_number_once_a_year'), models.CheckConstraint(condition=models.Q(('state', 'draft'), models.Q(('issued_at__isnull', False), ('issued_by__isnull', False), ('signed_on__isnull', False), models.Q(('number', ''), _negated=True), models.Q(('signer', ''), _negated=True)), _connector='OR'), name='decision_issued_complete'), models.CheckConstraint(condition=models.Q(models.Q(('amendment_kind', ''), ('amends', None)), models.Q(('amendment_kind__in', ['correction', 'revocation']), ('amends__isnull', False), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='decision_amendment_complete'), models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'issued', 'revoked'])), name='decision_state_known'), models.CheckConstraint(condition=models.Q(('tier__in', ['commune', 'committee', 'district', 'city', 'state'])), name='decision_tier_known')],
                    },
                ),
                migrations.CreateModel(
                    name='Award',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('recipient_kind', models.CharField(choices=[('collective', 'Collective'), ('individual', 'Individual'), ('household', 'Household')], max_length=12, verbose_name='Kind of recipient')),
                        ('recipient_name', models.CharField(max_length=300, validators=[mobilization.core.validators.validate_text], verbose_name='Recipient')),
                        ('achievement', models.TextField(max_length=2000, validators=[mobilization.core.validators.validate_text], verbose_name='Achievement')),
                        ('state', models.CharField(choices=[('valid', 'Valid'), ('corrected', 'Corrected'), ('revoked', 'Revoked')], default='valid', max_length=10, verbose_name='State')),
                        ('year', models.SmallIntegerField(null=True, verbose_name='Year')),
                        ('certificate_number', models.PositiveIntegerField(null=True, verbose_name='Certificate number')),
                        ('golden_book_number', models.PositiveIntegerField(null=True, verbose_name='Golden-book number')),
                        ('verify_code', models.CharField(max_length=24, null=True, unique=True, verbose_name='Verification code')),
                        ('search', models.GeneratedField(db_persist=True, expression=mobilization.core.search._Joined(mobilization.core.search._WeightedVector(mobilization.core.search.Fold(django.db.models.functions.comparison.Coalesce(models.F('recipient_name'), models.Value(''), output_field=models.TextField())), weight='A'), mobilization.core.search._WeightedVector(mobilization.core.search.Fold(django.db.models.functions.comparison.Coalesce(models.F('achievement'), models.Value(''), output_field=models.TextField())), weight='B')), output_field=django.contrib.postgres.search.SearchVectorField())),
                        ('corrects', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='awards.award', verbose_name='Corrects')),
                        ('dialogue', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='awards', to='dialogues.dialogue', verbose_name='Dialogue')),
                        ('registration', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='awards', to='models_registry.registration', verbose_name='Registration')),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='awards', to='units.unit', verbose_name='Unit')),
                        ('form', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='awards', to='awards.awardform', verbose_name='Form of award')),
                        ('decision', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='awards', to='awards.decision', verbose_name='Decision')),
                        ('ended_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='ended_awards', to='awards.decision', verbose_name='Ended by decision')),
                        ('book', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='awards', to='awards.numberbook', verbose_name='Golden book')),
                        ('recipient', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='awards', to='awards.recipient', verbose_name='Recipient over all awards')),
                    ],
                    options={
                        'verbose_name': 'Award',
                        'verbose_name_plural': 'Awards',
                        'indexes': [models.Index(fields=['year', 'unit'], name='award_year_unit'), django.contrib.postgres.indexes.GinIndex(models.F('search'), name='award_search'), models.Index(fields=['-year', '-id'], name='award_newest')],
                        'constraints': [models.UniqueConstraint(models.F('decision'), models.F('form'), models.F('recipient_kind'), django.db.models.functions.text.Lower('recipient_name'), models.F('unit'), django.db.models.functions.text.MD5('achievement'), name='award_once_in_a_decision', violation_error_message='This decision already has this award to this recipient.'), models.UniqueConstraint(fields=('decision', 'certificate_number'), name='award_certificate_once'), models.UniqueConstraint(fields=('book', 'golden_book_number'), name='award_golden_book_once'), models.CheckConstraint(condition=models.Q(models.Q(('ended_by', None), ('state', 'valid')), models.Q(('ended_by__isnull', False), ('state__in', ['corrected', 'revoked'])), _connector='OR'), name='award_ended_by_a_decision'), models.CheckConstraint(condition=models.Q(models.Q(('book', None), ('golden_book_number', None)), models.Q(('book__isnull', False), ('golden_book_number__gt', 0)), _connector='OR'), name='award_number_has_a_book'), models.CheckConstraint(condition=models.Q(('recipient_kind__in', ['collective', 'individual', 'household'])), name='award_recipient_known')],
                    },
                ),
                migrations.CreateModel(
                    name='DecisionStep',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('act', models.CharField(choices=[('draft', 'Drafted'), ('issue', 'Issued'), ('correct', 'Awards corrected'), ('revoke_awards', 'Awards revoked'), ('revoke', 'Revoked'), ('load', 'Loaded from a register')], max_length=16, verbose_name='Act')),
                        ('from_state', models.CharField(blank=True, max_length=10)),
                        ('to_state', models.CharField(choices=[('draft', 'Draft'), ('issued', 'Issued'), ('revoked', 'Revoked')], max_length=10)),
                        ('at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('reason', models.TextField(blank=True)),
                        ('actor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('by_decision', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='awards.decision', verbose_name='By decision')),
                        ('decision', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='awards.decision')),
                    ],
                    options={
                        'verbose_name': 'Step of a decision',
                        'verbose_name_plural': 'Steps of decisions',
                        'ordering': ['at', 'pk'],
                    },
                ),
                migrations.CreateModel(
                    name='NumberBook',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('tier', models.CharField(choices=[('commune', 'Commune tier'), ('committee', 'Committee directly under the city'), ('district', 'District tier'), ('city', 'City tier'), ('state', 'State tier')], max_length=12)),
                        ('year', models.SmallIntegerField()),
                        ('last_number', models.PositiveIntegerField(default=0)),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit')),
                    ],
                    options={
                        'verbose_name': 'Golden book',
                        'verbose_name_plural': 'Golden books',
                        'constraints': [models.UniqueConstraint(fields=('unit', 'tier', 'year'), name='number_book_once')],
                    },
                ),
                migrations.CreateModel(
                    name='AwardEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('recipient_kind', models.CharField(choices=[('collective', 'Collective'), ('individual', 'Individual'), ('household', 'Household')], max_length=12, verbose_name='Kind of recipient')),
                        ('recipient_name', models.CharField(max_length=300, validators=[mobilization.core.validators.validate_text], verbose_name='Recipient')),
                        ('achievement', models.TextField(max_length=2000, validators=[mobilization.core.validators.validate_text], verbose_name='Achievement')),
                        ('state', models.CharField(choices=[('valid', 'Valid'), ('corrected', 'Corrected'), ('revoked', 'Revoked')], default='valid', max_length=10, verbose_name='State')),
                        ('year', models.SmallIntegerField(null=True, verbose_name='Year')),
                        ('certificate_number', models.PositiveIntegerField(null=True, verbose_name='Certificate number')),
                        ('golden_book_number', models.PositiveIntegerField(null=True, verbose_name='Golden-book number')),
                        ('verify_code', models.CharField(max_length=24, null=True, verbose_name='Verification code')),
                        ('corrects', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='awards.award', verbose_name='Corrects')),
                        ('dialogue', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='dialogues.dialogue', verbose_name='Dialogue')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='awards.award')),
                        ('registration', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='models_registry.registration', verbose_name='Registration')),
                        ('unit', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='units.unit', verbose_name='Unit')),
                        ('form', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='awards.awardform', verbose_name='Form of award')),
                        ('decision', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='awards.decision', verbose_name='Decision')),
                        ('ended_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='awards.decision', verbose_name='Ended by decision')),
                        ('book', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='awards.numberbook', verbose_name='Golden book')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='RegisterBatch',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('file_name', models.CharField(max_length=255, verbose_name='File')),
                        ('sha256', models.CharField(max_length=64)),
                        ('loaded_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='Loaded at')),
                        ('counts', models.JSONField(default=dict, verbose_name='Rows loaded')),
                        ('undone_at', models.DateTimeField(null=True, verbose_name='Undone at')),
                        ('actor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Actor')),
                        ('undone_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Undone by')),
                    ],
                    options={
                        'verbose_name': 'Loaded register',
                        'verbose_name_plural': 'Loaded registers',
                        'ordering': ['-loaded_at'],
                    },
                ),
                migrations.CreateModel(
                    name='DecisionEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('tier', models.CharField(choices=[('commune', 'Commune tier'), ('committee', 'Committee directly under the city'), ('district', 'District tier'), ('city', 'City tier'), ('state', 'State tier')], max_length=12, verbose_name='Tier')),
                        ('title', models.CharField(max_length=500, validators=[mobilization.core.validators.validate_text], verbose_name='Subject of the decision')),
                        ('number', models.CharField(blank=True, max_length=60, validators=[mobilization.core.validators.validate_text], verbose_name='Decision number')),
                        ('signed_on', models.DateField(blank=True, null=True, validators=[mobilization.core.validators.validate_plausible_date], verbose_name='Signed on')),
                        ('signer', models.CharField(blank=True, max_length=120, validators=[mobilization.core.validators.validate_text], verbose_name='Signer')),
                        ('signer_post', models.CharField(blank=True, max_length=200, validators=[mobilization.core.validators.validate_text], verbose_name="Signer's post")),
                        ('state', models.CharField(choices=[('draft', 'Draft'), ('issued', 'Issued'), ('revoked', 'Revoked')], default='draft', max_length=10, verbose_name='State')),
                        ('amendment_kind', models.CharField(blank=True, choices=[('correction', 'Correction'), ('revocation', 'Revocation')], max_length=12, verbose_name='Amendment')),
                        ('reason', models.TextField(blank=True, max_length=2000, validators=[mobilization.core.validators.validate_text], verbose_name='Reason')),
                        ('drafted_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='Drafted at')),
                        ('issued_at', models.DateTimeField(null=True, verbose_name='Issued at')),
                        ('version', models.PositiveIntegerField(default=1, verbose_name='Version')),
                        ('amends', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='awards.decision', verbose_name='Amends')),
                        ('drafted_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Drafted by')),
                        ('issued_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Issued by')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='awards.decision')),
                        ('unit', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='units.unit', verbose_name='Granting unit')),
                        ('batch', models.ForeignKey(db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='awards.registerbatch', verbose_name='Loaded with')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='RegisterRow',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('sheet', models.CharField(max_length=31)),
                        ('number', models.PositiveIntegerField()),
                        ('fingerprint', models.CharField(max_length=64, unique=True)),
                        ('award', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='awards.award')),
                        ('batch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rows', to='awards.registerbatch')),
                        ('dialogue', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='dialogues.dialogue')),
                        ('registration', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='models_registry.registration')),
                    ],
                    options={
                        'verbose_name': 'Row of a loaded register',
                        'verbose_name_plural': 'Rows of loaded registers',
                    },
                ),
                migrations.CreateModel(
                    name='Acknowledgement',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(choices=[('same_achievement', 'The same achievement was already awarded'), ('same_form_this_year', 'Already awarded this form this year'), ('not_recognised', 'The registration is not recognised'), ('too_few_votes', 'Fewer votes than the catalogue asks for'), ('unit_ended', 'The unit is no longer in force'), ('form_ended', 'The form of award is no longer in the catalogue')], max_length=20, verbose_name='Warning')),
                        ('told', models.TextField(verbose_name='What was told')),
                        ('words', models.TextField(max_length=2000, validators=[mobilization.core.validators.validate_text], verbose_name='Words')),
                        ('at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('actor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('nomination', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='acknowledgements', to='awards.nomination')),
                    ],
                    options={
                        'verbose_name': 'Acknowledged warning',
                        'verbose_name_plural': 'Acknowledged warnings',
                        'ordering': ['at', 'pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='acknowledged_in_words')],
                    },
                ),
                migrations.CreateModel(
                    name='DossierFile',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('file', models.FileField(max_length=120, upload_to=mobilization.core.files.stored_path, verbose_name='file')),
                        ('original_name', models.CharField(max_length=150, verbose_name='file name')),
                        ('content_type', models.CharField(max_length=100, verbose_name='content type')),
                        ('size', models.PositiveIntegerField(verbose_name='size in bytes')),
                        ('sha256', models.CharField(max_length=64, verbose_name='SHA-256')),
                        ('uploaded_at', models.DateTimeField(auto_now_add=True, verbose_name='uploaded at')),
                        ('part', models.CharField(choices=[('proposal', 'Submission letter'), ('report', 'Report of achievements'), ('minutes', 'Minutes of the examination'), ('other', 'Other paper')], max_length=10, verbose_name='Paper')),
                        ('uploaded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='uploaded by')),
                        ('nominations', models.ManyToManyField(related_name='files', to='awards.nomination', verbose_name='Nominations')),
                    ],
                    options={
                        'verbose_name': 'Paper of a dossier',
                        'verbose_name_plural': 'Papers of dossiers',
                        'ordering': ['pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('part__in', ['proposal', 'report', 'minutes', 'other'])), name='dossier_part_known')],
                    },
                ),
                migrations.CreateModel(
                    name='Examination',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('number', models.CharField(max_length=60, validators=[mobilization.core.validators.validate_document_number], verbose_name='Number of the minutes')),
                        ('held_on', models.DateField(validators=[mobilization.core.validators.validate_plausible_date], verbose_name='Held on')),
                        ('place', models.CharField(blank=True, max_length=200, validators=[mobilization.core.validators.validate_text], verbose_name='Place')),
                        ('chair', models.CharField(max_length=120, validators=[mobilization.core.validators.validate_text], verbose_name='Chair')),
                        ('secretary', models.CharField(max_length=120, validators=[mobilization.core.validators.validate_text], verbose_name='Secretary')),
                        ('members', models.TextField(blank=True, help_text='One person a line: name, post.', max_length=4000, validators=[mobilization.core.validators.validate_text], verbose_name='Who was there')),
                        ('present', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(200)], verbose_name='Members present')),
                        ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='Recorded at')),
                        ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Recorded by')),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='award_examinations', to='units.unit', verbose_name='Granting unit')),
                    ],
                    options={
                        'verbose_name': 'Examination of nominations',
                        'verbose_name_plural': 'Examinations of nominations',
                        'indexes': [models.Index(fields=['-held_on', '-id'], name='examination_newest')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('present__gte', 1), ('present__lte', 200)), name='examination_present')],
                    },
                ),
                migrations.CreateModel(
                    name='ExaminationItem',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('votes_for', models.PositiveSmallIntegerField(verbose_name='Votes in favour')),
                        ('votes_against', models.PositiveSmallIntegerField(verbose_name='Votes against')),
                        ('examination', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='awards.examination')),
                        ('nomination', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='votes', to='awards.nomination')),
                    ],
                    options={
                        'verbose_name': 'Votes on a nomination',
                        'verbose_name_plural': 'Votes on nominations',
                        'constraints': [models.UniqueConstraint(fields=('examination', 'nomination'), name='examined_once_a_session')],
                    },
                ),
                migrations.CreateModel(
                    name='Nomination',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('recipient_name', models.CharField(max_length=300, validators=[mobilization.core.validators.validate_text], verbose_name='Name on the certificate')),
                        ('proposed_on', models.DateField(default=django.utils.timezone.localdate, validators=[mobilization.core.validators.validate_plausible_date], verbose_name='Proposed on')),
                        ('achievement', models.TextField(max_length=2000, validators=[mobilization.core.validators.validate_text], verbose_name='Achievement')),
                        ('state', models.CharField(choices=[('proposed', 'In preparation'), ('submitted', 'Submitted'), ('returned', 'Returned'), ('examined', 'Examined'), ('approved', 'Approved'), ('declined', 'Declined'), ('in_decision', 'In a decision'), ('withdrawn', 'Withdrawn')], default='proposed', editable=False, max_length=12, verbose_name='State')),
                        ('state_since', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='Since')),
                        ('submitted_at', models.DateTimeField(editable=False, null=True, verbose_name='Submitted at')),
                        ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='Version')),
                        ('search', models.GeneratedField(db_persist=True, expression=mobilization.core.search._Joined(mobilization.core.search._WeightedVector(mobilization.core.search.Fold(django.db.models.functions.comparison.Coalesce(models.F('recipient_name'), models.Value(''), output_field=models.TextField())), weight='A'), mobilization.core.search._WeightedVector(mobilization.core.search.Fold(django.db.models.functions.comparison.Coalesce(models.F('achievement'), models.Value(''), output_field=models.TextField())), weight='B')), output_field=django.contrib.postgres.search.SearchVectorField())),
                        ('award', models.OneToOneField(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='nomination', to='awards.award', verbose_name='Award')),
                        ('dialogue', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='nominations', to='dialogues.dialogue', verbose_name='Dialogue')),
                        ('form', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='nominations', to='awards.awardform', verbose_name='Form of award')),
                        ('granting_unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='nominations_to_grant', to='units.unit', verbose_name='Granting unit')),
                        ('registration', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='nominations', to='models_registry.registration', verbose_name='Registration')),
                        ('submitted_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Submitted by')),
                        ('typed_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Typed by')),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='nominations', to='units.unit', verbose_name='Unit')),
                        ('vote', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='awards.examinationitem', verbose_name='Votes')),
                        ('recipient', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='nominations', to='awards.recipient', verbose_name='Recipient')),
                    ],
                    options={
                        'verbose_name': 'Nomination',
                        'verbose_name_plural': 'Nominations',
                        'indexes': [models.Index(fields=['state', 'state_since', 'id'], name='nomination_waiting'), models.Index(fields=['-proposed_on', '-id'], name='nomination_newest'), django.contrib.postgres.indexes.GinIndex(models.F('search'), name='nomination_search')],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('registration__isnull', False), models.Q(('state__in', ('declined', 'withdrawn')), _negated=True)), fields=('registration', 'form', 'recipient'), name='nomination_once_a_registration', violation_error_message='This is proposed already, for the same registration and form of award.'), models.CheckConstraint(condition=models.Q(('state__in', ['proposed', 'submitted', 'returned', 'examined', 'approved', 'declined', 'in_decision', 'withdrawn'])), name='nomination_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('award__isnull', False), ('state', 'in_decision')), models.Q(models.Q(('state', 'in_decision'), _negated=True), ('award', None)), _connector='OR'), name='nomination_award_of_a_decision'), models.CheckConstraint(condition=models.Q(('state__in', ['proposed', 'returned', 'withdrawn']), models.Q(('submitted_at__isnull', False), ('submitted_by__isnull', False)), _connector='OR'), name='nomination_submitted_by_somebody'), models.CheckConstraint(condition=models.Q(('state__in', ['proposed', 'returned', 'submitted', 'withdrawn']), ('vote__isnull', False), _connector='OR'), name='nomination_examined_by_vote')],
                    },
                ),
                migrations.CreateModel(
                    name='NominationEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('recipient_name', models.CharField(max_length=300, validators=[mobilization.core.validators.validate_text], verbose_name='Name on the certificate')),
                        ('proposed_on', models.DateField(default=django.utils.timezone.localdate, validators=[mobilization.core.validators.validate_plausible_date], verbose_name='Proposed on')),
                        ('achievement', models.TextField(max_length=2000, validators=[mobilization.core.validators.validate_text], verbose_name='Achievement')),
                        ('state', models.CharField(choices=[('proposed', 'In preparation'), ('submitted', 'Submitted'), ('returned', 'Returned'), ('examined', 'Examined'), ('approved', 'Approved'), ('declined', 'Declined'), ('in_decision', 'In a decision'), ('withdrawn', 'Withdrawn')], default='proposed', editable=False, max_length=12, verbose_name='State')),
                        ('state_since', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='Since')),
                        ('submitted_at', models.DateTimeField(editable=False, null=True, verbose_name='Submitted at')),
                        ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='Version')),
                        ('award', models.ForeignKey(db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='awards.award', verbose_name='Award')),
                        ('dialogue', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='dialogues.dialogue', verbose_name='Dialogue')),
                        ('form', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='awards.awardform', verbose_name='Form of award')),
                        ('granting_unit', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='units.unit', verbose_name='Granting unit')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='awards.nomination')),
                        ('registration', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='models_registry.registration', verbose_name='Registration')),
                        ('submitted_by', models.ForeignKey(db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Submitted by')),
                        ('typed_by', models.ForeignKey(db_constraint=False, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Typed by')),
                        ('unit', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='units.unit', verbose_name='Unit')),
                        ('vote', models.ForeignKey(db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='awards.examinationitem', verbose_name='Votes')),
                        ('recipient', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='awards.recipient', verbose_name='Recipient')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='NominationStep',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('act', models.CharField(choices=[('propose', 'Proposed'), ('change', 'Changed'), ('submit', 'Submitted'), ('withdraw', 'Withdrawn'), ('return', 'Returned for completion'), ('examine', 'Examined'), ('approve', 'Approved'), ('decline', 'Declined'), ('draw', 'Put into a decision'), ('give_back', 'Given back from a draft decision')], max_length=12, verbose_name='Act')),
                        ('from_state', models.CharField(blank=True, max_length=12)),
                        ('to_state', models.CharField(choices=[('proposed', 'In preparation'), ('submitted', 'Submitted'), ('returned', 'Returned'), ('examined', 'Examined'), ('approved', 'Approved'), ('declined', 'Declined'), ('in_decision', 'In a decision'), ('withdrawn', 'Withdrawn')], max_length=12)),
                        ('at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('reason', models.TextField(blank=True)),
                        ('data', models.JSONField(default=dict)),
                        ('version', models.PositiveIntegerField()),
                        ('actor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('nomination', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='awards.nomination')),
                    ],
                    options={
                        'verbose_name': 'Step of a nomination',
                        'verbose_name_plural': 'Steps of nominations',
                        'ordering': ['at', 'pk'],
                    },
                ),
                migrations.CreateModel(
                    name='Recipient',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(choices=[('collective', 'Collective'), ('individual', 'Individual'), ('household', 'Household')], max_length=12, verbose_name='Kind of recipient')),
                        ('name', models.CharField(max_length=300, validators=[mobilization.core.validators.validate_text], verbose_name='Name')),
                        ('note', models.CharField(blank=True, help_text='Only where two have one name: a post, a hamlet, a group. Never a birth date, phone, address or identity number.', max_length=200, validators=[mobilization.core.validators.validate_text, awards.validators.validate_not_personal], verbose_name='What tells them apart')),
                        ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='Recorded at')),
                        ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='Version')),
                        ('folded_name', models.GeneratedField(db_persist=True, expression=mobilization.core.search.Fold('name'), output_field=models.TextField())),
                        ('search', models.GeneratedField(db_persist=True, expression=mobilization.core.search._Joined(mobilization.core.search._WeightedVector(mobilization.core.search.Fold(django.db.models.functions.comparison.Coalesce(models.F('name'), models.Value(''), output_field=models.TextField())), weight='A'), mobilization.core.search._WeightedVector(mobilization.core.search.Fold(django.db.models.functions.comparison.Coalesce(models.F('note'), models.Value(''), output_field=models.TextField())), weight='C')), output_field=django.contrib.postgres.search.SearchVectorField())),
                        ('created_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Recorded by')),
                        ('merged_into', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='doubles', to='awards.recipient', verbose_name='Merged into')),
                        ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='recipients', to='units.unit', verbose_name='Unit')),
                    ],
                    options={
                        'verbose_name': 'Recipient',
                        'verbose_name_plural': 'Recipients',
                        'indexes': [django.contrib.postgres.indexes.GinIndex(models.F('search'), name='recipient_search'), models.Index(fields=['folded_name', 'kind'], name='recipient_name')],
                        'constraints': [models.UniqueConstraint(models.F('kind'), models.F('unit'), models.F('folded_name'), django.db.models.functions.text.Lower('note'), condition=models.Q(('merged_into', None)), name='recipient_once', violation_error_message='This unit already has a recipient of this name. Choose it, or say what tells them apart.'), models.CheckConstraint(condition=models.Q(('kind__in', ['collective', 'individual', 'household'])), name='recipient_kind_known'), models.CheckConstraint(condition=models.Q(('merged_into', None), models.Q(('merged_into', models.F('id')), _negated=True), _connector='OR'), name='recipient_not_its_own_double')],
                    },
                ),
                migrations.CreateModel(
                    name='RecipientMerge',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('awards', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, size=None)),
                        ('nominations', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, size=None)),
                        ('reason', models.TextField(max_length=2000, validators=[mobilization.core.validators.validate_text], verbose_name='Reason')),
                        ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='Merged at')),
                        ('undone_at', models.DateTimeField(null=True, verbose_name='Undone at')),
                        ('actor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Actor')),
                        ('double', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='awards.recipient', verbose_name='Double')),
                        ('kept', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='merges', to='awards.recipient', verbose_name='Kept')),
                        ('undone_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Undone by')),
                    ],
                    options={
                        'verbose_name': 'Merging of recipients',
                        'verbose_name_plural': 'Mergings of recipients',
                        'ordering': ['-at', '-pk'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('undone_at', None)), fields=('double',), name='recipient_merged_once')],
                    },
                ),
                migrations.CreateModel(
                    name='CertificateTemplate',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(max_length=120, validators=[mobilization.core.validators.validate_text], verbose_name='Name')),
                        ('form_code', models.CharField(blank=True, help_text='Empty: for every form without its own.', max_length=40, verbose_name='Form of award')),
                        ('valid_from', models.DateField(validators=[mobilization.core.validators.validate_plausible_date], verbose_name='For decisions signed from')),
                        ('valid_to', models.DateField(blank=True, null=True, validators=[mobilization.core.validators.validate_plausible_date], verbose_name='Until (exclusive)')),
                        ('accent', models.CharField(default='#c8102e', max_length=7, validators=[django.core.validators.RegexValidator('^#[0-9a-fA-F]{6}$', 'Write a colour as #RRGGBB, for example #c8102e.')], verbose_name='Colour of body and form')),
                        ('ink', models.CharField(default='#111111', max_length=7, validators=[django.core.validators.RegexValidator('^#[0-9a-fA-F]{6}$', 'Write a colour as #RRGGBB, for example #c8102e.')], verbose_name='Colour of the text')),
                        ('border', models.CharField(choices=[('none', 'None'), ('single', 'One line'), ('double', 'Two lines'), ('ornate', 'Three lines with corners')], default='ornate', max_length=8, verbose_name='Border')),
                        ('border_ink', models.CharField(default='#b8860b', max_length=7, validators=[django.core.validators.RegexValidator('^#[0-9a-fA-F]{6}$', 'Write a colour as #RRGGBB, for example #c8102e.')], verbose_name='Colour of the border')),
                        ('top', models.PositiveSmallIntegerField(default=18, validators=[django.core.validators.MinValueValidator(5), django.core.validators.MaxValueValidator(40)], verbose_name='Margin above (mm)')),
                        ('bottom', models.PositiveSmallIntegerField(default=17, validators=[django.core.validators.MinValueValidator(5), django.core.validators.MaxValueValidator(40)], verbose_name='Margin below (mm)')),
                        ('left', models.PositiveSmallIntegerField(default=21, validators=[django.core.validators.MinValueValidator(5), django.core.validators.MaxValueValidator(40)], verbose_name='Margin left (mm)')),
                        ('right', models.PositiveSmallIntegerField(default=21, validators=[django.core.validators.MinValueValidator(5), django.core.validators.MaxValueValidator(40)], verbose_name='Margin right (mm)')),
                        ('name_size', models.PositiveSmallIntegerField(default=28, validators=[django.core.validators.MinValueValidator(6), django.core.validators.MaxValueValidator(60)], verbose_name='Recipient, at most (pt)')),
                        ('name_floor', models.PositiveSmallIntegerField(default=18, validators=[django.core.validators.MinValueValidator(6), django.core.validators.MaxValueValidator(60)], verbose_name='Recipient, at least (pt)')),
                        ('text_size', models.PositiveSmallIntegerField(default=17, validators=[django.core.validators.MinValueValidator(6), django.core.validators.MaxValueValidator(60)], verbose_name='Achievement, at most (pt)')),
                        ('text_floor', models.PositiveSmallIntegerField(default=10, validators=[django.core.validators.MinValueValidator(6), django.core.validators.MaxValueValidator(60)], verbose_name='Achievement, at least (pt)')),
                        ('shows_code', models.BooleanField(default=True, verbose_name='Show the QR code')),
                        ('places', models.JSONField(default=awards.models.certificate.usual_places, verbose_name='Places on pre-printed paper')),
                        ('version', models.PositiveIntegerField(default=1, verbose_name='Version')),
                    ],
                    options={
                        'verbose_name': 'Certificate template',
                        'verbose_name_plural': 'Certificate templates',
                        'ordering': ['form_code', '-valid_from'],
                        'constraints': [models.UniqueConstraint(fields=('form_code', 'valid_from'), name='certificate_template_once_a_date', violation_error_message='There is a template of this form from this day on already.'), models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='certificate_template_ends_after_start', violation_error_message='The end must be after the start.'), models.CheckConstraint(condition=models.Q(('name_floor__lte', models.F('name_size')), ('text_floor__lte', models.F('text_size'))), name='certificate_template_sizes_in_order', violation_error_message='The least size cannot be above the largest.'), models.CheckConstraint(condition=models.Q(('border__in', ['none', 'single', 'double', 'ornate'])), name='certificate_template_border_known')],
                    },
                ),
                migrations.CreateModel(
                    name='CertificateFile',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('file', models.FileField(max_length=120, upload_to=mobilization.core.files.stored_path, verbose_name='file')),
                        ('original_name', models.CharField(max_length=150, verbose_name='file name')),
                        ('content_type', models.CharField(max_length=100, verbose_name='content type')),
                        ('size', models.PositiveIntegerField(verbose_name='size in bytes')),
                        ('sha256', models.CharField(max_length=64, verbose_name='SHA-256')),
                        ('uploaded_at', models.DateTimeField(auto_now_add=True, verbose_name='uploaded at')),
                        ('variant', models.CharField(choices=[('full', 'Blank paper: everything is printed'), ('overlay', 'Pre-printed paper: only the words')], max_length=8, verbose_name='Paper')),
                        ('fingerprint', models.CharField(max_length=64)),
                        ('certificates', models.PositiveIntegerField(verbose_name='Certificates')),
                        ('decision', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='certificate_files', to='awards.decision', verbose_name='Decision')),
                        ('uploaded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='uploaded by')),
                    ],
                    options={
                        'verbose_name': 'File of certificates',
                        'verbose_name_plural': 'Files of certificates',
                        'constraints': [models.UniqueConstraint(fields=('decision', 'variant'), name='certificate_file_latest'), models.CheckConstraint(condition=models.Q(('variant__in', ['full', 'overlay'])), name='certificate_file_variant_known')],
                    },
                ),
                migrations.CreateModel(
                    name='Handover',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('handed_on', models.DateField(default=django.utils.timezone.localdate, validators=[mobilization.core.validators.validate_plausible_date], verbose_name='Handed out on')),
                        ('received_by', models.CharField(help_text='Name and post of who took it; never a phone or an identity number.', max_length=200, validators=[mobilization.core.validators.validate_text], verbose_name='Received by')),
                        ('handed_by', models.CharField(max_length=200, validators=[mobilization.core.validators.validate_text], verbose_name='Handed out by')),
                        ('note', models.CharField(blank=True, max_length=500, validators=[mobilization.core.validators.validate_text], verbose_name='Note')),
                        ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='Recorded at')),
                        ('undone_at', models.DateTimeField(null=True, verbose_name='Taken back at')),
                        ('undo_reason', models.CharField(blank=True, max_length=500, validators=[mobilization.core.validators.validate_text], verbose_name='Reason')),
                        ('award', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='handovers', to='awards.award', verbose_name='Award')),
                        ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Recorded by')),
                        ('undone_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Taken back by')),
                    ],
                    options={
                        'verbose_name': 'Handing out of a certificate',
                        'verbose_name_plural': 'Certificates handed out',
                        'constraints': [models.UniqueConstraint(condition=models.Q(('undone_at', None)), fields=('award',), name='handover_once_at_a_time'), models.CheckConstraint(condition=models.Q(models.Q(('undo_reason', ''), ('undone_at', None), ('undone_by', None)), models.Q(('undone_at__isnull', False), ('undone_by__isnull', False), models.Q(('undo_reason', ''), _negated=True)), _connector='OR'), name='handover_undone_complete')],
                    },
                ),
            ],
        ),
        mobilization.core.migrating.AtOnce(
            operations=[
                pgtrigger.migrations.AddTrigger(
                    model_name='decision',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "awards_decisionevent" ("amendment_kind", "amends_id", "batch_id", "drafted_at", "drafted_by_id", "id", "issued_at", "issued_by_id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "signed_on", "signer", "signer_post", "state", "tier", "title", "unit_id", "version") VALUES (NEW."amendment_kind", NEW."amends_id", NEW."batch_id", NEW."drafted_at", NEW."drafted_by_id", NEW."id", NEW."issued_at", NEW."issued_by_id", NEW."number", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reason", NEW."signed_on", NEW."signer", NEW."signer_post", NEW."state", NEW."tier", NEW."title", NEW."unit_id", NEW."version"); RETURN NULL;', hash='a5b1ee8026d918aff1e7d6af84abad7137bcb14d', operation='INSERT', pgid='pgtrigger_insert_insert_f87a7', table='awards_decision', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='decision',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."amendment_kind" IS DISTINCT FROM (NEW."amendment_kind") OR OLD."amends_id" IS DISTINCT FROM (NEW."amends_id") OR OLD."batch_id" IS DISTINCT FROM (NEW."batch_id") OR OLD."drafted_at" IS DISTINCT FROM (NEW."drafted_at") OR OLD."drafted_by_id" IS DISTINCT FROM (NEW."drafted_by_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."issued_at" IS DISTINCT FROM (NEW."issued_at") OR OLD."issued_by_id" IS DISTINCT FROM (NEW."issued_by_id") OR OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."reason" IS DISTINCT FROM (NEW."reason") OR OLD."signed_on" IS DISTINCT FROM (NEW."signed_on") OR OLD."signer" IS DISTINCT FROM (NEW."signer") OR OLD."signer_post" IS DISTINCT FROM (NEW."signer_post") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."tier" IS DISTINCT FROM (NEW."tier") OR OLD."title" IS DISTINCT FROM (NEW."title") OR OLD."unit_id" IS DISTINCT FROM (NEW."unit_id") OR OLD."version" IS DISTINCT FROM (NEW."version"))', func='INSERT INTO "awards_decisionevent" ("amendment_kind", "amends_id", "batch_id", "drafted_at", "drafted_by_id", "id", "issued_at", "issued_by_id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "signed_on", "signer", "signer_post", "state", "tier", "title", "unit_id", "version") VALUES (NEW."amendment_kind", NEW."amends_id", NEW."batch_id", NEW."drafted_at", NEW."drafted_by_id", NEW."id", NEW."issued_at", NEW."issued_by_id", NEW."number", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reason", NEW."signed_on", NEW."signer", NEW."signer_post", NEW."state", NEW."tier", NEW."title", NEW."unit_id", NEW."version"); RETURN NULL;', hash='777dfe06805f697dc9bfb7a83e09b3f1ae0af6fe', operation='UPDATE', pgid='pgtrigger_update_update_2500c', table='awards_decision', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='decision',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "awards_decisionevent" ("amendment_kind", "amends_id", "batch_id", "drafted_at", "drafted_by_id", "id", "issued_at", "issued_by_id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "signed_on", "signer", "signer_post", "state", "tier", "title", "unit_id", "version") VALUES (OLD."amendment_kind", OLD."amends_id", OLD."batch_id", OLD."drafted_at", OLD."drafted_by_id", OLD."id", OLD."issued_at", OLD."issued_by_id", OLD."number", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."reason", OLD."signed_on", OLD."signer", OLD."signer_post", OLD."state", OLD."tier", OLD."title", OLD."unit_id", OLD."version"); RETURN NULL;', hash='4fd5a2999ecd03f52ee48916e49d69bc4b219347', operation='DELETE', pgid='pgtrigger_delete_delete_9c107', table='awards_decision', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='award',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "awards_awardevent" ("achievement", "book_id", "certificate_number", "corrects_id", "decision_id", "dialogue_id", "ended_by_id", "form_id", "golden_book_number", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recipient_kind", "recipient_name", "registration_id", "state", "unit_id", "verify_code", "year") VALUES (NEW."achievement", NEW."book_id", NEW."certificate_number", NEW."corrects_id", NEW."decision_id", NEW."dialogue_id", NEW."ended_by_id", NEW."form_id", NEW."golden_book_number", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."recipient_kind", NEW."recipient_name", NEW."registration_id", NEW."state", NEW."unit_id", NEW."verify_code", NEW."year"); RETURN NULL;', hash='19264c4f551451a9582ff4352da14397b4bf9c6e', operation='INSERT', pgid='pgtrigger_insert_insert_5bd66', table='awards_award', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='award',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."achievement" IS DISTINCT FROM (NEW."achievement") OR OLD."book_id" IS DISTINCT FROM (NEW."book_id") OR OLD."certificate_number" IS DISTINCT FROM (NEW."certificate_number") OR OLD."corrects_id" IS DISTINCT FROM (NEW."corrects_id") OR OLD."decision_id" IS DISTINCT FROM (NEW."decision_id") OR OLD."dialogue_id" IS DISTINCT FROM (NEW."dialogue_id") OR OLD."ended_by_id" IS DISTINCT FROM (NEW."ended_by_id") OR OLD."form_id" IS DISTINCT FROM (NEW."form_id") OR OLD."golden_book_number" IS DISTINCT FROM (NEW."golden_book_number") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."recipient_kind" IS DISTINCT FROM (NEW."recipient_kind") OR OLD."recipient_name" IS DISTINCT FROM (NEW."recipient_name") OR OLD."registration_id" IS DISTINCT FROM (NEW."registration_id") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."unit_id" IS DISTINCT FROM (NEW."unit_id") OR OLD."verify_code" IS DISTINCT FROM (NEW."verify_code") OR OLD."year" IS DISTINCT FROM (NEW."year"))', func='INSERT INTO "awards_awardevent" ("achievement", "book_id", "certificate_number", "corrects_id", "decision_id", "dialogue_id", "ended_by_id", "form_id", "golden_book_number", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recipient_kind", "recipient_name", "registration_id", "state", "unit_id", "verify_code", "year") VALUES (NEW."achievement", NEW."book_id", NEW."certificate_number", NEW."corrects_id", NEW."decision_id", NEW."dialogue_id", NEW."ended_by_id", NEW."form_id", NEW."golden_book_number", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."recipient_kind", NEW."recipient_name", NEW."registration_id", NEW."state", NEW."unit_id", NEW."verify_code", NEW."year"); RETURN NULL;', hash='b0d779054f69bce857685dd09c55d98c5a5a6c1f', operation='UPDATE', pgid='pgtrigger_update_update_c14f1', table='awards_award', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='award',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "awards_awardevent" ("achievement", "book_id", "certificate_number", "corrects_id", "decision_id", "dialogue_id", "ended_by_id", "form_id", "golden_book_number", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recipient_kind", "recipient_name", "registration_id", "state", "unit_id", "verify_code", "year") VALUES (OLD."achievement", OLD."book_id", OLD."certificate_number", OLD."corrects_id", OLD."decision_id", OLD."dialogue_id", OLD."ended_by_id", OLD."form_id", OLD."golden_book_number", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."recipient_kind", OLD."recipient_name", OLD."registration_id", OLD."state", OLD."unit_id", OLD."verify_code", OLD."year"); RETURN NULL;', hash='6a2d5d0e92c97286a3a36a70105630124c74a4ba', operation='DELETE', pgid='pgtrigger_delete_delete_e6b1c', table='awards_award', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='awardevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='d1f1e1f79f592f071348e1231de7d554e3ead9ba', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_046e3', table='awards_awardevent', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='decisionevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='f407a2569b9f0a28a38355b46d2f7f810c31c6bc', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_9a4c1', table='awards_decisionevent', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='nomination',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "awards_nominationevent" ("achievement", "award_id", "dialogue_id", "form_id", "granting_unit_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_on", "recipient_id", "recipient_name", "registration_id", "state", "state_since", "submitted_at", "submitted_by_id", "typed_by_id", "unit_id", "version", "vote_id") VALUES (NEW."achievement", NEW."award_id", NEW."dialogue_id", NEW."form_id", NEW."granting_unit_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."proposed_on", NEW."recipient_id", NEW."recipient_name", NEW."registration_id", NEW."state", NEW."state_since", NEW."submitted_at", NEW."submitted_by_id", NEW."typed_by_id", NEW."unit_id", NEW."version", NEW."vote_id"); RETURN NULL;', hash='a9dc25bb43a1bf2b405fc86efade596fb43f7eb0', operation='INSERT', pgid='pgtrigger_insert_insert_1c47d', table='awards_nomination', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='nomination',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."achievement" IS DISTINCT FROM (NEW."achievement") OR OLD."award_id" IS DISTINCT FROM (NEW."award_id") OR OLD."dialogue_id" IS DISTINCT FROM (NEW."dialogue_id") OR OLD."form_id" IS DISTINCT FROM (NEW."form_id") OR OLD."granting_unit_id" IS DISTINCT FROM (NEW."granting_unit_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."proposed_on" IS DISTINCT FROM (NEW."proposed_on") OR OLD."recipient_id" IS DISTINCT FROM (NEW."recipient_id") OR OLD."recipient_name" IS DISTINCT FROM (NEW."recipient_name") OR OLD."registration_id" IS DISTINCT FROM (NEW."registration_id") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."state_since" IS DISTINCT FROM (NEW."state_since") OR OLD."submitted_at" IS DISTINCT FROM (NEW."submitted_at") OR OLD."submitted_by_id" IS DISTINCT FROM (NEW."submitted_by_id") OR OLD."typed_by_id" IS DISTINCT FROM (NEW."typed_by_id") OR OLD."unit_id" IS DISTINCT FROM (NEW."unit_id") OR OLD."version" IS DISTINCT FROM (NEW."version") OR OLD."vote_id" IS DISTINCT FROM (NEW."vote_id"))', func='INSERT INTO "awards_nominationevent" ("achievement", "award_id", "dialogue_id", "form_id", "granting_unit_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_on", "recipient_id", "recipient_name", "registration_id", "state", "state_since", "submitted_at", "submitted_by_id", "typed_by_id", "unit_id", "version", "vote_id") VALUES (NEW."achievement", NEW."award_id", NEW."dialogue_id", NEW."form_id", NEW."granting_unit_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."proposed_on", NEW."recipient_id", NEW."recipient_name", NEW."registration_id", NEW."state", NEW."state_since", NEW."submitted_at", NEW."submitted_by_id", NEW."typed_by_id", NEW."unit_id", NEW."version", NEW."vote_id"); RETURN NULL;', hash='3217d8bd1c49f43fa47326a27832e07512f11ee4', operation='UPDATE', pgid='pgtrigger_update_update_a24f7', table='awards_nomination', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='nomination',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "awards_nominationevent" ("achievement", "award_id", "dialogue_id", "form_id", "granting_unit_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_on", "recipient_id", "recipient_name", "registration_id", "state", "state_since", "submitted_at", "submitted_by_id", "typed_by_id", "unit_id", "version", "vote_id") VALUES (OLD."achievement", OLD."award_id", OLD."dialogue_id", OLD."form_id", OLD."granting_unit_id", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."proposed_on", OLD."recipient_id", OLD."recipient_name", OLD."registration_id", OLD."state", OLD."state_since", OLD."submitted_at", OLD."submitted_by_id", OLD."typed_by_id", OLD."unit_id", OLD."version", OLD."vote_id"); RETURN NULL;', hash='e4031325d4b2433a1ee0c3a7e4b1e2f78f1513e7', operation='DELETE', pgid='pgtrigger_delete_delete_8cda0', table='awards_nomination', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='nominationevent',
                    trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='50408f9166f551d539232253cbd1ae91b55e8134', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_635ac', table='awards_nominationevent', when='BEFORE')),
                ),
            ],
        ),
        migrations.RunSQL(FINAL, NOT_FINAL),
        migrations.RunPython(load, migrations.RunPython.noop),
    ]
