"""Plays planned acts: rows, versions, steps, recognitions and proposals, as the acts would have left them."""

from typing import TYPE_CHECKING

from django.db.models import Model

from mobilization.accounts.models import User
from mobilization.demonstration import texts
from mobilization.demonstration.plans import PlannedAct
from mobilization.demonstration.world import World
from mobilization.units.models import Unit
from mobilization.units.states import DISTRICTS
from models_registry.models import Proposal, Recognition, Registration, ReviewStep, SkilledModel
from models_registry.states import MOVES, Act, By, Level, Outcome, ProposalState, State

if TYPE_CHECKING:
    from mobilization.demonstration.registrations import Planned

BATCH = 500


Version = Registration._meta.get_field("events").related_model
VERSIONED = [
    field.attname
    for field in Version._meta.concrete_fields
    if not field.name.startswith("pgh_") and field.attname not in {"id", "model_id"}
]


class Actor:
    """Plays the acts of many registrations in memory, then stores all that they left."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.versions: list[tuple[Registration, Model]] = []
        self.steps: list[ReviewStep] = []
        self.recognitions: list[Recognition] = []
        self.proposals: dict[int, Proposal] = {}

    def play(self, planned: "list[Planned]") -> None:
        """Play all acts of all registrations, and store models, registrations and history."""
        for one in planned:
            for act in one.acts:
                self._play_act(one.registration, act)
        rows = [one.registration for one in planned]
        SkilledModel.objects.bulk_create(
            (row.model for row in rows if row.model.pk is None), batch_size=BATCH
        )
        Registration.objects.bulk_create(rows, batch_size=BATCH)
        # The last version of each is written by the table's own trigger, the earlier ones are told here.
        for registration, version in self.versions:
            version.pgh_obj_id = version.id = registration.pk
            version.model_id = registration.model_id
        Version.objects.bulk_create((version for _row, version in self.versions), batch_size=BATCH)
        ReviewStep.objects.bulk_create(self.steps, batch_size=BATCH)
        Recognition.objects.bulk_create(self.recognitions, batch_size=BATCH)
        Proposal.objects.bulk_create(self.proposals.values())

    def _play_act(self, registration: Registration, planned: PlannedAct) -> None:
        act, before = planned.act, registration.state
        actor, at = self._actor(registration, act), self.world.moment(planned.day)
        self.versions.append((registration, self._version(registration)))
        self._change(registration, planned, actor, at)
        self.steps.append(
            ReviewStep(
                registration=registration,
                act=act,
                from_state=before,
                to_state=registration.state,
                actor=actor,
                at=at,
                reason=planned.words.get("reason", ""),
                remarks=planned.words.get("remarks", {}),
                due_on=planned.words.get("due_on"),
                late=registration.late if act == Act.SUBMIT else False,
                version=registration.version,
            )
        )
        if act in {Act.RECOGNISE, Act.ACCEPT_PROPOSAL}:
            self.recognitions.append(self._recognition(registration, planned, actor, at, act))
        if act == Act.PROPOSE:
            self.proposals[id(registration)] = Proposal(
                registration=registration, level=registration.proposed_to, proposed_by=actor, proposed_at=at
            )
        if act == Act.ACCEPT_PROPOSAL:
            proposal = self.proposals[id(registration)]
            proposal.state, proposal.decided_by, proposal.decided_at = ProposalState.ACCEPTED, actor, at

    @staticmethod
    def _version(registration: Registration) -> Model:
        """Return the registration as it stands, to be stored as a version once that has its key."""
        values = {name: getattr(registration, name) for name in VERSIONED}
        return Version(
            pgh_obj=registration, pgh_label="update" if registration.version > 1 else "insert", **values
        )

    def _actor(self, registration: Registration, act: Act) -> User:
        if MOVES[act].by is By.UNIT:
            return self.world.official_of(registration.unit)
        if act == Act.ACCEPT_PROPOSAL or registration.level != Level.GRASSROOTS:
            return self.world.people["thanhpho"]
        return self.world.reviewer_of(registration.unit)

    def _change(self, registration: Registration, planned: PlannedAct, actor: User, at) -> None:
        target = MOVES[planned.act].target
        if target is not None:
            registration.state, registration.state_since = target, at
        registration.version += 1
        registration.changed_at, registration.changed_by = at, actor
        if registration.state not in State.SENT_BACK:
            registration.return_due_on = None
        if registration.state not in State.SENT_BACK | State.TO_REVIEW:
            registration.returned_by = None
        effect = getattr(self, f"_{planned.act.value}", None)
        if effect:
            effect(registration, planned, actor, at)

    def _submit(self, registration: Registration, planned: PlannedAct, actor: User, at) -> None:
        registration.submitted_by, registration.submitted_at = actor, at
        registration.late = (planned.day.month, planned.day.day) > (3, 15)

    def _return(self, registration: Registration, planned: PlannedAct, actor: User, at) -> None:
        registration.returned_by, registration.return_due_on = actor, planned.words.get("due_on")
        registration.rounds += 1

    _return_report = _return

    def _resubmit(self, registration: Registration, planned: PlannedAct, actor: User, at) -> None:
        registration.method += " Tổ dân vận phân công từng nhóm hộ, công khai tiến độ hằng tháng."
        registration.content = "Khảo sát, họp dân, phân công, thực hiện và đánh giá theo từng quý."

    def _recognise(self, registration: Registration, planned: PlannedAct, actor: User, at) -> None:
        registration.exemplary = planned.words["exemplary"]

    def _propose(self, registration: Registration, planned: PlannedAct, actor: User, at) -> None:
        registration.proposed_to = Level.CITY

    def _accept_proposal(self, registration: Registration, planned: PlannedAct, actor: User, at) -> None:
        registration.proposed_to = ""

    def _conclude(self, registration: Registration, planned: PlannedAct, actor: User, at) -> None:
        registration.outcome = planned.words["outcome"]
        if registration.outcome == Outcome.END:
            registration.outcome_reason = "Mô hình đã hoàn thành mục tiêu đề ra."

    def _report(self, registration: Registration, planned: PlannedAct, actor: User, at) -> None:
        random = self.world.random
        theme = next((t for t in texts.THEMES if registration.title.startswith(t.title)), texts.THEMES[0])
        registration.reported_at = at
        registration.result_summary = theme.result
        registration.figures_before = f"{random.randint(2, 20)} hộ tham gia"
        registration.figures_after = f"{registration.households} hộ tham gia"
        registration.money = random.randrange(5_000_000, 400_000_000, 1_000_000)
        registration.money_from_people = random.randrange(0, registration.money + 1, 1_000_000)
        registration.working_days = random.randint(10, 600)
        if "hiến đất" in registration.title:
            registration.land_m2 = random.randint(40, 2_500)

    def _recognition(
        self, registration: Registration, planned: PlannedAct, actor: User, at, act: Act
    ) -> Recognition:
        level = Level.CITY if act == Act.ACCEPT_PROPOSAL else Level(registration.level)
        body, suffix = _body(registration.unit, level)
        return Recognition(
            registration=registration,
            level=level,
            body=body,
            number=f"{self.world.random.randint(10, 990)}-QĐ/{suffix}",
            decided_on=planned.day,
            exemplary=planned.words.get("exemplary", False),
            recorded_by=actor,
            recorded_at=at,
        )


def _body(unit: Unit, level: Level) -> tuple[str, str]:
    """Return the party committee that recognises at ``level`` for ``unit``, and how its decisions are numbered."""
    parent = unit.parent
    if level == Level.GRASSROOTS:
        return f"Đảng ủy {unit.full_name[0].lower()}{unit.full_name[1:]}", "ĐU"
    if level == Level.INTERMEDIATE and parent and parent.kind in DISTRICTS:
        rural = parent.kind == "rural_district"
        return f"{'Huyện ủy' if rural else 'Quận ủy'} {parent.name}", "HU" if rural else "QU"
    return "Thành ủy Hà Nội", "TU"
