"""One computation of a year at a time, and what is written down of it whatever becomes of it."""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from mobilization.core.errors import DomainError
from mobilization.statistics.models import RebuildRun
from mobilization.statistics.states import RunState
from mobilization.units.models import Unit

KEPT_DAYS = 30


@contextmanager
def one_at_a_time(year: int, city: Unit, *, wait: bool = True) -> Iterator[bool]:
    """Hold the year of the city; a second holder waits or, without ``wait``, is answered False.

    The lock belongs to the connection: whoever is killed lets go of it.
    """
    key = [f"statistics/{city.pk}/{year}"]
    with connection.cursor() as cursor:
        if wait:
            cursor.execute("SELECT pg_advisory_lock(hashtextextended(%s, 0))", key)
            held = True
        else:
            cursor.execute("SELECT pg_try_advisory_lock(hashtextextended(%s, 0))", key)
            (held,) = cursor.fetchone()
        try:
            yield held
        finally:
            if held and not connection.needs_rollback and connection.is_usable():
                cursor.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 0))", key)


@contextmanager
def recorded(year: int, city: Unit, *, why: str, actor=None) -> Iterator[RebuildRun]:
    """Keep a row of the run, which the block fills; must hold the year.

    A run that never said how it ended was cut off: whoever holds the year now is the only one. What stores figures
    says that it is ``done`` in the same transaction: of a worker that is killed either both are there, or neither.
    """
    now = timezone.now()
    RebuildRun.objects.filter(city=city, year=year).running().update(state=RunState.CUT_OFF, ended_at=now)
    run = RebuildRun.objects.create(city=city, year=year, why=why, actor=actor, began_at=now)
    try:
        yield run
    except DomainError as refusal:
        _end(run, RunState.FAILED, str(refusal))
        raise
    except Exception:
        _end(run, RunState.FAILED, _("An unexpected error; the administrators' log names it."))
        raise
    if run.state != RunState.DONE:
        done(run)


def done(run: RebuildRun) -> None:
    """Write down that the run has done what it was to do, and what it found."""
    _end(run, RunState.DONE)


def forget_old(now: datetime.datetime) -> int:
    """Forget the runs after single changes that are older than a month; answers how many."""
    old = RebuildRun.objects.after_changes().filter(began_at__lt=now - datetime.timedelta(days=KEPT_DAYS))
    return old.delete()[0]


def _end(run: RebuildRun, state: RunState, message: str = "") -> None:
    if connection.needs_rollback:
        return  # inside an outer transaction that is lost: so is the row
    run.state, run.message, run.ended_at = state, message, timezone.now()
    run.save(update_fields=["state", "message", "ended_at", "rows", "changed", "marks"])
