"""The sheet "Khen thưởng": one award a row; rows with the same number and date are one decision."""

import copy
import datetime
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models.functions import Lower
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from awards.certificates.codes import new_code
from awards.forms import AwardEntryForm, NewDecisionForm
from awards.models import Award, AwardForm, Decision, DecisionStep
from awards.register import words
from awards.register.columns import ASK_YEAR, WRONG, Column, by_field, by_text, by_words
from awards.register.run import Record, SheetLoader, same
from awards.states import DECIDED, MOVES, Act, DecisionState, GrantingTier
from awards.validators import validate_unit_in_force
from mobilization.units.states import UnitKind
from models_registry.models import Registration
from models_registry.models.campaign import FIRST_YEAR

Key = tuple[int, str, int, str]


_ASK = {
    "form_name": gettext_lazy("Write the form of award as the catalogue names it, for example Giấy khen."),
    "body": gettext_lazy("Write who granted it, for example Chủ tịch UBND xã."),
    "number": gettext_lazy("Write the number of the decision, for example 12/QĐ-UBND."),
    "signed_on": gettext_lazy("Write the day of signing: day/month/year, for example 30/04/2025."),
    "signer": gettext_lazy("Write the full name of whoever signed."),
    "recipient_name": gettext_lazy("Write who is rewarded: the collective, the person or the household."),
    "achievement": gettext_lazy("Write for what it was awarded."),
}
"""What to write into a cell that must not be empty."""


class AwardsSheet(SheetLoader):
    """Awards of past decisions, issued as they are loaded."""

    title = "Khen thưởng"
    link = "award"

    def __init__(self, run) -> None:
        super().__init__(run)
        self._forms = list(AwardForm.objects.all())
        self._told: dict[Key, dict[str, Any]] = {}
        self._decisions: dict[Key, Decision] = {}
        self._places: dict[Key, int] = defaultdict(int)

    def columns(self) -> Sequence[Column]:
        """Return the columns."""

        def decision(name: str) -> Any:
            return by_field(copy.deepcopy(NewDecisionForm.base_fields[name]), ask=_ASK.get(name, ""))

        def award(name: str) -> Any:
            return by_field(copy.deepcopy(AwardEntryForm.base_fields[name]), ask=_ASK[name])

        year = forms.IntegerField(min_value=FIRST_YEAR, max_value=self.run.today.year)
        return [
            Column("Năm", "year", by_field(year, ask=ASK_YEAR)),
            Column("Hình thức", "form_name", by_text(120, ask=_ASK["form_name"])),
            Column("Cơ quan khen", "body", by_text(200, ask=_ASK["body"])),
            Column("Số quyết định", "number", decision("number")),
            Column("Ngày quyết định", "signed_on", decision("signed_on")),
            Column("Người ký", "signer", decision("signer")),
            Column("Chức vụ", "signer_post", decision("signer_post"), needed=False),
            Column("Đối tượng", "recipient_kind", by_words(words.RECIPIENTS)),
            Column("Tên", "recipient_name", award("recipient_name")),
            Column("Mã đơn vị", "unit_code", by_text(20), needed=False),
            Column("Đơn vị", "unit_name", by_text(200), needed=False),
            Column("Mô hình", "model_title", by_text(300), needed=False),
            Column("Thành tích", "achievement", award("achievement")),
        ]

    def day_of(self, values: Mapping[str, Any]) -> datetime.date | None:
        """Return the day of signing."""
        day = values.get("signed_on", WRONG)
        return None if day is WRONG else day

    def problems_of(self, values: dict[str, Any], unit: Any) -> dict[str, list]:
        """Find granting unit and form by the day of signing, and compare the row with others of its decision."""
        problems: dict[str, list] = defaultdict(list)
        day, year, name = self.day_of(values), values.get("year", WRONG), values.get("form_name", WRONG)
        if not values.get("recipient_kind"):
            problems["recipient_kind"].append(
                _("Say whether a collective, an individual or a household is rewarded.")
            )
        if day and day > self.run.today:
            problems["signed_on"].append(_("The day of signing lies in the future."))
        if day and year is not WRONG and not 0 <= day.year - year <= 1:
            problems["year"].append(_("The decision was signed neither in this year nor in the next one."))
        if unit is None or day is None or WRONG in {values["body"], name}:
            return problems
        tier = words.granting_tier_of(values["body"])
        granting = self._granting(tier, unit)
        if granting is None:
            problems["body"].append(_("It cannot be told which unit grants this award."))
            return problems
        form = self._form(name, tier, day)
        if form is None:
            problems["form_name"].append(
                _("The catalogue has no such award of this body on %(date)s.")
                % {"date": day.strftime("%d/%m/%Y")}
            )
            return problems
        problems["body"] += _sentences(granting, day)
        if values["number"] is not WRONG and values["signer"] is not WRONG:
            values |= {"granting_id": granting.pk, "tier": tier, "form_id": form.pk}
            self._compare(values, problems)
        return problems

    def already_there(self, records: list[Record]) -> dict[int, str]:
        """Refuse rows whose decision the portal holds, or whose model it does not know."""
        held = {
            (unit, tier, year, same(number))
            for unit, tier, year, number in Decision.objects.filter(
                unit__in={record.values["granting_id"] for record in records}, state__in=DECIDED
            )
            .exclude(batch=self.run.batch)
            .values_list("unit_id", "tier", "year", "number")
        }
        models = self._models(records)
        reasons = {}
        for record in records:
            title = record.values.get("model_title")
            known = (record.unit_id, same(title or ""))
            if _key(record.values) in held:
                reasons[record.row.number] = _("The portal holds decision %(number)s already.") % {
                    "number": record.values["number"]
                }
            elif title and known not in models and known not in self.run.titles:
                reasons[record.row.number] = _("This unit has no model “%(title)s”.") % {"title": title[:80]}
        return reasons

    def write(self, records: list[Record]) -> list[Award]:
        """Write decisions as drafts with their awards; ``finish`` issues them."""
        models = self._models(records)
        for record in records:
            key = _key(record.values)
            if key not in self._decisions:
                self._decisions[key] = self._decision(record)
        return Award.objects.bulk_create(self._award(record, models) for record in records)

    def finish(self) -> None:
        """Issue all decisions of the batch: from now on they never change."""
        issued = [decision.pk for decision in self._decisions.values()]
        Decision.objects.filter(pk__in=issued).update(state=MOVES[Act.LOAD][""])
        DecisionStep.objects.bulk_create(
            DecisionStep(
                decision=decision,
                act=Act.LOAD,
                from_state="",
                to_state=DecisionState.ISSUED,
                actor=self.run.actor,
                at=self.run.now,
                reason=self.run.file_name,
            )
            for decision in self._decisions.values()
        )

    def _granting(self, tier: str | None, unit: Any) -> Any:
        places = self.run.places
        if tier in {GrantingTier.CITY, GrantingTier.STATE}:
            return places.city_of(unit.pk)
        if tier == GrantingTier.DISTRICT:
            return places.district_of(unit)
        fits = (tier == GrantingTier.COMMUNE and unit.is_commune) or (
            tier == GrantingTier.COMMITTEE and unit.kind == UnitKind.COMMITTEE
        )
        return unit if fits else None

    def _form(self, name: str, tier: str, day: datetime.date) -> AwardForm | None:
        wanted = words.squash(name)
        return next(
            (
                form
                for form in self._forms
                if form.tier == tier and words.squash(form.name) == wanted and form.is_in_force(day)
            ),
            None,
        )

    def _compare(self, values: Mapping[str, Any], problems: dict[str, list]) -> None:
        told = self._told.setdefault(_key(values), dict(values))
        for name in ("signed_on", "signer", "signer_post"):
            if values.get(name) != told.get(name) and WRONG not in {values.get(name), told.get(name)}:
                problems[name].append(
                    _("Another row of decision %(number)s says “%(other)s”.")
                    % {"number": values["number"], "other": told.get(name)}
                )

    def _models(self, records: list[Record]) -> dict[tuple[int, str], list[Registration]]:
        """Return the accepted registrations with the titles in the rows, by unit and title, the latest first."""
        titles = {
            record.values["model_title"].lower() for record in records if record.values.get("model_title")
        }
        rows = (
            Registration.objects.alias(lower=Lower("title"))
            .accepted_on()
            .filter(unit__in={record.unit_id for record in records}, lower__in=titles)
            .only("unit", "title", "year")
            .order_by("-year", "-pk")
        )
        found: dict[tuple[int, str], list[Registration]] = defaultdict(list)
        for row in rows:
            found[row.unit_id, same(row.title)].append(row)
        return found

    def _decision(self, record: Record) -> Decision:
        values = record.values
        return Decision.objects.create(
            unit_id=values["granting_id"],
            tier=values["tier"],
            title=_("Commendations of the year %(year)d") % {"year": values["year"]},
            **{name: values.get(name) or "" for name in ("number", "signer", "signer_post")},
            signed_on=values["signed_on"],
            drafted_by=self.run.actor,
            drafted_at=self.run.now,
            issued_by=self.run.actor,
            issued_at=self.run.now,
            batch=self.run.batch,
        )

    def _award(self, record: Record, models: Mapping) -> Award:
        values, key = record.values, _key(record.values)
        self._places[key] += 1
        years = models.get((record.unit_id, same(values.get("model_title") or "")), [])
        registration = next(
            (one for one in years if one.year <= values["year"]), years[-1] if years else None
        )
        return Award(
            decision=self._decisions[key],
            form_id=values["form_id"],
            unit_id=record.unit_id,
            registration=registration,
            year=values["signed_on"].year,
            certificate_number=self._places[key],
            verify_code=new_code(),
            **{name: values[name] for name in ("recipient_kind", "recipient_name", "achievement")},
        )


def _key(values: Mapping[str, Any]) -> Key:
    signed_on = values["signed_on"]
    return (
        values["granting_id"],
        str(values["tier"]),
        signed_on.year if signed_on is not WRONG else 0,
        same(values["number"]),
    )


def _sentences(unit: Any, day: datetime.date) -> list[str]:
    try:
        validate_unit_in_force(unit, day)
    except ValidationError as error:
        return error.messages
    return []
