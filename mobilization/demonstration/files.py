"""Evidence files of the demonstration: drawn pictures, public at recognised models of the last year."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image, ImageDraw

from mobilization.core.files import accept_upload
from mobilization.demonstration.world import LAST_DAY, World
from models_registry.models import Attachment, Registration

NUMBER = 24
SIZE = (960, 640)
INKS = ("#9b1c1f", "#2f5d50", "#8a6d3b", "#34558b", "#6b4c7a")


def make(world: World) -> int:
    """Draw the pictures, keep them with their registrations, and return how many there are."""
    found = list(Registration.objects.of_year(LAST_DAY.year).recognised().order_by("pk")[:NUMBER])
    for registration in found:
        accepted = accept_upload(SimpleUploadedFile("anh-minh-hoa.png", _picture(world)))
        attachment = Attachment(
            registration=registration,
            caption="Ảnh minh họa của dữ liệu trình diễn",
            is_public=True,
            consent_note="Hình vẽ minh họa, không có người thật.",
            shown_by=registration.typed_by,
            shown_at=timezone.now(),
            uploaded_by=registration.typed_by,
        )
        attachment.keep(accepted)
        attachment.save()
    return len(found)


def _picture(world: World) -> bytes:
    """Return a drawn street: sky, houses, road; plainly no photograph of a real place."""
    random = world.random
    picture = Image.new("RGB", SIZE, "#dfe9ee")
    draw = ImageDraw.Draw(picture)
    left = 0
    while left < SIZE[0]:
        width, height = random.randint(90, 170), random.randint(160, 330)
        top = 460 - height
        draw.rectangle((left, top, left + width - 8, 460), fill=random.choice(INKS))
        for row in range(top + 24, 440, 60):
            for column in range(left + 16, left + width - 34, 40):
                draw.rectangle((column, row, column + 20, row + 30), fill="#f7f3ea")
        left += width
    draw.rectangle((0, 460, SIZE[0], SIZE[1]), fill="#b9b2a5")
    for column in range(20, SIZE[0], 120):
        draw.rectangle((column, 545, column + 60, 553), fill="#f7f3ea")
    output = io.BytesIO()
    picture.save(output, "PNG")
    return output.getvalue()
