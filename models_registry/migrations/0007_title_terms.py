import django.contrib.postgres.indexes
from django.db import migrations

import mobilization.core.search


class Migration(migrations.Migration):

    dependencies = [
        ('models_registry', '0006_consent_and_outcome'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='skilledmodel',
            index=django.contrib.postgres.indexes.GinIndex(
                mobilization.core.search.folded_terms('title'), name='registry_model_title_terms'
            ),
        ),
    ]
