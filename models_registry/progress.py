"""How far a reviewer has come: of what was assigned to him, or else of what he decided this year and what waits."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils import timezone

from models_registry import set_aside
from models_registry.models import Assignment, Registration, ReviewStep
from models_registry.querysets import RegistrationQuerySet
from models_registry.questions import review_queue
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


def progress_of(user, waiting: Callable[[], int] | None = None) -> Progress:
    """Return how far ``user`` has come this year; ``waiting`` tells how many wait, if the caller counts them."""
    year = timezone.localdate().year
    given = Assignment.objects.filter(reviewer=user, registration__year__gte=year - 1)
    total = given.values("pk")[:MOST].count()
    if total:
        waits = Registration.objects.filter(pk__in=given.values("registration")[:MOST]).awaiting_review()
        left = set_aside.leave_out(waits).count()
        if left:
            return Progress(total - left, total, assigned=True)
    steps = ReviewStep.objects.filter(actor=user, act__in=REVIEW_ACTS, at__year=year)
    decided = steps.order_by().values_list("registration", flat=True)
    done = decided.union(*set_aside.set_aside_by(user)).count()
    left = waiting() if waiting else _count(review_queue(user).rows())
    return Progress(done, done + min(left, MOST), assigned=False, more=left > MOST)


def _count(queue: RegistrationQuerySet) -> int:
    return queue.order_by().values("pk")[: MOST + 1].count()
