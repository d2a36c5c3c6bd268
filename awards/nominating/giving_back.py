"""Nominations of a draft decision that is thrown away, or of an award that is taken out of it, are free again."""

from collections.abc import Iterable

from awards.models import Award, Nomination
from awards.nominating.moving import Deed, Outcome, do
from awards.states import NominationAct


def give_back(awards: Iterable[Award], *, actor) -> Outcome:
    """Give the nominations of ``awards`` back, before these are deleted: approved, and in no decision."""
    rows = Nomination.objects.filter(award__in=list(awards)).values_list("pk", "version")
    return do(list(rows), Deed(NominationAct.GIVE_BACK, actor, same={"award": None}))
