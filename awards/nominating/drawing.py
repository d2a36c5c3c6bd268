"""Decisions drawn from approved nominations: grouped by who grants and at which tier; number, date, signer come later."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from awards import services
from awards.models import Award, AwardForm, Decision, Nomination
from awards.nominating.moving import BATCH, Deed, Outcome, Row, do
from awards.nominating.titling import subject_of
from awards.states import GrantingTier, NominationAct
from mobilization.audit import log
from mobilization.core.errors import DomainError
from mobilization.units.models import Unit
from mobilization.units.states import tier_of

Key = tuple[int, str]
"""Granting unit and tier: a decision has one of each."""


@dataclass
class Drawn:
    """The drafts that nominations were put into, and what could not be."""

    decisions: list[Decision] = field(default_factory=list)
    outcome: Outcome = field(default_factory=Outcome)


@transaction.atomic
def draw(
    rows: Iterable[Row],
    *,
    actor,
    title: str = "",
    into: Decision | None = None,
    onto: Iterable[Decision] = (),
) -> Drawn:
    """Put approved nominations into new drafts, one for each granting unit and tier, or all that fit ``into`` a draft.

    ``onto`` are drafts that an earlier portion has made: what belongs there goes on in them, as long as they are drafts.
    Without ``title`` new drafts get the one that ``titling`` proposes.

    Each becomes an award: of the form as the catalogue has it on the day of the decision (the row of the same code),
    with recipient and achievement as approved. Raises ``Conflict`` if ``into`` was issued or deleted meanwhile; what
    cannot be drawn is told.
    """
    drawing = _Drawing(actor, title, services.lock_draft(into.pk) if into else None, _still_drafts(onto))
    deed = Deed(
        NominationAct.DRAW,
        actor,
        check=drawing.check,
        change=drawing.keep,
        fields=["award"],
        told=lambda row: {"decision": row.award.decision_id},
    )
    outcome = do(rows, deed, drawing.ready)
    for draft in drawing.drafts.values():
        services.touch(draft)
    log.record_many(
        log.Record("award.add", actor, row.award, row.unit, {"nomination": row.pk}) for row in outcome.done
    )
    return Drawn(list(drawing.drafts.values()), outcome)


def _still_drafts(drafts: Iterable[Decision]) -> list[Decision]:
    there = Decision.objects.drafts().filter(pk__in=[draft.pk for draft in drafts])
    return [services.lock_draft(pk) for pk in sorted(there.values_list("pk", flat=True))]


class _Drawing:
    """What becomes of each nomination, and the drafts that are made for them."""

    def __init__(self, actor, title: str, into: Decision | None, onto: Iterable[Decision] = ()) -> None:
        self.actor, self.title, self.into = actor, title, into
        self.day = (into.signed_on if into else None) or timezone.localdate()
        self.drafts: dict[Key, Decision] = {(draft.unit_id, draft.tier): draft for draft in onto}
        self.awards: dict[int, Award] = {}
        self.refusals: dict[int, DomainError] = {}

    def ready(self, rows: Sequence[Nomination]) -> None:
        """Plan the awards of all rows, make the drafts that they need, and write them."""
        forms = {form.code: form for form in AwardForm.objects.in_force(self.day)}
        groups: dict[Key, list[Nomination]] = defaultdict(list)
        granters: dict[int, Unit] = {}
        for row in rows:
            try:
                granter = self._fit(row, forms)
            except DomainError as refusal:
                self.refusals[row.pk] = refusal
            else:
                granters[granter.pk] = granter
                groups[granter.pk, row.form.tier].append(row)
        taken = self._in_draft()
        for (unit, tier), members in groups.items():
            for row in sorted(members, key=lambda one: (one.form.code, one.pk)):
                award = self._award(row, forms[row.form.code])
                if services.what_is_once(award) in taken:
                    sentence = _("The decision has this award to this recipient already.")
                    self.refusals[row.pk] = DomainError(sentence, code="twice")
                    continue
                taken.add(services.what_is_once(award))
                award.decision = self._draft(granters[unit], tier, members)
                self.awards[row.pk] = award
        Award.objects.bulk_create(self.awards.values(), batch_size=BATCH)

    def check(self, row: Nomination) -> None:
        """Raise why the row stands in no decision."""
        if row.pk in self.refusals:
            raise self.refusals[row.pk]

    def keep(self, row: Nomination) -> None:
        """Tie the row to its award."""
        row.award = self.awards[row.pk]

    def _fit(self, row: Nomination, forms: dict[str, AwardForm]) -> Unit:
        """Return who grants the row on the day; raises ``DomainError`` where nobody does, or not in this draft."""
        if row.form.code not in forms:
            raise DomainError(_("“%(form)s” is not in the catalogue on that day.") % {"form": row.form})
        if not row.unit.is_in_force(self.day):
            ended = _("%(unit)s is no longer in force. Nothing is awarded to it.")
            raise DomainError(ended % {"unit": row.unit.full_name}, code="unit_ended")
        granter = row.granting_unit if row.granting_unit.is_in_force(self.day) else row.granting_unit.heir
        tier = GrantingTier.CITY if row.form.tier == GrantingTier.STATE else row.form.tier
        if tier_of(granter.kind) != tier:
            raise DomainError(_("The body that would grant it is no longer in force."), code="body")
        if self.into and (self.into.unit_id, self.into.tier) != (granter.pk, row.form.tier):
            raise DomainError(_("Another body grants this; it needs a decision of its own."), code="body")
        return granter

    def _award(self, row: Nomination, form: AwardForm) -> Award:
        return Award(
            form=form,
            recipient=row.recipient,
            recipient_kind=row.recipient.kind,
            recipient_name=row.recipient_name,
            unit=row.unit,
            achievement=row.achievement,
            registration_id=row.registration_id,
            dialogue_id=row.dialogue_id,
        )

    def _in_draft(self) -> set[tuple]:
        there = [self.into] if self.into else self.drafts.values()
        return {services.what_is_once(award) for draft in there for award in draft.awards.all()}

    def _draft(self, unit: Unit, tier: str, members: Sequence[Nomination]) -> Decision:
        if (unit.pk, tier) not in self.drafts:
            self.drafts[unit.pk, tier] = self.into or services.draft(
                Decision(unit=unit, tier=tier, title=self.title or subject_of(members)), actor=self.actor
            )
        return self.drafts[unit.pk, tier]
