"""Work in the middle of it, through the portal's own acts: a session held and one ahead, what is decided and not yet
announced, an announcement, something assigned, and the messages that all of it leaves.
"""

import datetime
import uuid
from contextlib import suppress

from django.db import transaction
from django.utils import timezone

from mobilization.accounts.models import User
from mobilization.appraisal.models import CouncilSession
from mobilization.appraisal.services.closing import close
from mobilization.appraisal.services.members import set_members
from mobilization.appraisal.services.sessions import (
    add_to_agenda,
    agenda_candidates,
    hold,
    make_session,
)
from mobilization.appraisal.services.voting import vote, vote_rest
from mobilization.appraisal.states import Part, Verdict
from mobilization.core.errors import DomainError
from mobilization.demonstration.world import HOME_CODE, LAST_DAY, World
from mobilization.publication.services import enter, publish
from mobilization.publication.states import Act
from mobilization.units.models import Unit
from models_registry import notices
from models_registry.announcing import announce
from models_registry.models import Campaign, Registration, ReviewStep
from models_registry.services.assigning import assign
from models_registry.states import Level, State

DECIDED, PLANNED = 3, 5
"""How many stand on the agenda of the session that was held, and of the one ahead."""
COUNCIL = (
    ("Đỗ Thị Hương", "Phó Trưởng ban Dân vận Thành ủy", True),
    ("Nguyễn Quốc Việt", "Phó Chủ tịch Ủy ban Mặt trận Tổ quốc Thành phố", True),
    ("Bùi Thanh Mai", "Chuyên viên giúp việc", False),
)
SOURCE = "Họp Ban Chỉ đạo phường ngày {day}"
DAYS_AHEAD = 10


def make(world: World) -> int:
    """Play what is under way in this year's campaign, and return how many decisions wait to be announced."""
    home = Unit.objects.by_code(HOME_CODE, LAST_DAY).get()
    campaign = Campaign.objects.get(year=LAST_DAY.year, city=world.city)
    _tell_returns(world, home)
    _assign(world, home)
    _announce(world, home)
    waiting = _hold_session(world, campaign)
    _plan_session(world, campaign)
    return waiting


def _tell_returns(world: World, home: Unit) -> None:
    """What came back to the home ward is told to its official, as the act itself tells it."""
    back = Registration.objects.filter(unit=home, year=LAST_DAY.year).sent_back()
    steps = ReviewStep.objects.returns().filter(registration__in=back)
    for step in steps.select_related("registration__unit", "actor").order_by("at", "pk"):
        announce(step, {})


def _assign(world: World, home: Unit) -> None:
    """City staff put what has waited longest in the home ward into the hands of its reviewer."""
    waiting = Registration.objects.filter(unit=home).awaiting_review().longest_waiting_first()
    given = [
        assign(registration, world.people["xetduyet"], actor=world.people["thanhpho"])
        for registration in waiting.filter(level=Level.GRASSROOTS, state=State.SUBMITTED)[:2]
    ]
    if given:
        notices.announce_assigned(given[::-1], actor=world.people["thanhpho"])


def _announce(world: World, home: Unit) -> None:
    """The home ward announces one recognition; outside the window of recognition it stays undone, like anybody's."""
    reviewer = world.people["xetduyet"]
    reported = Registration.objects.filter(unit=home, state=State.REPORTED, level=Level.GRASSROOTS)
    first = reported.longest_waiting_first().first()
    if first is None:
        return
    day = min(LAST_DAY, timezone.localdate())
    with suppress(DomainError), transaction.atomic():
        source = SOURCE.format(day=day.strftime("%d/%m/%Y"))
        pending = enter(first, act=Act.RECOGNISE, actor=reviewer, exemplary=True, source=source)
        publish(
            [pending],
            title=f"Công nhận mô hình “Dân vận khéo” cấp cơ sở năm {LAST_DAY.year}, đợt 1",
            body="Đảng ủy phường Ba Đình",
            number="118-QĐ/ĐU",
            decided_on=day,
            actor=reviewer,
            token=uuid.UUID(int=world.random.getrandbits(128)),
        )


def _hold_session(world: World, campaign: Campaign) -> int:
    """The city's council has decided on a few; they wait to be announced. Returns how many."""
    staff = world.people["thanhpho"]
    session = _session(world, campaign, "Phiên họp Hội đồng thẩm định lần thứ nhất", LAST_DAY, DECIDED)
    if not session.items.exists():
        return 0
    hold(session, actor=staff)
    first = session.items.in_order().first()
    vote(
        first,
        votes_for=3,
        votes_against=0,
        abstained=0,
        verdict=Verdict.RECOGNISE,
        exemplary=True,
        actor=staff,
    )
    vote_rest(session, actor=staff)
    close(session, minutes_number="12/BB-HĐ", actor=staff)
    return session.items.count()


def _plan_session(world: World, campaign: Campaign) -> None:
    ahead = max(LAST_DAY, timezone.localdate()) + datetime.timedelta(days=DAYS_AHEAD)
    _session(world, campaign, "Phiên họp Hội đồng thẩm định lần thứ hai", ahead, PLANNED)


def _session(
    world: World, campaign: Campaign, title: str, held_on: datetime.date, items: int
) -> CouncilSession:
    staff = world.people["thanhpho"]
    session = make_session(
        campaign=campaign,
        unit=world.city,
        level=Level.INTERMEDIATE,
        title=title,
        held_on=held_on,
        place="Phòng họp số 2, trụ sở Thành ủy",
        quorum=3,
        actor=staff,
    )
    set_members(session, _members(world.people["lanhdao"], staff), actor=staff)
    found = agenda_candidates(session).longest_waiting_first().values_list("pk", flat=True)[:items]
    add_to_agenda(session, found, actor=staff)
    return session


def _members(chair: User, secretary: User) -> list[dict]:
    seated = [
        {"user": chair, "post": "Chủ tịch Hội đồng", "part": Part.CHAIR, "votes": True, "present": True},
        {"user": secretary, "post": "Thư ký", "part": Part.SECRETARY, "votes": False, "present": True},
    ]
    return seated + [
        {"name": name, "post": post, "part": Part.MEMBER, "votes": votes, "present": True}
        for name, post, votes in COUNCIL
    ]
