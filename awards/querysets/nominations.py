"""Questions to nominations, to their papers, and to the examinations of them."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from awards.querysets.decisions import readable_units
from awards.states import CLOSED, IN_HAND, REQUIRED_PARTS, TO_JUDGE, NominationAct, NominationState
from mobilization.accounts.scopes import own_units, scope_units
from mobilization.accounts.states import Role
from mobilization.core.search import folded_query

PROPOSERS = (Role.REVIEWER, Role.CITY_STAFF)
"""Beside officials for the own unit, they propose for all units in their scope."""
JUDGES = (Role.REVIEWER, Role.CITY_STAFF)
"""They examine, approve and decline what bodies in their scope grant."""

DRAFTERS = (Role.OFFICIAL, Role.REVIEWER, Role.CITY_STAFF)
"""They prepare the decisions of their unit."""


def _own(user, *roles: str) -> QuerySet:
    return own_units(user, *roles).values("pk")


class NominationQuerySet(QuerySet):
    """Nominations (đề nghị khen thưởng). Pages, exports and to-dos are made of these words."""

    def visible_to(self, user) -> "NominationQuerySet":
        """Return those for units whose awards ``user`` reads, and those that such a unit would grant."""
        units = readable_units(user).values("pk")
        return self.filter(Q(unit__in=units) | Q(granting_unit__in=units))

    def proposed_by(self, user) -> "NominationQuerySet":
        """Return those that ``user`` may prepare: for the own units, for reviewers and city staff all below."""
        own = Q(unit__in=own_units(user, Role.OFFICIAL).values("pk"))
        return self.filter(own | Q(unit__in=scope_units(user, *PROPOSERS).values("pk")))

    def judged_by(self, user) -> "NominationQuerySet":
        """Return those that bodies in his scope grant, without what he typed or submitted himself."""
        scope = scope_units(user, *JUDGES).values("pk")
        return self.filter(granting_unit__in=scope).exclude(typed_by=user).exclude(submitted_by=user)

    def within_reach_of(self, user, act: str) -> "NominationQuerySet":
        """Return those that ``act`` is the business of ``user`` for, wherever they stand: as the permissions say."""
        if act in (NominationAct.SUBMIT, NominationAct.WITHDRAW):
            return self.proposed_by(user)
        roles = DRAFTERS if act == NominationAct.DRAW else JUDGES
        return self.filter(granting_unit__in=scope_units(user, *roles).values("pk"))

    def awaiting_submission_by(self, user) -> "NominationQuerySet":
        """Return those in hand that an official of the unit, or who typed them, has to complete and submit."""
        own = Q(unit__in=own_units(user, Role.OFFICIAL).values("pk"))
        return self.in_hand().proposed_by(user).filter(own | Q(typed_by=user))

    def awaiting_examination_by(self, user) -> "NominationQuerySet":
        """Return those submitted to the very unit for which the user decides."""
        return self.to_examine().judged_by(user).filter(granting_unit__in=_own(user, *JUDGES))

    def awaiting_approval_by(self, user) -> "NominationQuerySet":
        """Return those examined that the very unit grants for which the user decides."""
        return self.to_approve().judged_by(user).filter(granting_unit__in=_own(user, *JUDGES))

    def awaiting_decision_by(self, user) -> "NominationQuerySet":
        """Return those approved for whose decision the user prepares the draft, at his very unit."""
        return self.to_draw().filter(granting_unit__in=_own(user, *DRAFTERS))

    def open(self) -> "NominationQuerySet":
        """Return those that were neither declined nor withdrawn."""
        return self.exclude(state__in=CLOSED)

    def in_hand(self) -> "NominationQuerySet":
        """Return those in preparation, or returned: with whoever proposes."""
        return self.filter(state__in=IN_HAND)

    def to_judge(self) -> "NominationQuerySet":
        """Return those submitted or examined: with the body that grants."""
        return self.filter(state__in=TO_JUDGE)

    def to_examine(self) -> "NominationQuerySet":
        """Return those that wait for their examination."""
        return self.filter(state=NominationState.SUBMITTED)

    def to_approve(self) -> "NominationQuerySet":
        """Return those examined, that wait to be approved or declined."""
        return self.filter(state=NominationState.EXAMINED)

    def to_draw(self) -> "NominationQuerySet":
        """Return those approved that stand in no decision yet."""
        return self.filter(state=NominationState.APPROVED)

    def of_year(self, year: int) -> "NominationQuerySet":
        """Return those proposed in ``year``."""
        return self.filter(proposed_on__year=year)

    def under(self, unit) -> "NominationQuerySet":
        """Return those for ``unit`` or a unit below it."""
        return self.filter(unit__path__startswith=unit.path)

    def of_tier(self, tier: str) -> "NominationQuerySet":
        """Return those for a form that ``tier`` grants."""
        return self.filter(form__tier=tier)

    def search(self, text: str) -> "NominationQuerySet":
        """Return those whose recipient or achievement has words that begin with those of ``text``."""
        query = folded_query(text)
        return self if query is None else self.filter(search=query)

    def lacking_papers(self) -> "NominationQuerySet":
        """Return those of which a signed paper of the dossier is missing."""
        return self.exclude(self._papers())

    def with_all_papers(self) -> "NominationQuerySet":
        """Return those whose dossier is complete."""
        return self.filter(self._papers())

    def longest_waiting_first(self) -> "NominationQuerySet":
        """Order for queues."""
        return self.order_by("state_since", "pk")

    def for_list(self) -> "NominationQuerySet":
        """With what a row of a list shows."""
        shown = self.select_related("unit", "form", "recipient", "vote__examination", "award__decision")
        return shown.defer("search", "recipient__search", "award__search", "award__decision__search")

    def _papers(self) -> Q:
        through = self.model._meta.apps.get_model("awards", "DossierFile").nominations.through
        condition = Q()
        for part in REQUIRED_PARTS:
            rows = through.objects.filter(nomination=OuterRef("pk"), dossierfile__part=part)
            condition &= Q(Exists(rows))
        return condition


class ExaminationQuerySet(QuerySet):
    """Sessions at which nominations were examined."""

    def visible_to(self, user) -> "ExaminationQuerySet":
        """Return those of the units whose awards ``user`` reads."""
        return self.filter(unit__in=readable_units(user).values("pk"))

    def of_year(self, year: int) -> "ExaminationQuerySet":
        """Return those that were held in ``year``."""
        return self.filter(held_on__year=year)


class DossierFileQuerySet(QuerySet):
    """Signed papers of dossiers."""

    def visible_to(self, user) -> "DossierFileQuerySet":
        """Return those that belong to a nomination which ``user`` may read."""
        nominations = self.model._meta.get_field("nominations")
        through = self.model.nominations.through
        seen = nominations.related_model.objects.visible_to(user).values("pk")
        rows = through.objects.filter(dossierfile=OuterRef("pk"), nomination__in=seen)
        return self.filter(Exists(rows))
