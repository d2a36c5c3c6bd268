"""Who has a vote on what: members present, less those who must not decide on the item."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from mobilization.accounts.models import User
from mobilization.appraisal.models import AgendaItem, CouncilSession, SessionMember
from models_registry.models import Registration
from models_registry.recusal import Bar, bar_of
from models_registry.services.bulk import prepared


@dataclass
class Table:
    """Who sits at the table, and who of them has no vote on which item."""

    voters: list[SessionMember]
    """Present, with a vote."""
    kept_out: dict[int, list[tuple[SessionMember, Bar]]] = field(default_factory=dict)
    """By item: voters who must not decide on it, and why."""

    def entitled(self, item: AgendaItem) -> int:
        """Return how many votes can be given on ``item``."""
        return len(self.voters) - len(self.kept_out.get(item.pk, []))

    def words_of(self, item: AgendaItem) -> list[str]:
        """Return who has no vote on ``item`` and why, as the minutes say it."""
        return [f"{member.name} ({bar.label})" for member, bar in self.kept_out.get(item.pk, [])]


def table(session: CouncilSession, items: Iterable[AgendaItem]) -> Table:
    """Return who votes on ``items`` as everything stands now, in a number of statements that does not grow with them.

    A member without an account has declared nothing to the portal: the chair asks, and takes the vote away.
    """
    items = list(items)
    voters = [one for one in session.members.all() if one.present and one.votes]
    accounts = User.objects.in_bulk([one.user_id for one in voters if one.user_id])
    found = Registration.objects.filter(pk__in=[item.registration_id for item in items])
    registrations = {one.pk: one for one in prepared(found)}
    answer = Table(voters)
    for item in items:
        barred = []
        for member in voters:
            user = accounts.get(member.user_id)
            bar = bar_of(user, registrations[item.registration_id], session.level) if user else None
            if bar is not None:
                barred.append((member, bar))
        if barred:
            answer.kept_out[item.pk] = barred
    return answer
