"""Whose turn it is: the queues of who reviews, and who must not decide on what.

``awaits`` (the level whose decision is waited for) is computed by the database; see ``Registration``.
"""

import datetime
from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from mobilization.accounts.scopes import scope_units
from mobilization.accounts.states import Role
from mobilization.units.states import tier_of
from models_registry.querysets.campaign import DecidingTierQuerySet, kinds_of, tiers_above
from models_registry.querysets.routing import goes_to_another_returner, relations_that_hold
from models_registry.set_aside import leave_out
from models_registry.states import ProposalState, Stage, State

if TYPE_CHECKING:
    from mobilization.accounts.models import User


class QueueQuerySet(QuerySet):
    """What waits for a decision, and for whom."""

    def not_own_work_of(self, user: "User") -> Self:
        """Leave out what ``user`` typed, submitted or proposed: nobody reviews that."""
        proposed = self._related("proposals").filter(state=ProposalState.PENDING, proposed_by=user)
        own = self.exclude(typists__contains=[user.pk]).exclude(submitted_by=user)
        return own.filter(~Exists(proposed.filter(registration=OuterRef("pk"))))

    def open_to(self, user: "User", *, level_field: str = "awaits") -> Self:
        """Leave out all that ``user`` must not decide on at the level in ``level_field``; see ``recusal.bar_of``."""
        related = relations_that_hold().filter(reviewer=user)
        return (
            self.not_own_work_of(user)
            .filter(~Exists(related.filter(registration=OuterRef("pk"))))
            .exclude(self._below_own_second_position(user, level_field))
        )

    def awaiting_review(self) -> Self:
        """Return what waits for a decision, whoever has to take it."""
        return self.filter(awaits__gt="")

    def to_recognise_at(self, level: str) -> Self:
        """Return what waits for ``level`` to recognise it: reported there, or proposed to it."""
        return self.filter(awaits=level).filter(Q(state=State.REPORTED) | Q(proposed_to=level))

    def assigned_to(self, user: "User | None") -> Self:
        """Return what was put into the hands of ``user``; without one, what is in nobody's.

        In nobody's is as well what was given to somebody who reviews nowhere any more.
        """
        if user is not None:
            return self.filter(assignment__reviewer=user)
        reviewer = self._related("assignment").model._meta.get_field("reviewer").related_model
        here = reviewer.objects.active().holding(roles=(Role.REVIEWER, Role.CITY_STAFF))
        given = self._related("assignment").filter(
            registration=OuterRef("pk"), reviewer__in=here.values("pk")
        )
        return self.filter(~Exists(given))

    def appraisal_overdue(self, on: datetime.date | None = None) -> Self:
        """Return what waits for a level at which its campaign wanted it appraised before a date, today without one."""
        windows = apps.get_model("models_registry", "CampaignWindow").objects
        late = windows.filter(
            campaign=OuterRef("campaign"),
            level=OuterRef("awaits"),
            stage=Stage.APPRAISAL,
            due_on__lt=on or timezone.localdate(),
        )
        return self.filter(Exists(late))

    def proposed(self) -> Self:
        """Return what was proposed to a level above and waits for its decision."""
        return self.filter(proposed_to__gt="")

    def unproposed(self) -> Self:
        """Return what waits for no level above."""
        return self.filter(proposed_to="")

    def awaiting_review_by(
        self, user: "User", on: datetime.date | None = None, *, acting_for: bool = False
    ) -> Self:
        """Return the review queue of ``user``: what waits for a decision that is his to take on a date.

        What comes back after a return goes to the reviewer who returned it, and to the others only when he cannot take
        it up again (``goes_to_another_returner``). With ``acting_for``, city staff get what lower reviewers have to decide as well.
        What a room above the registry has set aside is done by its reviewer and left out.
        """
        if not (user.is_authenticated and user.has_role(Role.REVIEWER, Role.CITY_STAFF)):
            return self.none()
        reach = user.units_of(Role.REVIEWER, Role.CITY_STAFF)
        levels = self._deciding_tiers().decided_by(user, reach, on)
        if acting_for and user.has_role(Role.CITY_STAFF):
            levels |= Q(unit__in=scope_units(user, Role.CITY_STAFF), awaits__gt="")
        # That something is waited for is said by each level; said again, the database takes both for rarer than either.
        levels |= Q(returned_by=user, awaits__gt="")
        scope = scope_units(user, Role.REVIEWER, Role.CITY_STAFF)
        found = self.filter(levels, unit__in=scope).open_to(user)
        if not acting_for:
            found = found.exclude(goes_to_another_returner(user, on))
        return leave_out(found)

    def awaiting_outcome_by(self, user: "User", *, since: int) -> Self:
        """Return what is appraised, from the year ``since`` on, and waits for ``user`` to set the year's outcome."""
        if not (user.is_authenticated and user.has_role(Role.REVIEWER, Role.CITY_STAFF)):
            return self.none()
        reach = user.units_of(Role.REVIEWER, Role.CITY_STAFF)
        levels = self._deciding_tiers().decided_by(user, reach, level_field="level")
        scope = scope_units(user, Role.REVIEWER, Role.CITY_STAFF)
        found = self.filter(levels, unit__in=scope, outcome="", state__in=State.APPRAISED, year__gte=since)
        return found.open_to(user, level_field="level")

    def _related(self, name: str) -> QuerySet:
        return self.model._meta.get_field(name).related_model.objects.all()

    def _below_own_second_position(self, user: "User", level_field: str) -> Q:
        """Return the condition on what own units registered and a tier above them decides."""
        held, condition = user.units_of(), Q(pk__in=[])
        if len(held) == 1:
            # Whoever decides above a unit at which he holds a position holds two.
            return condition
        rules = list(self._deciding_tiers().in_force())
        for unit in held:
            above = tiers_above(tier_of(unit.kind))
            for rule in rules:
                if rule.decides in above:
                    kinds = kinds_of(rule.unit_tier)
                    condition |= Q((level_field, rule.level), ("unit__heir", unit), ("unit__kind__in", kinds))
        return condition

    @staticmethod
    def _deciding_tiers() -> DecidingTierQuerySet:
        # Asked by name: models are above querysets.
        return apps.get_model("models_registry", "DecidingTier").objects.all()
