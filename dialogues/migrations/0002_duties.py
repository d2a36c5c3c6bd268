"""The yearly duty to hold dialogues, as far as the portal's years reach."""

import datetime

from django.db import migrations

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


def unload(apps, schema_editor):
    apps.get_model("dialogues", "DialogueDuty").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("dialogues", "0001_initial")]
    operations = [migrations.RunPython(load, unload)]
