"""Who has a vote on what: members present, less those who must not decide on the item and those the chair keeps out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from mobilization.accounts.models import User
from mobilization.appraisal.models import AgendaItem, CouncilSession, SessionMember, StandingAside
from mobilization.appraisal.states import Part
from models_registry.models import Declaration, Registration
from models_registry.recusal import bar_of
from models_registry.services.bulk import prepared


@dataclass
class Table:
    """Who sits at the table, and who of them has no vote on which item."""

    voters: list[SessionMember]
    """Present, with a vote."""
    quorum: int
    kept_out: dict[int, list[tuple[SessionMember, str]]] = field(default_factory=dict)
    """By item: voters who must not decide on it, and why, as it is said of others."""

    def entitled(self, item: AgendaItem) -> int:
        """Return how many votes can be given on ``item``."""
        return len(self.voters) - len(self.kept_out.get(item.pk, []))

    def has_quorum(self, item: AgendaItem) -> bool:
        """Tell whether enough members are present who may vote on ``item``: who takes no part in it does not count."""
        return self.entitled(item) >= self.quorum

    def words_of(self, item: AgendaItem) -> list[str]:
        """Return who has no vote on ``item`` and why, as the minutes say it."""
        return [f"{member.name} ({why})" for member, why in self.kept_out.get(item.pk, [])]


def table(session: CouncilSession, items: Iterable[AgendaItem]) -> Table:
    """Return who votes on ``items`` as everything stands now, in a number of statements that does not grow with them.

    A member without an account has declared nothing to the portal: the chair asks, and keeps him from voting on an item
    (``StandingAside``); as he does with whoever should have declared a relation and did not.
    """
    items = list(items)
    voters = [one for one in session.members.all() if one.present and one.votes]
    accounts = User.objects.in_bulk([one.user_id for one in voters if one.user_id])
    found = Registration.objects.filter(pk__in=[item.registration_id for item in items])
    registrations = {one.pk: one for one in prepared(found)}
    written = StandingAside.objects.filter(item__in=[item.pk for item in items])
    aside = {(item, member): why for item, member, why in written.values_list("item", "member", "reason")}
    answer = Table(voters, session.quorum)
    for item in items:
        barred = []
        for member in voters:
            user = accounts.get(member.user_id)
            bar = bar_of(user, registrations[item.registration_id], session.level) if user else None
            why = str(bar.label) if bar is not None else aside.get((item.pk, member.pk))
            if why:
                barred.append((member, why))
        if barred:
            answer.kept_out[item.pk] = barred
    return answer


def relations_declared(items: Iterable[AgendaItem]) -> dict[int, list[Declaration]]:
    """Return the relations that hold, by registration: the last declaration of each reviewer, where it names one."""
    last: dict[tuple[int, int], Declaration] = {}
    wanted = [item.registration_id for item in items]
    for one in Declaration.objects.filter(registration__in=wanted).select_related("reviewer").order_by("pk"):
        last[one.registration_id, one.reviewer_id] = one
    answer: dict[int, list[Declaration]] = {}
    for one in last.values():
        if one.is_related:
            answer.setdefault(one.registration_id, []).append(one)
    return answer


def whose_words(
    user: User, members: Iterable[SessionMember], declared: Mapping[int, Iterable[Declaration]]
) -> set[int]:
    """Return the ids of those whose relations ``user`` reads in words: of all as the chair, else his own.

    That a relation was declared, every member sees.
    """
    if any(one.user_id == user.pk and one.part == Part.CHAIR for one in members):
        return {one.reviewer_id for found in declared.values() for one in found}
    return {user.pk}
