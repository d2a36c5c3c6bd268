"""Worlds with figures in them: units with successions, and records written straight to their tables."""

import datetime
import itertools
import random

from django.utils import timezone

from awards.models import Award, AwardForm, Decision
from awards.states import AwardState, DecisionState, GrantingTier, RecipientKind
from dialogues.models import Dialogue, Opinion
from dialogues.states import Kind as DialogueKind
from dialogues.states import OpinionField, OpinionStatus
from dialogues.states import State as DialogueState
from mobilization.units.models import Succession, Unit
from mobilization.units.states import Relation, UnitKind
from models_registry.models import Campaign, Recognition, Registration, SkilledModel
from models_registry.states import Kind, Level, Novelty, Outcome, State, Subject, WorkField
from tests.accounts.factories import UserFactory

BEFORE, REFORM = datetime.date(2020, 3, 1), datetime.date(2025, 7, 1)
_numbers = itertools.count(1)


def make_unit(name, parent=None, kind=UnitKind.COMMUNE, since=BEFORE, until=None) -> Unit:
    """A unit with the path and heir that the services would give it."""
    pk = 100_000 + next(_numbers)
    path = f"{parent.path if parent else '/'}{pk}/"
    return Unit.objects.create(
        pk=pk,
        code=f"T{pk}",
        kind=kind,
        full_name=name,
        name=name,
        parent=parent,
        valid_from=since,
        valid_to=until,
        sort_key=name,
        path=path,
        heir_id=pk,
    )


def make_city(name="Thành phố") -> Unit:
    """A root."""
    return make_unit(name, kind=UnitKind.CITY)


def succeed(predecessor, *successors, shares=None, main=0, on=REFORM) -> None:
    """Link an ended unit to its successors."""
    for place, successor in enumerate(successors):
        Succession.objects.create(
            predecessor=predecessor,
            successor=successor,
            on=on,
            relation=Relation.WHOLE if len(successors) == 1 else Relation.PART,
            share=shares[place] if shares else None,
            is_main=place == main,
            basis="Nghị quyết thử",
        )


def make_registrations(unit, year, number=1, *, recognised_at=(), **fields) -> list[Registration]:
    """Registrations filed under ``unit``, recognised ones unless a state is given."""
    city = Unit.objects.get(pk=unit.path_ids[0])
    campaign, _ = Campaign.objects.get_or_create(city=city, year=year, defaults={"title": f"Năm {year}"})
    models = SkilledModel.objects.bulk_create(SkilledModel(title="Khéo", unit=unit) for _ in range(number))
    state = fields.pop("state", State.RECOGNISED)
    now = timezone.now()
    values = {
        "kind": Kind.MODEL,
        "subject": Subject.COLLECTIVE,
        "field": WorkField.ECONOMY,
        "level": Level.GRASSROOTS,
        "novelty": Novelty.NEW,
        "title": "Khéo vận động hiến đất",
        "registrant": "Chi bộ thôn Đoài",
        "aim": "Mở rộng đường",
        "method": "Họp dân",
        "person_name": "Lê Văn Cường",
        "starts_on": datetime.date(year, 2, 1),
        "submitted_at": None if state == State.DRAFT else now,
        "returned_by": UserFactory() if state in State.SENT_BACK else None,
        "rounds": 1 if state in State.SENT_BACK else 0,
    }
    if state in State.REPORTED_ON:
        values |= {"result_summary": "Xong", "reported_at": now}
    made = Registration.objects.bulk_create(
        Registration(model=model, campaign=campaign, year=year, unit=unit, state=state, **(values | fields))
        for model in models
    )
    levels = recognised_at or ([made[0].level] if state == State.RECOGNISED else [])
    Recognition.objects.bulk_create(
        Recognition(
            registration=one,
            level=level,
            body="Đảng ủy",
            number="1-QĐ/ĐU",
            decided_on=datetime.date(year, 12, 1),
        )
        for one in made
        for level in levels
    )
    return made


def make_dialogue(unit, year, **fields) -> Dialogue:
    """A dialogue that was held."""
    values = {
        "kind": DialogueKind.PERIODIC,
        "state": DialogueState.HELD,
        "topic": "Đối thoại",
        "held_on": datetime.date(year, 5, 19),
        "typed_by": UserFactory(),
    }
    return Dialogue.objects.create(unit=unit, **(values | fields))


def make_opinions(dialogue, number=1, **fields) -> list[Opinion]:
    """Opinions raised at ``dialogue``."""
    values = {
        "typed_by": dialogue.typed_by,
        "field": OpinionField.LAND,
        "matter": "Đất đai",
        "text": "Đề nghị xem xét",
        "status": OpinionStatus.RECEIVED,
    }
    first = dialogue.opinions.count() + 1
    return Opinion.objects.bulk_create(
        Opinion(dialogue=dialogue, order=order, **(values | fields)) for order in range(first, first + number)
    )


def make_award(unit, year, kind=RecipientKind.COLLECTIVE, *, revoked=False, **fields) -> Award:
    """A valid award of a decision that the city issued, or one that a later decision revoked."""
    form, _ = AwardForm.objects.get_or_create(
        code="thu-nghiem",
        valid_from=BEFORE,
        defaults={"name": "Bằng khen", "body": "Chủ tịch", "tier": GrantingTier.CITY, "legal_basis": "Luật"},
    )
    decision = _draft(Unit.objects.get(pk=unit.path_ids[0]), year)
    award = Award.objects.create(
        decision=decision,
        form=form,
        unit=unit,
        year=year,
        recipient_kind=kind,
        recipient_name=f"Tập thể {next(_numbers)}",
        achievement="Xuất sắc",
        **fields,
    )
    Decision.objects.filter(pk=decision.pk).update(state=DecisionState.ISSUED)
    if revoked:
        Award.objects.filter(pk=award.pk).update(
            state=AwardState.REVOKED, ended_by=_draft(decision.unit, year)
        )
    return award


def _draft(city, year) -> Decision:
    user = UserFactory()
    return Decision.objects.create(
        unit=city,
        tier=GrantingTier.CITY,
        title="Khen thưởng",
        number=f"{next(_numbers)}/QĐ-UBND",
        signed_on=datetime.date(year, 12, 20),
        signer="Người ký",
        signer_post="Chủ tịch",
        drafted_by=user,
        issued_by=user,
        issued_at=timezone.now(),
    )


def scatter(seed: int, units, year) -> None:
    """Random records of every kind under ``units``, the same for the same seed."""
    rng = random.Random(seed)
    for _ in range(rng.randint(3, 12)):
        unit = rng.choice(units)
        state = rng.choice([state for state in State if state not in State.SENT_BACK])
        fields = {
            "state": state,
            "field": rng.choice(WorkField.values),
            "level": rng.choice(Level.values),
            "kind": rng.choice(Kind.values),
            "subject": rng.choice(Subject.values),
            "novelty": rng.choice(Novelty.values),
            "exemplary": state == State.RECOGNISED and rng.random() < 0.3,
            "outcome": rng.choice(Outcome.values) if state in State.ACCEPTED_ON else "",
        }
        levels = rng.choice([(), (Level.GRASSROOTS, Level.CITY)]) if state == State.RECOGNISED else ()
        made = make_registrations(unit, year, rng.randint(1, 6), recognised_at=levels, **fields)
        if rng.random() < 0.5:
            for kind in rng.sample(RecipientKind.values, 2):
                make_award(rng.choice(units), year, kind, registration=made[0])
    for _ in range(rng.randint(1, 5)):
        unit = rng.choice(units)
        dialogue = {"kind": rng.choice(DialogueKind.values), "attending": rng.choice([None, 12, 85])}
        if rng.random() < 0.5:
            dialogue |= {
                "summary_only": True,
                "opinions_total": 9,
                "opinions_on_spot": 4,
                "opinions_resolved": 3,
            }
            make_dialogue(unit, year, **dialogue)
        else:
            statuses = (OpinionStatus.ANSWERED_ON_SPOT, OpinionStatus.RESOLVED, OpinionStatus.IN_PROGRESS)
            held = make_dialogue(unit, year, **dialogue)
            make_opinions(held, rng.randint(1, 4), due_on=datetime.date(2021, 1, 1))
            if rng.random() < 0.5:
                make_opinions(held, 2, status=rng.choice(statuses), **ANSWERED)
    make_dialogue(rng.choice(units), year, state=DialogueState.PLANNED)


class World:
    """A city with two abolished districts, of whose communes one went whole, one by shares, one without shares."""

    def __init__(self, city=None):
        self.city = city or make_city()
        self.north, self.south = (
            make_unit(f"Huyện {name}", self.city, UnitKind.RURAL_DISTRICT, until=REFORM)
            for name in ("Bắc", "Nam")
        )
        self.whole, self.shared = (make_unit(f"Xã cũ {n}", self.north, until=REFORM) for n in (1, 2))
        self.unknown = make_unit("Xã cũ 3", self.south, until=REFORM)
        self.first, self.second, self.third = (
            make_unit(f"Xã mới {n}", self.city, since=REFORM) for n in (1, 2, 3)
        )
        self.committee = make_unit("Đảng ủy khối", self.city, UnitKind.COMMITTEE)
        succeed(self.whole, self.first)
        succeed(self.shared, self.first, self.second, shares=("0.7", "0.3"))
        succeed(self.unknown, self.third, self.second)
        self.filing = [self.whole, self.shared, self.unknown, self.north, self.committee, self.city]
        self.units = [*self.filing, self.south, self.first, self.second, self.third]


ANSWERED = {"answer": "Đã trả lời", "answered_on": datetime.date(2026, 1, 5)}
