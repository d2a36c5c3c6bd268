from django.db import migrations, models


class Migration(migrations.Migration):
    """The open data list awards by year, latest first."""

    dependencies = [("awards", "0003_catalogue")]

    operations = [
        migrations.AddIndex(
            model_name="award",
            index=models.Index(fields=["-year", "-id"], name="award_newest"),
        ),
    ]
