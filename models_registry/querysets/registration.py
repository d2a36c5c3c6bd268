"""Questions about registrations, in the committees' words.

Units are always compared as ``unit_id IN (subquery)``: no list of units travels through Python, however large the
scope. ``awaits`` (the level whose decision is waited for) is computed by the database; see ``Registration``.
"""

import datetime
import re
from typing import TYPE_CHECKING

from django.apps import apps
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, Func, Manager, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from mobilization.accounts.scopes import own_units, scope_units
from mobilization.accounts.states import Role
from mobilization.core.search import folded_query
from mobilization.units.models import Unit
from mobilization.units.states import tier_of
from models_registry.querysets.campaign import DecidingTierQuerySet, kinds_of, tiers_above
from models_registry.querysets.routing import goes_to_another_returner, relations_that_hold
from models_registry.set_aside import leave_out
from models_registry.states import Novelty, Outcome, ProposalState, Stage, State

if TYPE_CHECKING:
    from mobilization.accounts.models import User

READERS = (Role.REVIEWER, Role.CITY_STAFF, Role.CITY_LEADER, Role.AUDITOR)
"""They read what was submitted, at their unit and below it. An administrator reads no content."""

_MODEL_CODE = re.compile(r"\s*dvk-?(\d{7})\s*", re.IGNORECASE)
NEWEST_FIRST = ("-year", "-id")
LONGEST_WAITING_FIRST = ("state_since", "id")


class RegistrationQuerySet(QuerySet):
    """Registrations. Every page, export, figure and answer of the API is made of these words."""

    # What counts -------------------------------------------------------------------------------------------------

    def registered(self) -> "RegistrationQuerySet":
        """Return what was submitted and neither withdrawn nor declined."""
        return self.filter(state__in=State.REGISTERED)

    def accepted_on(self) -> "RegistrationQuerySet":
        """Return what was accepted, whatever followed."""
        return self.filter(state__in=State.ACCEPTED_ON)

    def reported_on(self) -> "RegistrationQuerySet":
        """Return what has handed in results, whatever followed."""
        return self.filter(state__in=State.REPORTED_ON)

    def recognised(self) -> "RegistrationQuerySet":
        """Return what was recognised at some level."""
        return self.filter(state=State.RECOGNISED)

    def unrecognised(self) -> "RegistrationQuerySet":
        """Return what no level has recognised."""
        return self.exclude(state=State.RECOGNISED)

    def exemplary(self) -> "RegistrationQuerySet":
        """Return what was recognised as exemplary."""
        return self.filter(state=State.RECOGNISED, exemplary=True)

    def new(self) -> "RegistrationQuerySet":
        """Return the models in their first year."""
        return self.filter(novelty=Novelty.NEW)

    def maintained(self) -> "RegistrationQuerySet":
        """Return the models kept up from earlier years."""
        return self.filter(novelty=Novelty.MAINTAINED)

    def replicated(self) -> "RegistrationQuerySet":
        """Return the models that the end of the year concluded to replicate."""
        return self.filter(outcome=Outcome.REPLICATE)

    def ended(self) -> "RegistrationQuerySet":
        """Return the models that the end of the year concluded to end."""
        return self.filter(outcome=Outcome.END)

    def without_outcome(self) -> "RegistrationQuerySet":
        """Return what was accepted and still lacks the year's outcome."""
        return self.accepted_on().filter(outcome="")

    def late(self) -> "RegistrationQuerySet":
        """Return what was submitted or reported after its due date."""
        return self.filter(Q(late=True) | Q(report_late=True))

    # Where and when ----------------------------------------------------------------------------------------------

    def of_year(self, year: int) -> "RegistrationQuerySet":
        """Return the registrations of a statistical year."""
        return self.filter(year=year)

    def of_model(self, model) -> "RegistrationQuerySet":
        """Return the years of one model."""
        return self.filter(model=model)

    def under(self, unit: Unit) -> "RegistrationQuerySet":
        """Return what was filed under ``unit`` or a unit below it, by the tree in which they stood."""
        return self.filter(unit__in=Unit.objects.under(unit))

    def answered_for_by(self, unit: Unit) -> "RegistrationQuerySet":
        """Return what ``unit``, or a unit below it, answers for today, filed by it or by what went into it."""
        return self.filter(unit__in=Unit.objects.answered_for_by(unit))

    def first_of_each(
        self, units: QuerySet[Unit], order: tuple[str, ...], number: int
    ) -> "RegistrationQuerySet":
        """Return the first ``number`` of each of ``units`` in ``order``: the first of all of them are among these.

        For a few units of the many: an index gives the first of one, while the rest of its rows stays unread.
        """
        first = self.filter(unit=OuterRef("pk")).order_by(*order).values("pk")[:number]
        numbers = units.annotate(first=Func(ArraySubquery(first), function="unnest"))
        return self.model.objects.filter(pk__in=numbers.values("first"))

    def search(self, text: str) -> "RegistrationQuerySet":
        """Return what has words beginning with those of ``text``, accents or not; a whole model code finds that."""
        code = _MODEL_CODE.fullmatch(text)
        if code:
            return self.filter(model__code=f"DVK-{code[1]}")
        query = folded_query(text)
        return self if query is None else self.filter(search=query)

    # Who may see, and whose turn it is ----------------------------------------------------------------------------

    def published(self) -> "RegistrationQuerySet":
        """Return what anybody may read."""
        return self.filter(state__in=State.PUBLIC)

    def visible_to(self, user: "User") -> "RegistrationQuerySet":
        """Return what ``user`` may read in the staff pages.

        Officials: everything of their own unit, drafts too. Readers: what was ever submitted, at their unit and
        below. Nobody sees another unit's draft.
        """
        officials = user.is_authenticated and user.has_role(Role.OFFICIAL)
        readers = user.is_authenticated and user.has_role(*READERS)
        own = own_units(user, Role.OFFICIAL) if officials else None
        read = scope_units(user, *READERS) if readers else None
        if officials and readers:
            # The first condition can start from an index, the second is only asked of what it finds.
            return self.filter(unit__in=own | read).filter(
                Q(unit__in=own) | Q(unit__in=read, submitted_at__isnull=False)
            )
        if officials:
            return self.filter(unit__in=own)
        if readers:
            return self.filter(unit__in=read, submitted_at__isnull=False)
        return self.none()

    def of_own_units(self, user: "User") -> "RegistrationQuerySet":
        """Return what the units at which ``user`` is an official answer for: their own list."""
        return self.filter(unit__in=own_units(user, Role.OFFICIAL))

    def typed_by(self, user: "User") -> "RegistrationQuerySet":
        """Return what ``user`` started or submitted."""
        return self.filter(Q(typed_by=user) | Q(submitted_by=user))

    def not_own_work_of(self, user: "User") -> "RegistrationQuerySet":
        """Leave out what ``user`` typed, submitted or proposed: nobody reviews that."""
        proposed = self._related("proposals").filter(state=ProposalState.PENDING, proposed_by=user)
        own = self.exclude(typists__contains=[user.pk]).exclude(submitted_by=user)
        return own.exclude(pk__in=proposed.values("registration"))

    def open_to(self, user: "User", *, level_field: str = "awaits") -> "RegistrationQuerySet":
        """Leave out all that ``user`` must not decide on at the level in ``level_field``; see ``recusal.bar_of``."""
        related = relations_that_hold().filter(reviewer=user)
        return (
            self.not_own_work_of(user)
            .exclude(pk__in=related.values("registration"))
            .exclude(self._below_own_second_position(user, level_field))
        )

    def awaiting_filing_by(self, user: "User") -> "RegistrationQuerySet":
        """Return what waits for an official of the own unit: drafts, returned ones, results to report."""
        return self.of_own_units(user).filter(state__in=State.TO_FILE)

    def drafts(self) -> "RegistrationQuerySet":
        """Return what was never submitted."""
        return self.filter(state=State.DRAFT)

    def sent_back(self) -> "RegistrationQuerySet":
        """Return what is back with its unit, with a reason."""
        return self.filter(state__in=State.SENT_BACK)

    def due_back_on(self, day: datetime.date) -> "RegistrationQuerySet":
        """Return what is back with its unit and is to be completed by ``day``."""
        return self.sent_back().filter(return_due_on=day)

    def to_report(self) -> "RegistrationQuerySet":
        """Return what is being carried out and has not reported results yet."""
        return self.filter(state=State.ACCEPTED)

    def awaiting_review(self) -> "RegistrationQuerySet":
        """Return what waits for a decision, whoever has to take it."""
        return self.filter(awaits__gt="")

    def to_recognise_at(self, level: str) -> "RegistrationQuerySet":
        """Return what waits for ``level`` to recognise it: reported there, or proposed to it."""
        return self.filter(awaits=level).filter(Q(state=State.REPORTED) | Q(proposed_to=level))

    def assigned_to(self, user: "User | None") -> "RegistrationQuerySet":
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

    def appraisal_overdue(self, on: datetime.date | None = None) -> "RegistrationQuerySet":
        """Return what waits for a level at which its campaign wanted it appraised before a date, today without one."""
        windows = apps.get_model("models_registry", "CampaignWindow").objects
        late = windows.filter(
            campaign=OuterRef("campaign"),
            level=OuterRef("awaits"),
            stage=Stage.APPRAISAL,
            due_on__lt=on or timezone.localdate(),
        )
        return self.filter(Exists(late))

    def proposed(self) -> "RegistrationQuerySet":
        """Return what was proposed to a level above and waits for its decision."""
        return self.filter(proposed_to__gt="")

    def unproposed(self) -> "RegistrationQuerySet":
        """Return what waits for no level above."""
        return self.filter(proposed_to="")

    def awaiting_review_by(
        self, user: "User", on: datetime.date | None = None, *, acting_for: bool = False
    ) -> "RegistrationQuerySet":
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

    def awaiting_outcome_by(self, user: "User", *, since: int) -> "RegistrationQuerySet":
        """Return what is appraised, from the year ``since`` on, and waits for ``user`` to set the year's outcome."""
        if not (user.is_authenticated and user.has_role(Role.REVIEWER, Role.CITY_STAFF)):
            return self.none()
        reach = user.units_of(Role.REVIEWER, Role.CITY_STAFF)
        levels = self._deciding_tiers().decided_by(user, reach, level_field="level")
        scope = scope_units(user, Role.REVIEWER, Role.CITY_STAFF)
        found = self.filter(levels, unit__in=scope, outcome="", state__in=State.APPRAISED, year__gte=since)
        return found.open_to(user, level_field="level")

    # With what belongs to it --------------------------------------------------------------------------------------

    def with_unit(self) -> "RegistrationQuerySet":
        """Join what a line of a list shows: model, unit and the unit that answers for it today."""
        return self.select_related("model", "unit__heir")

    def with_recognitions(self) -> "RegistrationQuerySet":
        """Fetch the recognitions of all rows at once, the highest level last."""
        recognitions = self._related("recognitions")
        return self.prefetch_related(Prefetch("recognitions", recognitions.order_by("decided_on", "pk")))

    def with_file_count(self) -> "RegistrationQuerySet":
        """Add how many evidence files each row has, as ``file_count``; for the rows of one page."""
        files = self._related("attachments").filter(registration=OuterRef("pk")).order_by()
        counted = files.values("registration").annotate(number=Count("pk")).values("number")
        return self.annotate(file_count=Coalesce(Subquery(counted), 0))

    def newest_first(self) -> "RegistrationQuerySet":
        """Order as the public list does; pages by key with the same fields."""
        return self.order_by(*NEWEST_FIRST)

    def longest_waiting_first(self) -> "RegistrationQuerySet":
        """Order as the review queue does."""
        return self.order_by(*LONGEST_WAITING_FIRST)

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


class RegistrationManager(Manager.from_queryset(RegistrationQuerySet)):
    """Leaves the search vector in the database: it is looked into, never looked at."""

    def get_queryset(self) -> RegistrationQuerySet:
        """Return all registrations without their search vectors."""
        return super().get_queryset().defer("search")
