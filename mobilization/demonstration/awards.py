"""Past decisions of the city and of the home ward, put on record: they are older than the nominations here."""

import datetime

from awards import services, transitions
from awards.certificates import handing_out
from awards.models import Award, AwardForm, Decision
from awards.states import GrantingTier, RecipientKind
from mobilization.demonstration import texts
from mobilization.demonstration.world import HOME_CODE, KEPT_FREE, LAST_DAY, World
from mobilization.units.models import Unit
from models_registry.models import Registration

CITY_FORM, COMMUNE_FORM = "merit-city", "certificate-commune"
A_DECISION = 24
SIGNED = {2023: (12, 20), 2024: (12, 20), 2025: (12, 22), 2026: (11, 14)}
CITY_POST = "Chủ tịch Ủy ban nhân dân Thành phố"


def make(world: World) -> int:
    """Make the decisions and return how many awards they carry."""
    count = 0
    for year, (month, day) in SIGNED.items():
        signed_on = datetime.date(year, month, day)
        decision = _draft(
            world, world.city, GrantingTier.CITY, signed_on, f"{5000 + year}/QĐ-UBND", CITY_POST
        )
        count += _fill(decision, _city_form(signed_on), _exemplary(year))
        transitions.issue(decision, actor=world.people["lanhdao"], of_the_past=True)
        if year < LAST_DAY.year:
            _hand_out(world, decision)
    home = Unit.objects.by_code(HOME_CODE, LAST_DAY).get()
    return count + _ward(world, home, "112/QĐ-UBND", datetime.date(2026, 11, 10))


def _hand_out(world: World, decision: Decision) -> None:
    """Hand out what was granted in past years, at the conference some days later; the last one is still waited for."""
    awards = list(decision.awards.in_annex_order())
    handing_out.hand_out(
        decision,
        awards[:-1] or awards,
        actor=world.people["thanhpho"],
        handed_on=decision.signed_on + datetime.timedelta(days=5),
        received_by="Đại diện tập thể, cá nhân được khen thưởng",
        handed_by=texts.person(world.random),
        note="Trao tại hội nghị tổng kết",
    )


def _ward(world: World, home: Unit, number: str, signed_on: datetime.date) -> int:
    decision = _draft(world, home, GrantingTier.COMMUNE, signed_on, number, "Chủ tịch Ủy ban nhân dân phường")
    registrations = Registration.objects.of_year(LAST_DAY.year).recognised().filter(unit=home).order_by("pk")
    form = AwardForm.objects.in_force(signed_on).get(code=COMMUNE_FORM)
    count = _fill(decision, form, list(registrations[:1]))
    Award.objects.create(
        decision=decision,
        form=form,
        recipient_kind=RecipientKind.HOUSEHOLD,
        unit=home,
        recipient_name=f"Hộ ông {texts.person(world.random)}",
        achievement=texts.ACHIEVEMENT.format(year=LAST_DAY.year),
    )
    transitions.issue(decision, actor=world.people["xetduyet"], of_the_past=True)
    return count + 1


def _draft(
    world: World, unit: Unit, tier: GrantingTier, signed_on: datetime.date, number: str, post: str
) -> Decision:
    decision = Decision(
        unit=unit,
        tier=tier,
        title=f"Khen thưởng phong trào thi đua “Dân vận khéo” năm {signed_on.year}",
        number=number,
        signed_on=signed_on,
        signer=texts.person(world.random),
        signer_post=post,
    )
    actor = world.people["thanhpho"] if tier == GrantingTier.CITY else world.people["canbo"]
    return services.draft(decision, actor=actor)


def _fill(decision: Decision, form: AwardForm, registrations: list[Registration]) -> int:
    Award.objects.bulk_create(
        Award(
            decision=decision,
            form=form,
            recipient_kind=registration.subject,
            recipient_name=registration.registrant,
            # No award to a unit that ended: the one that answers for it stands in its place.
            unit=registration.unit
            if registration.unit.is_in_force(decision.signed_on)
            else registration.unit.heir,
            achievement=texts.ACHIEVEMENT.format(year=registration.year),
            registration=registration,
        )
        for registration in registrations
    )
    return len(registrations)


def _city_form(signed_on: datetime.date) -> AwardForm:
    return AwardForm.objects.in_force(signed_on).get(code=CITY_FORM)


def _exemplary(year: int) -> list[Registration]:
    found = Registration.objects.of_year(year).exemplary().select_related("unit__heir")
    if year < KEPT_FREE[1].year:
        # The register of Huyện Sóc Sơn brings its own awards.
        found = found.exclude(unit__parent__code=KEPT_FREE[0])
    return list(found.order_by("pk")[:A_DECISION])
