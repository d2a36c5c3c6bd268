"""Questions about registrations, in the committees' words.

Units are always compared as ``unit_id IN (subquery)``: no list of units travels through Python, however large the
scope. Whose turn it is stands in ``queues``.
"""

import datetime
import re
from typing import TYPE_CHECKING

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Func, Manager, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from mobilization.accounts.scopes import own_units, scope_units
from mobilization.accounts.states import Role
from mobilization.core.search import folded_query
from mobilization.units.models import Unit
from models_registry.querysets.queues import QueueQuerySet
from models_registry.states import Novelty, Outcome, State

if TYPE_CHECKING:
    from mobilization.accounts.models import User

READERS = (Role.REVIEWER, Role.CITY_STAFF, Role.CITY_LEADER, Role.AUDITOR)
"""They read what was submitted, at their unit and below it. An administrator reads no content."""

_MODEL_CODE = re.compile(r"\s*dvk-?(\d{7})\s*", re.IGNORECASE)
NEWEST_FIRST = ("-year", "-id")
LONGEST_WAITING_FIRST = ("state_since", "id")


class RegistrationQuerySet(QueueQuerySet):
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

    # Who may see ------------------------------------------------------------------------------------------------

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


class RegistrationManager(Manager.from_queryset(RegistrationQuerySet)):
    """Leaves the search vector in the database: it is looked into, never looked at."""

    def get_queryset(self) -> RegistrationQuerySet:
        """Return all registrations without their search vectors."""
        return super().get_queryset().defer("search")
