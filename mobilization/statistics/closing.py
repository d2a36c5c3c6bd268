"""Closing a year: what is open is looked at, the figures are computed and compared once more, sealed, and locked."""

from django.db import OperationalError, connection, transaction
from django.utils.translation import gettext as _

from mobilization.audit import log
from mobilization.core.errors import DomainError
from mobilization.statistics import checklist, reconciling, runs, sealing, services
from mobilization.statistics.models import Seal, YearStatus
from mobilization.statistics.states import Why
from mobilization.units.models import ClosedYear, Unit

WAIT = "20s"
"""For so long acts are waited for; whoever wants to act meanwhile waits as well."""


def close_year(year: int, *, city: Unit, actor, words: str = "") -> Seal:
    """Seal the figures of ``year`` and lock what they were counted of; it is never opened again.

    ``words``: why it is closed although something is open. Acts of the year that are under way are waited for, and
    those that come meanwhile wait, and are refused then.

    Raises ``DomainError``: ``year_closed``; ``forbidden`` where the year is not over or figures differ from the
    records; ``busy`` while a long act of the year (a register that is loaded) goes on; ``words_needed`` at ``words``.
    """
    words = words.strip()
    with runs.one_at_a_time(year, city), transaction.atomic(), connection.cursor() as cursor:
        _stop_acts(cursor, year, city)
        services.refuse_final(year, city)
        # First: the temporary tables of cells stay until the end of the transaction.
        status = services.compute_held(year, city, why=Why.CLOSING, actor=actor)
        _refuse_differences(year, city)
        found_open = _refuse_open(year, city, words)
        sealed = sealing.seal(year, city, cursor, actor=actor, words=words, found_open=found_open)
        YearStatus.objects.filter(pk=status.pk).update(final=True)
        ClosedYear.objects.create(city=city, year=year, closed_at=sealed.sealed_at)
        data = {"year": year, "sha256": sealed.sha256, "open": found_open}
        log.record("statistics.close_year", actor=actor, target=sealed, unit=city, data=data)
    return sealed


def _stop_acts(cursor, year: int, city: Unit) -> None:
    """Wait for the acts of the year that are under way, and let none begin until the transaction ends."""
    cursor.execute("SELECT set_config('lock_timeout', %s, true)", [WAIT])
    try:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"closing/{city.pk}/{year}"])
    except OperationalError:
        message = _(
            "Something of this year is being changed at this moment. Please try again in a few minutes."
        )
        raise DomainError(message, code="busy") from None
    cursor.execute("SELECT set_config('lock_timeout', '0', true)")


def _refuse_differences(year: int, city: Unit) -> None:
    found = reconciling.keep(year, city)
    if found.differences:
        message = _(
            "%(count)s figures differ from the records when counted directly; the year cannot be closed."
        )
        raise DomainError(message % {"count": found.differences}, code="forbidden")


def _refuse_open(year: int, city: Unit, words: str) -> dict[str, int]:
    open_ = [check for check in checklist.of_year(year, city) if not check.is_clean]
    forbidding = [check for check in open_ if check.forbids]
    if forbidding:
        raise DomainError(" ".join(f"{check.label}." for check in forbidding), code="forbidden")
    if open_ and not words:
        sentence = _("Something is open. Say why the year is closed all the same.")
        raise DomainError(code="words_needed", fields={"words": [sentence]})
    return {check.code: check.number for check in open_}
