"""The sheet "Mô hình": one registration a row, with its recognition."""

import copy
import datetime
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.db.models.functions import Lower
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from awards.register import words
from awards.register.columns import ASK_YEAR, WRONG, Column, by_field, by_text, by_words
from awards.register.copying import copy_in
from awards.register.run import Record, SheetLoader, same
from models_registry import validators
from models_registry.forms.acts import RecogniseForm
from models_registry.forms.filing import RegistrationForm
from models_registry.models import (
    CONTENT_FIELDS,
    REPORT_FIELDS,
    Campaign,
    Recognition,
    Registration,
    ReviewStep,
    SkilledModel,
)
from models_registry.models.campaign import FIRST_YEAR
from models_registry.states import MOVES, Act, Novelty, State

LAST_ACT = {
    State.ACCEPTED: Act.ACCEPT,
    State.REPORTED: Act.REPORT,
    State.RECOGNISED: Act.RECOGNISE,
    State.NOT_RECOGNISED: Act.REFUSE,
}
"""The one step that a loaded registration carries: the act that led to where it stands."""

_DECISION = ("body", "number", "decided_on")
_NEEDED = {
    "Tên mô hình": "title",
    "Bên đăng ký": "registrant",
    "Mục tiêu": "aim",
    "Cách làm": "method",
    "Bắt đầu": "starts_on",
    "Người phụ trách": "person_name",
    "Kết quả": "result_summary",
}
_OPTIONAL = {
    "Địa điểm": "place",
    "Nội dung": "content",
    "Đối tượng thụ hưởng": "beneficiaries",
    "Số hộ": "households",
    "Số người": "participants",
    "Phối hợp": "partners",
    "Kết thúc": "ends_on",
    "Chức vụ": "person_post",
    "Điện thoại": "person_phone",
    "Kinh phí (đồng)": "money",
    "Xã hội hóa (đồng)": "money_from_people",
    "Trước khi thực hiện": "figures_before",
    "Sau khi thực hiện": "figures_after",
    "Sản phẩm": "product",
    "Ngày công": "working_days",
    "Hiến đất (m²)": "land_m2",
    "Khó khăn": "difficulty",
    "Kinh nghiệm": "lessons",
}


class ModelsSheet(SheetLoader):
    """Registrations, in order of their years: what goes on finds what it goes on from."""

    title = "Mô hình"
    link = "registration"

    def columns(self) -> Sequence[Column]:
        """Return the columns; what a registration need not say may be left out of the sheet."""
        ours, decision = RegistrationForm.base_fields, RecogniseForm.base_fields

        def of(fields: Mapping[str, Any], name: str) -> Any:
            return by_field(copy.deepcopy(fields[name]))

        year = forms.IntegerField(min_value=FIRST_YEAR, max_value=self.run.today.year)
        return [
            Column("Năm", "year", by_field(year, ask=ASK_YEAR)),
            Column("Mã đơn vị", "unit_code", by_text(20), needed=False),
            Column("Đơn vị", "unit_name", by_text(200), needed=False),
            *(Column(heading, name, of(ours, name)) for heading, name in _NEEDED.items()),
            *(Column(heading, name, of(ours, name), needed=False) for heading, name in _OPTIONAL.items()),
            Column("Loại", "kind", by_words(words.KINDS)),
            Column("Chủ thể", "subject", by_words(words.SUBJECTS)),
            Column("Lĩnh vực", "field", by_words(words.FIELDS)),
            Column("Cấp", "level", by_words(words.LEVELS)),
            Column("Mới/Duy trì", "novelty", by_words(words.NOVELTIES)),
            Column("Trạng thái", "state", by_words(words.STATES)),
            Column("Cơ quan công nhận", "body", of(decision, "body")),
            Column("Số quyết định", "number", of(decision, "number")),
            Column("Ngày quyết định", "decided_on", of(decision, "decided_on")),
            Column("Tiêu biểu", "exemplary", by_words(words.YES_NO), needed=False),
            Column("Kết luận cuối năm", "outcome", by_words(words.OUTCOMES), needed=False),
        ]

    def day_of(self, values: Mapping[str, Any]) -> datetime.date | None:
        """Return the start if it lies in the row's year, else 1 January of that year."""
        year, start = values.get("year", WRONG), values.get("starts_on")
        if year is WRONG:
            return None
        if start is not WRONG and start is not None and start.year == year:
            return start
        return datetime.date(year, 1, 1)

    def problems_of(self, values: dict[str, Any], unit: Any) -> dict[str, list]:
        """Ask the validators of the registry, by the state that the row claims."""
        known = {name: value for name, value in values.items() if value is not WRONG}
        if unit is not None and known.get("title"):
            self.run.titles.add((unit.pk, same(known["title"])))
        problems = validators.missing_to_submit(known) | validators.contradictions(known)
        state = known.get("state")
        if not state:
            problems["state"] = [_("Say where the registration stands.")]
        elif state in State.REPORTED_ON:
            problems |= validators.missing_to_report(known)
        if state == State.RECOGNISED:
            problems |= self._problems_of_decision(known)
        elif state:
            problems |= {name: [_UNRECOGNISED] for name in (*_DECISION, "exemplary") if known.get(name)}
        return problems

    def key_of(self, values: Mapping[str, Any], unit_id: int, mark: str) -> Any:
        """Two rows of one unit and year are the same when title and place are."""
        return unit_id, values["year"], same(values["title"]), same(values.get("place", ""))

    def already_there(self, records: list[Record]) -> dict[int, str]:
        """Refuse what the portal holds: the same title at the same place in that year."""
        year = records[0].values["year"]
        held = {
            (unit, same(title), same(place)): code
            for unit, title, place, code in self._titled(records)
            .filter(year=year)
            .exclude(state=State.WITHDRAWN)
            .values_list("unit_id", "title", "place", "model__code")
        }
        reasons = {}
        for record in records:
            code = held.get(
                (record.unit_id, same(record.values["title"]), same(record.values.get("place", "")))
            )
            if code:
                reasons[record.row.number] = _("The portal holds it already: %(code)s.") % {"code": code}
        return reasons

    def write(self, records: list[Record]) -> list[Registration]:
        """Write models, registrations, recognitions and steps of one year."""
        campaign = self._campaign(records[0])
        earlier = self._earlier(records)
        made = [self._registration(record, campaign, earlier) for record in records]
        copy_in([one.model for one in made if one.model.pk is None])
        for one in made:
            one.model_id = one.model.pk
        copy_in(made)
        pairs = list(zip(records, made, strict=True))
        copy_in([self._recognition(*pair) for pair in pairs if pair[1].state == State.RECOGNISED])
        copy_in([self._step(*pair) for pair in pairs])
        return made

    def _problems_of_decision(self, known: Mapping[str, Any]) -> dict[str, list]:
        decided_on, year = known.get("decided_on"), known.get("year")
        problems = validators.problems_of_recognition(
            known.get("body", ""), known.get("number", ""), decided_on, today=self.run.today
        )
        if decided_on and year and decided_on.year < year:
            problems.setdefault("decided_on", []).append(
                _("The decision is older than the year of the registration.")
            )
        return problems

    def _titled(self, records: list[Record]):
        titles = {record.values["title"].lower() for record in records}
        units = {pk for record in records for pk in self.run.places.lineage(record.unit_id)}
        return Registration.objects.alias(lower=Lower("title")).filter(unit__in=units, lower__in=titles)

    def _earlier(self, records: list[Record]) -> dict[tuple[int, str], list[Registration]]:
        """Return the accepted registrations of earlier years by unit and title, the latest first."""
        found: dict[tuple[int, str], list[Registration]] = defaultdict(list)
        rows = self._titled(records).accepted_on().filter(year__lt=records[0].values["year"])
        for old in (
            rows.select_related("model")
            .only("unit", "title", "place", "year", "model")
            .order_by("-year", "-pk")
        ):
            found[old.unit_id, same(old.title)].append(old)
        return found

    def _previous(self, record: Record, earlier: Mapping) -> Registration | None:
        """Return what a maintained row goes on from: of the own unit, else of one unit that went into it."""
        title, place = same(record.values["title"]), same(record.values.get("place", ""))
        own = earlier.get((record.unit_id, title), [])
        if own:
            return next((old for old in own if same(old.place) == place), own[0])
        inherited = [
            old for pk in self.run.places.lineage(record.unit_id) for old in earlier.get((pk, title), [])
        ]
        at_place = [old for old in inherited if same(old.place) == place] or inherited
        return at_place[0] if len({old.model_id for old in at_place}) == 1 else None

    def _registration(self, record: Record, campaign: Campaign, earlier: Mapping) -> Registration:
        values, run = record.values, self.run
        maintained = values["novelty"] == Novelty.MAINTAINED
        previous = self._previous(record, earlier) if maintained else None
        model = (
            previous.model
            if previous
            else SkilledModel(title=values["title"], unit_id=record.unit_id, created_at=run.now)
        )
        filled = {name: values[name] for name in (*CONTENT_FIELDS, *REPORT_FIELDS) if name in values}
        return Registration(
            model=model,
            campaign=campaign,
            year=values["year"],
            unit_id=record.unit_id,
            state=values["state"],
            state_since=run.now,
            previous=previous,
            outcome=values.get("outcome", ""),
            exemplary=values.get("exemplary", False),
            typed_by=run.actor,
            typists=[run.actor.pk],
            submitted_by=run.actor,
            submitted_at=run.now,
            reported_at=run.now if values["state"] in State.REPORTED_ON else None,
            created_at=run.now,
            changed_at=run.now,
            changed_by=run.actor,
            **filled,
        )

    def _recognition(self, record: Record, registration: Registration) -> Recognition:
        return Recognition(
            registration=registration,
            level=registration.level,
            exemplary=registration.exemplary,
            recorded_by=self.run.actor,
            recorded_at=self.run.now,
            **{name: record.values[name] for name in _DECISION},
        )

    def _step(self, record: Record, registration: Registration) -> ReviewStep:
        act = LAST_ACT[registration.state]
        (source, *_others) = sorted(MOVES[act].sources)
        return ReviewStep(
            registration=registration,
            act=act,
            from_state=source,
            to_state=registration.state,
            actor=self.run.actor,
            at=self.run.now,
            reason=self.run.words_of(record.row.number),
            version=registration.version,
        )

    def _campaign(self, record: Record) -> Campaign:
        """Return the year's campaign; a past one that is missing is made, opened in its year."""
        year, city = record.values["year"], self.run.places.city_of(record.unit_id)
        campaign, made = Campaign.objects.get_or_create(
            city=city,
            year=year,
            defaults={
                "title": _("“Skilled mass mobilization” in %(year)d") % {"year": year},
                "opened_on": datetime.date(year, 1, 1),
            },
        )
        if made:
            self.run.batch.counts.setdefault("campaigns", []).append(campaign.pk)
        return campaign


_UNRECOGNISED = gettext_lazy("Only a recognised registration carries this.")
