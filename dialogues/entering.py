"""Opinions written down at the conference itself: one short act for each, however bad the line is."""

import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from dialogues.models import Dialogue, Opinion
from dialogues.transitions import opinion as acts

if TYPE_CHECKING:
    from mobilization.accounts.models import User
    from mobilization.units.models import Unit

LONGEST_MATTER = 120


def enter(
    dialogue: Dialogue,
    *,
    actor: "User",
    text: str,
    field: str,
    author_name: str = "",
    unit_in_charge: "Unit | None" = None,
    due_on: datetime.date | None = None,
    on_spot: bool = False,
    answer: str = "",
    is_sensitive: bool = False,
) -> Opinion:
    """Receive one opinion, answered ``on_spot`` at once if it was; both or neither. Its matter is how it begins.

    Raises ``DomainError`` as ``receive`` does.
    """
    with transaction.atomic():
        opinion = acts.receive(
            Opinion(
                dialogue=dialogue,
                field=field,
                matter=matter_of(text),
                text=text,
                author_name=author_name,
                unit_in_charge=unit_in_charge,
                due_on=due_on,
                is_sensitive=is_sensitive,
            ),
            actor=actor,
        )
        return acts.answer_on_spot(opinion, actor=actor, answer=answer) if on_spot else opinion


def matter_of(text: str) -> str:
    """Return how ``text`` begins: its first line, cut between two words where it is long."""
    line = next((" ".join(one.split()) for one in text.splitlines() if one.strip()), "")
    if len(line) <= LONGEST_MATTER:
        return line
    begun, _space, _rest = line[:LONGEST_MATTER].rpartition(" ")
    return f"{begun or line[: LONGEST_MATTER - 1]}…"
