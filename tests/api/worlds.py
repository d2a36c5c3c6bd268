"""What the tests of the API ask about."""

import datetime
from types import SimpleNamespace

from dialogues.states import OpinionStatus
from tests.accounts.factories import user_with
from tests.awards.factories import SIGNED, AwardFactory, DecisionFactory, issue_past
from tests.dialogues.factories import DialogueFactory, OpinionFactory
from tests.models_registry.factories import CampaignFactory, RegistrationFactory
from tests.units.factories import UnitFactory, city

PHONE, PERSON, AUTHOR, PRIVATE = "0987654321", "Hoàng Thị Kín", "Phạm Văn Giấu", "nguyên văn chưa công khai"


def published_world(year=2026, **unit):
    """A commune with a recognised model, a published dialogue and an issued award, and what must not show."""
    commune = UnitFactory(**unit)
    campaign = CampaignFactory(year=year)
    person = {"person_name": PERSON, "person_phone": PHONE, "person_post": "Bí thư chi bộ"}
    model = RegistrationFactory(
        campaign=campaign, unit=commune, recognised=True, title="Khéo trong vận động hiến đất", **person
    )
    for state in ("draft", "submitted", "returned", "withdrawn", "declined"):
        RegistrationFactory(campaign=campaign, unit=commune, state=state, title=f"Chưa công khai {state}")
    dialogue = DialogueFactory(
        unit=commune,
        published=True,
        held_on=datetime.date(year, 3, 10),
        published_on=datetime.date(year, 3, 15),
    )
    opinion = OpinionFactory(
        dialogue=dialogue,
        status=OpinionStatus.RESOLVED,
        answer=PRIVATE,
        answered_on=datetime.date(year, 3, 20),
        text=PRIVATE,
        author_name=AUTHOR,
        is_public=True,
        public_text="Đề nghị thu gom rác.",
        public_answer="Đã thu gom.",
    )
    OpinionFactory(dialogue=dialogue, text=PRIVATE, matter="Không công khai", author_name=AUTHOR)
    DialogueFactory(unit=commune, held=True, topic="Chưa công bố")
    decision = DecisionFactory(unit=city(), signed_on=SIGNED)
    award = AwardFactory(decision=decision, unit=commune, registration=model, dialogue=dialogue)
    issue_past(decision, actor=user_with("city_leader", city()))
    AwardFactory(unit=commune, recipient_name="Chưa ban hành")
    award.refresh_from_db()
    return SimpleNamespace(
        commune=commune, model=model, dialogue=dialogue, opinion=opinion, award=award, year=year
    )
