"""Messages and the outbox, as one migration.

An empty database is migrated by this; one that has seen the replaced migrations goes on with those.
"""

import django.core.serializers.json
import django.db.models.deletion
import django.utils.timezone
import mobilization.core.migrating
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('messaging', '0001_initial')]

    initial = True

    dependencies = [
        ('accounts', '0002_position_fits_unit'),
        ('units', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        mobilization.core.migrating.AtOnce(
            operations=[
                migrations.CreateModel(
                    name='Preference',
                    fields=[
                        ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='message_preference', serialize=False, to=settings.AUTH_USER_MODEL)),
                        ('digest', models.BooleanField(default=True, verbose_name='daily e-mail')),
                        ('ways', models.JSONField(default=dict, verbose_name='ways')),
                    ],
                    options={
                        'verbose_name': 'choices about messages',
                        'verbose_name_plural': 'choices about messages',
                    },
                ),
                migrations.CreateModel(
                    name='Digest',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('on', models.DateField(verbose_name='day')),
                        ('subject', models.CharField(max_length=300, verbose_name='subject')),
                        ('body', models.TextField(verbose_name='text')),
                        ('made_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='made on')),
                        ('recipient', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'verbose_name': 'daily e-mail',
                        'verbose_name_plural': 'daily e-mails',
                        'constraints': [models.UniqueConstraint(fields=('recipient', 'on'), name='messaging_digest_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Message',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('kind', models.CharField(max_length=60, verbose_name='kind')),
                        ('target_model', models.CharField(blank=True, max_length=100)),
                        ('target_id', models.CharField(blank=True, max_length=64)),
                        ('url', models.CharField(blank=True, max_length=500, verbose_name='address')),
                        ('data', models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder, verbose_name='data')),
                        ('key', models.CharField(blank=True, max_length=200, verbose_name='once for')),
                        ('way', models.CharField(choices=[('at_once', 'At once'), ('digest', 'In the daily e-mail'), ('portal', 'Only in the portal')], max_length=10, verbose_name='way')),
                        ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='at')),
                        ('read_at', models.DateTimeField(null=True, verbose_name='read on')),
                        ('actor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='actor')),
                        ('digest', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='messages', to='messaging.digest', verbose_name='daily e-mail')),
                        ('recipient', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='messages', to=settings.AUTH_USER_MODEL, verbose_name='recipient')),
                        ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit', verbose_name='unit')),
                    ],
                    options={
                        'verbose_name': 'message',
                        'verbose_name_plural': 'messages',
                        'ordering': ['-at', '-id'],
                        'indexes': [models.Index(fields=['recipient', '-at', '-id'], name='messaging_newest'), models.Index(condition=models.Q(('read_at', None)), fields=['recipient', '-at', '-id'], name='messaging_unread'), models.Index(fields=['target_model', 'target_id'], name='messaging_by_target')],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('key', ''), _negated=True), fields=('recipient', 'key'), name='messaging_message_once'), models.CheckConstraint(condition=models.Q(('way__in', ['at_once', 'digest', 'portal'])), name='messaging_message_way'), models.CheckConstraint(condition=models.Q(('kind', ''), _negated=True), name='messaging_message_has_kind'), models.CheckConstraint(condition=models.Q(('url', ''), ('url__regex', '^/([^/\\\\]|$)'), _connector='OR'), name='messaging_message_leads_home')],
                    },
                ),
                migrations.CreateModel(
                    name='Delivery',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('channel', models.CharField(max_length=20, verbose_name='channel')),
                        ('state', models.CharField(choices=[('queued', 'Waiting to be sent'), ('sent', 'Sent'), ('failed', 'Failed, will be tried again'), ('given_up', 'Given up')], default='queued', max_length=10, verbose_name='state')),
                        ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='attempts')),
                        ('next_try_at', models.DateTimeField(null=True, verbose_name='next attempt')),
                        ('error', models.TextField(blank=True, verbose_name='error')),
                        ('made_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='made on')),
                        ('sent_at', models.DateTimeField(null=True, verbose_name='sent on')),
                        ('recipient', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='recipient')),
                        ('digest', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='deliveries', to='messaging.digest')),
                        ('message', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='deliveries', to='messaging.message')),
                    ],
                    options={
                        'verbose_name': 'delivery',
                        'verbose_name_plural': 'deliveries',
                        'ordering': ['-made_at', '-pk'],
                        'indexes': [models.Index(condition=models.Q(('state__in', ['queued', 'failed'])), fields=['next_try_at'], name='messaging_due'), models.Index(fields=['-made_at', '-id'], name='messaging_outbox')],
                        'constraints': [models.UniqueConstraint(fields=('message', 'channel'), name='messaging_delivery_once'), models.UniqueConstraint(fields=('digest', 'channel'), name='messaging_digest_delivery_once'), models.CheckConstraint(condition=models.Q(models.Q(('digest__isnull', False), ('message', None)), models.Q(('digest', None), ('message__isnull', False)), _connector='OR'), name='messaging_delivery_carries_one'), models.CheckConstraint(condition=models.Q(('state__in', ['queued', 'sent', 'failed', 'given_up'])), name='messaging_delivery_state'), models.CheckConstraint(condition=models.Q(models.Q(('sent_at__isnull', False), ('state', 'sent')), models.Q(models.Q(('state', 'sent'), _negated=True), ('sent_at', None)), _connector='OR'), name='messaging_delivery_sent'), models.CheckConstraint(condition=models.Q(models.Q(('next_try_at__isnull', False), ('state__in', ['queued', 'failed'])), models.Q(models.Q(('state__in', ['queued', 'failed']), _negated=True), ('next_try_at', None)), _connector='OR'), name='messaging_delivery_next')],
                    },
                ),
            ],
        ),
    ]
