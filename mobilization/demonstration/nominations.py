"""Nominations in every state, of the home ward and of the city, brought there through the portal's own acts."""

from collections.abc import Sequence

from django.utils import timezone

from awards.models import AwardForm, Examination, Nomination
from awards.nominating import drawing, judging, proposing
from awards.states import WarningCode
from mobilization.accounts.models import User
from mobilization.demonstration import texts
from mobilization.demonstration.world import HOME_CODE, LAST_DAY, World
from mobilization.units.models import Unit
from models_registry.models import Registration

CITY_FORM, COMMUNE_FORM = "merit-city", "certificate-commune"
PRESENT = 11
A_BODY = 14
"""So many nominations each of the two bodies has before it."""
REFUSED_WORDS = "Thành tích chưa rõ so với tiêu chuẩn của hình thức khen thưởng."
TITLE = "Khen thưởng thành tích trong phong trào thi đua “Dân vận khéo” năm {year}"
RETURN_WORDS = "Đề nghị bổ sung báo cáo thành tích có xác nhận của đơn vị."
WORDS = {code.value: "Tập thể họp, thống nhất đề nghị; thành tích mới, đã kiểm tra." for code in WarningCode}


def make(world: World) -> int:
    """Make the nominations and return how many there are."""
    home = Unit.objects.by_code(HOME_CODE, LAST_DAY).get()
    recognised = Registration.objects.of_year(LAST_DAY.year).recognised().filter(awards=None)
    rows = recognised.select_related("model", "unit__heir").order_by("pk")
    local = list(rows.filter(unit=home)[:A_BODY])
    upper = list(rows.filter(unit__valid_to=None).exclude(unit=home)[:A_BODY])
    people = world.people
    made = _stages(world, local, COMMUNE_FORM, home, people["canbo"], people["xetduyet"])
    made += _stages(world, upper, CITY_FORM, world.city, people["clerk"], people["thanhpho"])
    return made


def _stages(
    world: World, registrations: Sequence[Registration], code: str, body: Unit, sender: User, judge: User
) -> int:
    """Propose for all, and leave some of them in each state on the way."""
    form = AwardForm.objects.in_force(timezone.localdate()).get(code=code)
    outcome = proposing.propose_from_registrations(registrations, form, actor=sender)
    rows = outcome.done
    if len(rows) < 2:  # noqa: PLR2004 -- a small demonstration
        return len(rows)
    share = max(1, len(rows) // 7)
    proposing.submit_many(_seen(rows[share:]), actor=sender)
    judging.return_many(_seen(rows[share : 2 * share]), actor=judge, reason=RETURN_WORDS)
    voted = rows[3 * share :]
    if not voted:
        return len(rows)
    minutes = Examination(
        unit=body,
        number="07/BB-HĐTĐKT" if body == world.city else "03/BB-HĐTĐKT",
        held_on=min(LAST_DAY, timezone.localdate()),
        place=f"Trụ sở {body.full_name}",
        chair=texts.person(world.random),
        secretary=texts.person(world.random),
        members="\n".join(texts.person(world.random) for _one in range(PRESENT)),
        present=PRESENT,
    )
    votes = {row.pk: (PRESENT - place % 4, place % 4) for place, row in enumerate(voted)}
    judging.examine(minutes, votes, dict.fromkeys(votes), actor=judge)
    judging.decline_many(_seen(voted[:share]), actor=judge, reason=REFUSED_WORDS)
    judging.approve_many(_seen(voted[2 * share :]), actor=judge, words=WORDS)
    drafter = sender if body != world.city else judge
    drawing.draw(_seen(voted[3 * share :]), actor=drafter, title=TITLE.format(year=LAST_DAY.year))
    return len(rows)


def _seen(rows: Sequence[Nomination]) -> list[tuple[int, None]]:
    return [(row.pk, None) for row in rows]
