import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import mobilization.core.validators


class Migration(migrations.Migration):
    dependencies = [("units", "0002_closed_years")]

    operations = [
        migrations.CreateModel(
            name="Outline",
            fields=[
                (
                    "unit",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="outline",
                        serialize=False,
                        to="units.unit",
                        verbose_name="unit",
                    ),
                ),
                ("rings", models.JSONField(verbose_name="rings")),
                (
                    "source",
                    models.CharField(
                        max_length=200,
                        validators=[mobilization.core.validators.validate_text],
                        verbose_name="source",
                    ),
                ),
                (
                    "loaded_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="loaded at"),
                ),
            ],
            options={"verbose_name": "outline of a unit", "verbose_name_plural": "outlines of units"},
        ),
    ]
