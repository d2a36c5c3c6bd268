"""The reasons for returning that the portal ships, and the consent behind what is public already."""

from django.db import migrations
from django.db.models import F

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
TICKED = "Khi tải lên đã xác nhận: mọi người nhận ra được trong ảnh đều đồng ý."
"""Until now the form asked for no note, but said that the tick meant just this."""


def ship_reasons(apps, schema_editor):
    reason = apps.get_model("models_registry", "ReturnReason")
    kept = set(reason.objects.filter(city=None).values_list("text", flat=True))
    reason.objects.bulk_create(
        reason(text=text, position=place) for place, text in enumerate(REASONS, 1) if text not in kept
    )


def note_consent(apps, schema_editor):
    attachments = apps.get_model("models_registry", "Attachment").objects
    attachments.filter(is_public=True, consent_note="").update(
        consent_note=TICKED, shown_by=F("uploaded_by"), shown_at=F("uploaded_at")
    )


class Migration(migrations.Migration):
    dependencies = [("models_registry", "0004_messages_replace_notices")]
    operations = [
        migrations.RunPython(ship_reasons, migrations.RunPython.noop, elidable=False),
        migrations.RunPython(note_consent, migrations.RunPython.noop, elidable=False),
    ]
