"""Whether a year of a city is closed: asked by every act that changes what the year is counted of.

The rooms above ask here before they change a registration, a dialogue or a decision: ``refuse`` beforehand, ``enter``
under the lock of the act. Behind them the database refuses whatever changes a figure of a closed year (triggers of
statistics), so that nothing slips through between the asking and the closing.
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager

from django.db import IntegrityError, connection
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from mobilization.core.errors import DomainError
from mobilization.units.models import ClosedYear, Unit, YearPermit

CODE = "year_closed"


def is_closed(unit: Unit, year: int) -> bool:
    """Tell whether the books of ``year`` are closed in the city of ``unit``."""
    return ClosedYear.objects.of_unit(unit).filter(year=year).exists()


def key_of(record: Model) -> str:
    """Return the word by which a permit names ``record``."""
    return f"{record._meta.label_lower}:{record.pk}"


def refuse(unit: Unit, year: int, record: Model | None = None) -> None:
    """Raise ``DomainError`` (``year_closed``) where the year is closed and no permit for ``record`` is open."""
    if is_closed(unit, year) and (
        record is None or not YearPermit.objects.open().filter(record=key_of(record)).exists()
    ):
        raise refusal(year)


def locked_among(records: Collection[Model]) -> set[int]:
    """Return the ids of those ``records`` whose year is closed, and that no permit opens; in two statements at most.

    All are of one kind, and have their ``unit`` read and a ``year``.
    """
    years = ClosedYear.objects.filter(year__in={one.year for one in records}).values_list("city", "year")
    closed = set(years)
    keys = {key_of(one): one.pk for one in records if (one.unit.path_ids[0], one.year) in closed}
    open_to = (
        YearPermit.objects.open().filter(record__in=keys).values_list("record", flat=True) if keys else ()
    )
    return {keys[key] for key in keys.keys() - set(open_to)}


def enter(unit: Unit, year: int, record: Model | None = None) -> None:
    """Let the act that runs change ``record``; in a closed year by its permit only, which is used up by this.

    Within the transaction of the act. Raises ``DomainError`` (``year_closed``).
    """
    if not is_closed(unit, year):
        return
    used = record is not None and YearPermit.objects.open().filter(record=key_of(record), year=year).update(
        used_at=timezone.now()
    )
    if not used:
        raise refusal(year)
    with connection.cursor() as cursor:
        # The triggers look for it; it ends with the transaction.
        cursor.execute("SELECT set_config('units.permit', %s, true)", [key_of(record)])


def grant(unit: Unit, year: int, key: str) -> YearPermit:
    """Let the record named ``key`` (``key_of``) be changed once although its year is closed.

    Raises ``DomainError`` (``permit_open``) where such leave is open.
    """
    if YearPermit.objects.open().filter(record=key).exists():
        raise DomainError(
            _("A correction of this record is approved already and was not made yet."), code="permit_open"
        )
    return YearPermit.objects.create(city_id=unit.path_ids[0], year=year, record=key)


@contextmanager
def told() -> Iterator[None]:
    """Put into words what the database refuses for a closed year: ``DomainError`` (``year_closed``).

    For what writes many records past the single acts.
    """
    try:
        yield
    except IntegrityError as refusal:
        diagnosis = getattr(refusal.__cause__, "diag", None)
        if getattr(diagnosis, "constraint_name", "") != CODE:
            raise
        message = _("Some of this belongs to a year that is closed, and no longer changes.")
        raise DomainError(message, code=CODE) from None


def refusal(year: int) -> DomainError:
    """Return what is raised where ``year`` is closed."""
    return DomainError(
        _("The year %(year)s is closed; what it was counted of no longer changes. Ask for a correction.")
        % {"year": year},
        code=CODE,
    )
