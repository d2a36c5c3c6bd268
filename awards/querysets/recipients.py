"""Questions to recipients."""

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from awards.querysets.decisions import readable_units
from awards.states import DECIDED
from mobilization.accounts.scopes import own_units, scope_units
from mobilization.accounts.states import Role
from mobilization.core.search import folded_query
from mobilization.core.text import fold

KEEPERS = (Role.REVIEWER, Role.CITY_STAFF)
"""Beside officials of the own unit, they keep recipients in all their scope."""


class RecipientQuerySet(QuerySet):
    """Persons, collectives and households that were nominated or awarded."""

    def standing(self) -> "RecipientQuerySet":
        """Return those that were not merged into another one."""
        return self.filter(merged_into=None)

    def visible_to(self, user) -> "RecipientQuerySet":
        """Return those of the units whose awards ``user`` reads."""
        return self.filter(unit__in=readable_units(user).values("pk"))

    def kept_by(self, user) -> "RecipientQuerySet":
        """Return those that ``user`` may nominate, rename and merge: of the own units, for reviewers of all below."""
        own = Q(unit__in=own_units(user, Role.OFFICIAL).values("pk"))
        return self.filter(own | Q(unit__in=scope_units(user, *KEEPERS).values("pk")))

    def under(self, unit) -> "RecipientQuerySet":
        """Return those of ``unit`` or a unit below it, by the tree in which they stand."""
        return self.filter(unit__path__startswith=unit.path)

    def answered_for_by(self, unit) -> "RecipientQuerySet":
        """Return those of units for which the unit that answers for ``unit`` today answers: it, and what went into it."""
        return self.filter(unit__heir=unit.heir_id)

    def named(self, name: str) -> "RecipientQuerySet":
        """Return those of exactly this name, accents and case aside."""
        return self.filter(folded_name=fold(" ".join(name.split())))

    def search(self, text: str) -> "RecipientQuerySet":
        """Return those whose name or note has words that begin with those of ``text``."""
        query = folded_query(text)
        return self if query is None else self.filter(search=query)

    def awarded(self) -> "RecipientQuerySet":
        """Return those to whom an award was ever granted."""
        awards = self.model._meta.get_field("awards").related_model
        return self.filter(
            Exists(awards.objects.filter(recipient=OuterRef("pk"), decision__state__in=DECIDED))
        )

    def with_award_count(self) -> "RecipientQuerySet":
        """Add ``award_count``: awards that stand."""
        standing = Q(awards__state="valid", awards__decision__state__in=DECIDED)
        return self.annotate(award_count=Count("awards", filter=standing))
