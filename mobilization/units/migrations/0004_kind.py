from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("units", "0001_squashed_0003_outline")]

    operations = [
        migrations.AddIndex(
            model_name="unit",
            index=models.Index(fields=["kind"], name="units_unit_of_kind"),
        ),
    ]
