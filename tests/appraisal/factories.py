"""Sheets, notes and sessions of the council, for tests."""

import factory
from django.utils import timezone

from mobilization.accounts.states import Role
from mobilization.appraisal.models import (
    AgendaItem,
    Appraisal,
    CouncilSession,
    Note,
    SessionMember,
    StandingAside,
    Survey,
    SurveyFile,
)
from mobilization.appraisal.states import Part, SessionState, SheetState, Visibility
from mobilization.units.models import Unit
from models_registry.models import Criterion
from models_registry.states import Level
from tests.accounts.factories import UserFactory, user_with
from tests.models_registry.factories import CampaignFactory, RegistrationFactory
from tests.units.factories import UnitFactory


class CriterionFactory(factory.django.DjangoModelFactory):
    """A criterion of every level with 20 points."""

    class Meta:
        model = Criterion

    campaign = factory.SubFactory(CampaignFactory)
    text = factory.Sequence(lambda number: f"Tiêu chí {number}")
    position = factory.Sequence(lambda number: number)
    weight = 20


class AppraisalFactory(factory.django.DjangoModelFactory):
    """A sheet that was handed in."""

    class Meta:
        model = Appraisal

    registration = factory.SubFactory(RegistrationFactory, reported=True)
    appraiser = factory.SubFactory(UserFactory)
    level = factory.SelfAttribute("registration.level")
    state = SheetState.HANDED_IN
    total = 15
    seen_version = factory.SelfAttribute("registration.version")
    handed_in_at = factory.LazyFunction(timezone.now)


class NoteFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Note

    registration = factory.SubFactory(RegistrationFactory, reported=True)
    author = factory.SubFactory(UserFactory)
    visibility = Visibility.REVIEWERS
    text = "Cần xem lại số hộ tham gia"


class SurveyFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Survey

    registration = factory.SubFactory(RegistrationFactory, reported=True)
    held_on = factory.LazyFunction(timezone.localdate)
    members = "Bà Lê Thị Hoa, Phó Trưởng ban"
    findings = "Đường đã mở, dân đồng tình"
    written_by = factory.SubFactory(UserFactory)


class SurveyFileFactory(factory.django.DjangoModelFactory):
    """The minutes of a survey."""

    class Meta:
        model = SurveyFile

    survey = factory.SubFactory(SurveyFactory)
    file = factory.django.FileField(filename="minutes.pdf", data=b"%PDF-1.4 %%EOF")
    original_name = "Biên bản.pdf"
    content_type = "application/pdf"
    size = 14
    sha256 = "0" * 64
    uploaded_by = factory.SubFactory(UserFactory)


class CouncilSessionFactory(factory.django.DjangoModelFactory):
    """A session of a commune's council, planned for today, without members and agenda."""

    class Meta:
        model = CouncilSession

    campaign = factory.SubFactory(CampaignFactory)
    unit = factory.LazyFunction(UnitFactory)
    level = Level.GRASSROOTS
    title = "Họp Hội đồng xét công nhận mô hình Dân vận khéo"
    held_on = factory.LazyFunction(timezone.localdate)
    place = "Hội trường tầng 2"
    quorum = 3
    made_by = factory.SubFactory(UserFactory)


class SessionMemberFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = SessionMember

    session = factory.SubFactory(CouncilSessionFactory)
    name = factory.Sequence(lambda number: f"Trần Văn Bình {number}")
    part = Part.MEMBER


class AgendaItemFactory(factory.django.DjangoModelFactory):
    """A registration that was reported, in the unit of the session."""

    class Meta:
        model = AgendaItem

    session = factory.SubFactory(CouncilSessionFactory)
    registration = factory.LazyAttribute(
        lambda self: RegistrationFactory(unit=self.session.unit, level=self.session.level, reported=True)
    )
    position = factory.Sequence(lambda number: number + 1)
    seen_version = factory.SelfAttribute("registration.version")


class StandingAsideFactory(factory.django.DjangoModelFactory):
    """A member of the session who takes no part in the item."""

    class Meta:
        model = StandingAside

    item = factory.SubFactory(AgendaItemFactory)
    member = factory.LazyAttribute(lambda self: SessionMemberFactory(session=self.item.session))
    reason = "Là vợ của người đăng ký"
    made_by = factory.SubFactory(UserFactory)


def sitting(*, unit: Unit | None = None, items: int = 2, held: bool = True, **fields) -> tuple:
    """Return a session with three voters (one of them a reviewer with an account, as chair), and that reviewer."""
    unit = unit or UnitFactory()
    role = Role.REVIEWER if fields.get("level", Level.GRASSROOTS) == Level.GRASSROOTS else Role.CITY_STAFF
    chair = user_with(role, unit)
    state = SessionState.HELD if held else SessionState.PLANNED
    session = CouncilSessionFactory(unit=unit, state=state, **fields)
    SessionMemberFactory(session=session, user=chair, name=chair.full_name, part=Part.CHAIR)
    SessionMemberFactory.create_batch(2, session=session)
    SessionMemberFactory(session=session, part=Part.SECRETARY, votes=False)
    AgendaItemFactory.create_batch(items, session=session)
    return session, chair
