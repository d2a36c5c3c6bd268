"""Questions to dialogues."""

import datetime
from typing import TYPE_CHECKING, Self

from django.db.models import Count, F, IntegerField, Manager, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from dialogues.querysets.days import days_of, is_overdue
from dialogues.querysets.reach import readable_units
from dialogues.states import COUNTED, Kind, OpinionStatus, State
from mobilization.core.search import folded_query
from mobilization.units.models import Unit

if TYPE_CHECKING:
    from mobilization.accounts.models import User


class DialogueQuerySet(QuerySet):
    """Dialogues."""

    def planned_ahead(self) -> Self:
        """Return those that are still to be held."""
        return self.filter(state__in=[State.PLANNED, State.ANNOUNCED])

    def held(self) -> Self:
        """Return those that took place: what statistics count."""
        return self.filter(state__in=COUNTED)

    def published(self) -> Self:
        """Return those whose results are published: what the public sees."""
        return self.filter(state=State.PUBLISHED)

    def awaiting_notice(self, until: datetime.date) -> Self:
        """Return those planned for a day up to ``until`` that were not made known yet."""
        return self.filter(state=State.PLANNED, held_on__lte=until)

    def awaiting_publication(self) -> Self:
        """Return those that were held and whose results are not published yet."""
        return self.filter(state=State.HELD)

    def of_year(self, year: int) -> Self:
        """Return those held, or to be held, in the calendar year."""
        return self.filter(held_on__range=days_of(year))

    def of_unit(self, unit: Unit) -> Self:
        """Return those of the unit itself."""
        return self.filter(unit=unit)

    def under(self, unit: Unit) -> Self:
        """Return those of the unit and of all units below it."""
        return self.filter(unit__path__startswith=unit.path)

    def periodic(self) -> Self:
        """Return those of the yearly plan."""
        return self.filter(kind=Kind.PERIODIC)

    def ad_hoc(self) -> Self:
        """Return those outside the yearly plan."""
        return self.filter(kind=Kind.AD_HOC)

    def visible_to(self, user: "User") -> Self:
        """Return those that ``user`` may read as staff: of the own unit, or of any unit in a reader's scope."""
        return self.filter(unit__in=readable_units(user).values("pk"))

    def search(self, text: str) -> Self:
        """Return those whose topic or venue has every word of ``text``, accents and case aside."""
        query = folded_query(text)
        return self if query is None else self.filter(search=query)

    def newest_first(self) -> Self:
        """Order for reading and paging."""
        return self.order_by("-held_on", "-id")

    def with_opinion_figures(self, on: datetime.date | None = None) -> Self:
        """Add how many opinions there are, from the summary where there is one, else from the opinions.

        Adds ``received``, ``on_spot``, ``resolved``, ``in_progress``, ``outside``, ``not_accepted`` and ``overdue``
        (on the given day, today without one; a cancelled dialogue has none). A summary knows neither ``not_accepted``
        nor ``overdue``: 0.
        """
        counted = {
            "received": (Q(), "opinions_total"),
            "on_spot": (Q(status=OpinionStatus.ANSWERED_ON_SPOT), "opinions_on_spot"),
            "resolved": (Q(status=OpinionStatus.RESOLVED), "opinions_resolved"),
            "in_progress": (Q(status=OpinionStatus.IN_PROGRESS), "opinions_in_progress"),
            "outside": (Q(status=OpinionStatus.OUTSIDE_COMPETENCE), "opinions_outside"),
            "not_accepted": (Q(status=OpinionStatus.NOT_ACCEPTED), None),
            "overdue": (is_overdue(on) & ~Q(dialogue__state=State.CANCELLED), None),
        }
        return self.annotate(
            **{
                name: Coalesce(*([F(total)] if total else []), self._opinions(condition), 0)
                for name, (condition, total) in counted.items()
            }
        )

    def _opinions(self, condition: Q) -> Subquery:
        opinions = self.model._meta.get_field("opinions").related_model.objects
        of_dialogue = opinions.filter(condition, dialogue=OuterRef("pk")).order_by().values("dialogue")
        return Subquery(of_dialogue.annotate(n=Count("pk")).values("n"), output_field=IntegerField())


class DialogueManager(Manager.from_queryset(DialogueQuerySet)):
    """Leaves the search vector in the database: it is looked into, never looked at."""

    def get_queryset(self) -> DialogueQuerySet:
        """Return all dialogues without their search vectors."""
        return super().get_queryset().defer("search")
