"""The catalogue that the portal starts with.

Before 2024: Law 15/2003/QH11 and Decree 91/2017/NĐ-CP. From 1 January 2024: Law 06/2022/QH15 with Decree
98/2023/NĐ-CP; from 1 July 2025 with Decree 152/2025/NĐ-CP. The district's forms end with the districts.
"""

import datetime

from django.db import migrations

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
        form(code=code, name=name, body=body, tier=tier, valid_from=start, valid_to=end, legal_basis=basis)
        for code, name, body, tier, periods in FORMS
        for start, end, basis in periods
    )


class Migration(migrations.Migration):
    dependencies = [("awards", "0002_decided_is_final")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
