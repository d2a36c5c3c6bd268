"""How far a reviewer has come: of what was assigned to him, or else of what he decided this year and what waits."""

from dataclasses import dataclass

from django.utils import timezone

from models_registry.models import Assignment, Registration, ReviewStep
from models_registry.states import MOVES, By

MOST = 1_000
"""What waits is counted up to here: the line says how far one has come, not how long the register is."""
REVIEW_ACTS = [act.value for act, move in MOVES.items() if move.by is not By.UNIT]


@dataclass(frozen=True)
class Progress:
    """So many of so many are done."""

    done: int
    total: int
    assigned: bool
    """Counted is what was assigned to the reviewer; else what he decided this year together with what waits."""
    more: bool = False
    """More wait than were counted."""


def progress_of(user) -> Progress:
    """Return how far ``user`` has come this year."""
    year = timezone.localdate().year
    given = Assignment.objects.filter(reviewer=user, registration__year__gte=year - 1)
    waits = list(given.values_list("registration__awaits", flat=True)[:MOST])
    if any(waits):
        return Progress(sum(not level for level in waits), len(waits), assigned=True)
    steps = ReviewStep.objects.filter(actor=user, act__in=REVIEW_ACTS, at__year=year)
    done = steps.values("registration").distinct().count()
    waiting = Registration.objects.awaiting_review_by(user).values("pk")[: MOST + 1].count()
    return Progress(done, done + min(waiting, MOST), assigned=False, more=waiting > MOST)
