"""Who sees which sheets, notes and sessions."""

from typing import TYPE_CHECKING

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from mobilization.accounts.scopes import own_units, scope_units
from mobilization.accounts.states import Role
from mobilization.appraisal.states import SessionState, SheetState, Visibility
from models_registry.models import DecidingTier
from models_registry.querysets import READERS

if TYPE_CHECKING:
    from mobilization.accounts.models import User
    from models_registry.models import Registration


class AppraisalQuerySet(QuerySet):
    """Score sheets."""

    def handed_in(self) -> "AppraisalQuerySet":
        """Return the sheets that are finished."""
        return self.filter(state=SheetState.HANDED_IN)

    def of(self, registration: "Registration", level: str) -> "AppraisalQuerySet":
        """Return the sheets on a registration at a level."""
        return self.filter(registration=registration, level=level)

    def in_order(self) -> "AppraisalQuerySet":
        """Return the first handed in first, with their appraisers."""
        return self.select_related("appraiser").order_by("handed_in_at", "pk")


class NoteQuerySet(QuerySet):
    """Notes on registrations."""

    def visible_to(self, user: "User") -> "NoteQuerySet":
        """Return the own notes; those for reviewers, in scope; those for the unit, at the own unit as well.

        That the registration itself is visible is asked of the registration.
        """
        if not user.is_authenticated:
            return self.none()
        read = Q(registration__unit__in=scope_units(user, *READERS))
        own = Q(registration__unit__in=own_units(user, Role.OFFICIAL))
        shared = Q(visibility__in=[Visibility.REVIEWERS, Visibility.UNIT]) & read
        return self.filter(Q(author=user) | shared | (Q(visibility=Visibility.UNIT) & own))

    def newest_first(self) -> "NoteQuerySet":
        """Return the latest first, with their authors."""
        return self.select_related("author").order_by("-written_at", "-pk")


class CouncilSessionQuerySet(QuerySet):
    """Sessions of the councils."""

    def visible_to(self, user: "User") -> "CouncilSessionQuerySet":
        """Return the sessions of the councils for which ``user`` decides, and those in which he sits.

        What is decided there is not announced yet, so nobody else learns of it.
        """
        if not user.is_authenticated:
            return self.none()
        seen = Q(unit__in=scope_units(user, Role.CITY_STAFF))
        for rule in DecidingTier.objects.in_force():
            seen |= Q(level=rule.level, unit__in=[unit.pk for unit in rule.held_by(user)])
        sits = self.model._meta.get_field("members").related_model.objects.filter(user=user)
        return self.filter(seen | Exists(sits.filter(session=OuterRef("pk"))))

    def open(self) -> "CouncilSessionQuerySet":
        """Return the sessions that are not closed."""
        return self.exclude(state=SessionState.CLOSED)

    def newest_first(self) -> "CouncilSessionQuerySet":
        """Return the latest day first."""
        return self.order_by("-held_on", "-pk")


class AgendaItemQuerySet(QuerySet):
    """What a session decides on."""

    def in_order(self) -> "AgendaItemQuerySet":
        """Return the items as they are called up, with what a line shows."""
        joined = self.select_related(
            "registration__model", "registration__unit__heir", "registration__campaign"
        )
        return joined.defer("registration__search").order_by("position", "pk")

    def undecided(self) -> "AgendaItemQuerySet":
        """Return the items without a verdict."""
        return self.filter(verdict="")

    def outdated(self) -> "AgendaItemQuerySet":
        """Return the items whose registration was changed since it came onto the agenda."""
        return self.exclude(registration__version=F("seen_version"))
