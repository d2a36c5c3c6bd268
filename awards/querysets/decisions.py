"""The words in which awards are asked for; pages, exports, statistics and the API use the same ones."""

import datetime

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from awards.states import DECIDED, AwardState, DecisionState
from mobilization.accounts.scopes import own_units, scope_units
from mobilization.accounts.states import Role
from mobilization.core.search import folded_query
from mobilization.units.models import Unit

READERS = (Role.REVIEWER, Role.CITY_STAFF, Role.CITY_LEADER, Role.AUDITOR)
"""Roles that read all decisions in their scope, own unit and all units below."""


def readable_units(user) -> QuerySet[Unit]:
    """Return the units of whose decisions ``user`` reads everything, drafts included."""
    own = (
        own_units(user, Role.OFFICIAL).values("pk")
        if user.is_authenticated
        else Unit.objects.none().values("pk")
    )
    return Unit.objects.filter(Q(pk__in=own) | Q(pk__in=scope_units(user, *READERS).values("pk")))


class AwardFormQuerySet(QuerySet):
    """Questions to the catalogue."""

    def in_force(self, on: datetime.date) -> "AwardFormQuerySet":
        """Forms that may be granted by a decision signed on ``on``."""
        return self.filter(Q(valid_to=None) | Q(valid_to__gt=on), valid_from__lte=on)

    def of_tier(self, tier: str) -> "AwardFormQuerySet":
        """Forms that bodies of this tier grant."""
        return self.filter(tier=tier)


class DecisionQuerySet(QuerySet):
    """Questions to decisions."""

    def drafts(self) -> "DecisionQuerySet":
        """Decisions in preparation."""
        return self.filter(state=DecisionState.DRAFT)

    def issued(self) -> "DecisionQuerySet":
        """Decisions that stand: issued and not revoked."""
        return self.filter(state=DecisionState.ISSUED)

    def public(self) -> "DecisionQuerySet":
        """Decisions that anyone may read: all that were ever issued, the revoked ones marked as such."""
        return self.filter(state__in=DECIDED)

    def of_year(self, year: int) -> "DecisionQuerySet":
        """Decisions signed in ``year``."""
        return self.filter(year=year)

    def under(self, unit) -> "DecisionQuerySet":
        """Decisions granted by ``unit`` or a unit below it."""
        return self.filter(unit__path__startswith=unit.path)

    def visible_to(self, user) -> "DecisionQuerySet":
        """Decisions that ``user`` reads as staff: of readable units, and issued ones that reward such a unit."""
        units = readable_units(user).values("pk")
        awards = self.model._meta.get_field("awards").related_model
        rewarding = Exists(awards.objects.filter(decision=OuterRef("pk"), unit__in=units))
        return self.filter(Q(unit__in=units) | Q(rewarding, state__in=DECIDED))

    def search(self, text: str) -> "DecisionQuerySet":
        """Decisions whose number, title or signer, or one of whose recipients, has the words of ``text``."""
        query = folded_query(text)
        if query is None:
            return self
        awards = self.model._meta.get_field("awards").related_model
        matching = awards.objects.filter(search=query).values("decision")
        return self.filter(Q(search=query) | Q(pk__in=matching))

    def for_list(self) -> "DecisionQuerySet":
        """With what a row of a list shows."""
        return self.select_related("unit").order_by("-listed_on", "-pk")


class AwardQuerySet(QuerySet):
    """Questions to awards."""

    def issued(self) -> "AwardQuerySet":
        """Awards of decisions that were issued, whatever came after."""
        return self.filter(decision__state__in=DECIDED)

    def valid(self) -> "AwardQuerySet":
        """Awards that stand: issued, neither corrected nor revoked. Statistics count these."""
        return self.issued().filter(state=AwardState.VALID)

    def public(self) -> "AwardQuerySet":
        """Awards that anyone may read; corrected and revoked ones stay readable as such."""
        return self.issued()

    def of_year(self, year: int) -> "AwardQuerySet":
        """Awards of ``year``: of the decision's signing; a correction counts in the year of what it corrects."""
        return self.filter(year=year)

    def under(self, unit) -> "AwardQuerySet":
        """Awards to ``unit`` or a unit below it."""
        return self.filter(unit__path__startswith=unit.path)

    def visible_to(self, user) -> "AwardQuerySet":
        """Awards that ``user`` reads as staff: of readable units' decisions, and issued ones to such a unit."""
        units = readable_units(user).values("pk")
        return self.filter(Q(decision__unit__in=units) | Q(decision__state__in=DECIDED, unit__in=units))

    def of_tier(self, tier: str) -> "AwardQuerySet":
        """Awards granted at ``tier``."""
        return self.filter(form__tier=tier)

    def to_recipients(self, kind: str) -> "AwardQuerySet":
        """Awards to collectives, to individuals or to households."""
        return self.filter(recipient_kind=kind)

    def search(self, text: str) -> "AwardQuerySet":
        """Awards whose recipient or achievement has the words of ``text``."""
        query = folded_query(text)
        return self if query is None else self.filter(search=query)

    def handed_out(self) -> "AwardQuerySet":
        """Awards whose certificate somebody was handed, and that was not taken back."""
        return self.filter(Exists(self._handovers()))

    def not_handed_out(self) -> "AwardQuerySet":
        """Awards whose certificate lies with the body that grants."""
        return self.filter(~Exists(self._handovers()))

    def _handovers(self) -> QuerySet:
        handovers = self.model._meta.get_field("handovers").related_model
        return handovers.objects.standing().filter(award=OuterRef("pk"))

    def in_annex_order(self) -> "AwardQuerySet":
        """In the order of the annex: as numbered at issue; in a draft as they were added."""
        return self.order_by(Coalesce(F("certificate_number"), 1_000_000), "pk")

    def for_list(self) -> "AwardQuerySet":
        """With what a row of a list shows."""
        return self.select_related("form", "unit", "decision", "decision__unit")
