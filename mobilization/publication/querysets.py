"""Who sees what is decided and not told yet, and what was announced."""

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Value, When

from mobilization.accounts.scopes import scope_units
from mobilization.accounts.states import Role
from mobilization.core.search import folded_query, folded_terms
from mobilization.units.models import Unit
from models_registry.models import DecidingTier, Registration
from models_registry.querysets import READERS, kinds_of
from models_registry.states import Level

if TYPE_CHECKING:
    from mobilization.accounts.models import User

_SAID = {"said_in_title": "title", "said_in_number": "number", "said_in_body": "body"}


class PendingDecisionQuerySet(QuerySet):
    """Decisions on single registrations, entered quietly."""

    def pending(self) -> "PendingDecisionQuerySet":
        """Return what is not announced yet."""
        return self.filter(publication=None)

    def published(self) -> "PendingDecisionQuerySet":
        """Return what was announced."""
        return self.filter(publication__isnull=False)

    def visible_to(self, user: "User") -> "PendingDecisionQuerySet":
        """Return what ``user`` may know of before it is announced: whoever decides at that level, and city staff.

        Neither the unit nor the levels below learn anything, and no other reader does.
        """
        if not (user.is_authenticated and user.has_role(Role.REVIEWER, Role.CITY_STAFF)):
            return self.none()
        return self.filter(Q(registration__unit__in=scope_units(user, Role.CITY_STAFF)) | _decided_by(user))

    def to_announce_by(self, user: "User") -> "PendingDecisionQuerySet":
        """Return what is decided at the level at which ``user`` decides himself, without his own work.

        What a lower reviewer decides, that reviewer announces; city staff may do it instead, and are not asked to.
        """
        if not (user.is_authenticated and user.has_role(Role.REVIEWER, Role.CITY_STAFF)):
            return self.none()
        typed = Q(registration__typists__contains=[user.pk]) | Q(registration__submitted_by=user)
        return self.filter(_decided_by(user)).exclude(typed)

    def in_words(self) -> "PendingDecisionQuerySet":
        """Join what a line of a list shows."""
        joined = self.select_related("registration__model", "registration__unit__heir", "entered_by")
        return joined.defer("registration__search")

    def in_order(self) -> "PendingDecisionQuerySet":
        """Order as the annex of a decision does: the highest level first, by unit, by title."""
        rank = Case(*(When(level=level.value, then=Value(-level.rank)) for level in Level))
        return self.order_by(rank, "registration__unit__sort_key", "registration__title", "pk")


def _decided_by(user: "User") -> Q:
    """Return the condition on decisions of the levels at which ``user`` decides himself."""
    decided = Q(pk__in=[])
    for rule in DecidingTier.objects.in_force():
        below = Unit.objects.answered_for_by(*rule.held_by(user)).filter(kind__in=kinds_of(rule.unit_tier))
        decided |= Q(level=rule.level, registration__unit__in=below)
    return decided


class PublicationQuerySet(QuerySet):
    """Announcements."""

    def visible_to(self, user: "User") -> "PublicationQuerySet":
        """Return the announcements that hold a registration which ``user`` reads in the staff pages."""
        if not (user.is_authenticated and user.has_role(*READERS)):
            return self.none()
        decisions = self.model._meta.get_field("decisions").related_model.objects
        read = Registration.objects.filter(unit__in=scope_units(user, *READERS))
        return self.filter(Exists(decisions.filter(publication=OuterRef("pk"), registration__in=read)))

    def search(self, text: str) -> "PublicationQuerySet":
        """Return those in whose title, number or body every word of ``text`` begins a word, accents or not."""
        query = folded_query(text)
        if query is None:
            return self.none()
        found = self.alias(**{name: folded_terms(field) for name, field in _SAID.items()})
        return found.filter(reduce(or_, (Q((name, query)) for name in _SAID)))

    def newest_first(self) -> "PublicationQuerySet":
        """Return the latest announcement first."""
        return self.order_by("-published_at", "-pk")
