"""Who sees which sheets, notes and sessions."""

from typing import TYPE_CHECKING

from django.apps import apps
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from mobilization.accounts.scopes import own_units, scope_units
from mobilization.accounts.states import Role
from mobilization.appraisal.states import Part, SessionState, SheetState, Verdict, Visibility
from mobilization.core.search import folded_query, folded_terms
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

    def impartial(self) -> "AppraisalQuerySet":
        """Return the sheets of those who have declared no relation by now; the last declaration holds."""
        said = apps.get_model("models_registry", "Declaration").objects.filter(
            registration=OuterRef("registration"), reviewer=OuterRef("appraiser")
        )
        last = Subquery(said.order_by("-pk").values("is_related")[:1])
        return self.alias(related=Coalesce(last, Value(value=False))).filter(related=False)

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

    def led_by(self, user: "User") -> "CouncilSessionQuerySet":
        """Return the sessions that ``user`` chairs, or writes the minutes of."""
        lead = [Part.CHAIR, Part.SECRETARY]
        members = self.model._meta.get_field("members").related_model.objects.filter(user=user, part__in=lead)
        return self.filter(Exists(members.filter(session=OuterRef("pk"))))

    def chaired_by(self, user: "User") -> "CouncilSessionQuerySet":
        """Return the sessions that ``user`` chairs."""
        members = self.model._meta.get_field("members").related_model.objects.filter(
            user=user, part=Part.CHAIR
        )
        return self.filter(Exists(members.filter(session=OuterRef("pk"))))

    def held(self) -> "CouncilSessionQuerySet":
        """Return the sessions that were begun and are not closed."""
        return self.filter(state=SessionState.HELD)

    def with_votes_missing(self) -> "CouncilSessionQuerySet":
        """Return the sessions with an item on the agenda that has no conclusion yet."""
        return self.filter(self._undecided_items())

    def ready_to_close(self) -> "CouncilSessionQuerySet":
        """Return the sessions with an agenda of which everything is concluded."""
        items = self.model._meta.get_field("items").related_model.objects.filter(session=OuterRef("pk"))
        return self.filter(Exists(items), ~self._undecided_items())

    def _undecided_items(self) -> Exists:
        items = self.model._meta.get_field("items").related_model.objects.undecided()
        return Exists(items.filter(session=OuterRef("pk")))

    def longest_waiting_first(self) -> "CouncilSessionQuerySet":
        """Return the earliest day first, with the council's unit."""
        return self.select_related("unit").order_by("held_on", "pk")

    def with_counts(self) -> "CouncilSessionQuerySet":
        """Add how many items each has (``total``), and how many are recognised and refused."""
        recognised, refused = Q(items__verdict=Verdict.RECOGNISE), Q(items__verdict=Verdict.REFUSE)
        return self.annotate(
            total=Count("items"),
            recognised=Count("items", filter=recognised),
            refused=Count("items", filter=refused),
        )

    def search(self, text: str) -> "CouncilSessionQuerySet":
        """Return those in whose title every word of ``text`` begins a word, accents or not; or of that minutes number."""
        query = folded_query(text)
        if query is None:
            return self.none()
        said = self.alias(said=folded_terms("title"), number=folded_terms("minutes_number"))
        return said.filter(Q(said=query) | Q(number=query))

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

    def before(self, user: "User") -> "AgendaItemQuerySet":
        """Return what is still to be concluded in open sessions in which ``user`` sits with a vote on it."""
        members = apps.get_model("appraisal", "SessionMember").objects.filter(user=user, votes=True)
        sits = Exists(members.filter(session=OuterRef("session")))
        aside = apps.get_model("appraisal", "StandingAside").objects.filter(member__user=user)
        takes_part = ~Exists(aside.filter(item=OuterRef("pk")))
        return self.exclude(session__state=SessionState.CLOSED).undecided().filter(sits, takes_part)

    def without_sheet_of(self, user: "User") -> "AgendaItemQuerySet":
        """Return the items on which there are criteria, and ``user`` has handed in no sheet as they stand."""
        sheets = (
            apps.get_model("appraisal", "Appraisal")
            .objects.handed_in()
            .filter(
                appraiser=user,
                registration=OuterRef("registration"),
                level=OuterRef("session__level"),
                seen_version=OuterRef("registration__version"),
            )
        )
        criteria = apps.get_model("models_registry", "Criterion").objects.filter(
            Q(level="") | Q(level=OuterRef("session__level")), campaign=OuterRef("registration__campaign")
        )
        return self.filter(Exists(criteria), ~Exists(sheets))

    def outdated(self) -> "AgendaItemQuerySet":
        """Return the items whose registration was changed since it came onto the agenda."""
        return self.exclude(registration__version=F("seen_version"))
