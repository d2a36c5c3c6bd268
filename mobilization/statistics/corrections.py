"""Corrections of closed years: asked for with a reason, decided by the city leader, made once through the usual acts."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.db import models, transaction
from django.http import Http404
from django.urls import resolve
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from awards.models import Decision
from dialogues.models import Dialogue
from mobilization.audit import log
from mobilization.core.errors import Conflict, DomainError, NotAllowed
from mobilization.statistics import notices
from mobilization.statistics.measures import MEASURES
from mobilization.statistics.models import Correction
from mobilization.statistics.states import CorrectionState
from mobilization.units import closed_years
from mobilization.units.models import Unit
from models_registry.models import Registration


@dataclass(frozen=True)
class Correctable:
    """A kind of record that a closed year locks."""

    label: str | Promise
    model: type[models.Model]
    year_of: Callable[[models.Model], int | None]


RECORDS: dict[str, Correctable] = {
    "registration": Correctable(gettext_lazy("Registration"), Registration, lambda one: one.year),
    "dialogue": Correctable(gettext_lazy("Dialogue"), Dialogue, lambda one: one.held_on.year),
    "decision": Correctable(
        gettext_lazy("Decision"), Decision, lambda one: one.signed_on and one.signed_on.year
    ),
}

PAGES = {
    "models_registry:detail": "registration",
    "dialogues:detail": "dialogue",
    "awards:detail": "decision",
}


def find(word: str, user) -> models.Model | None:
    """Return the record that ``word`` ("dialogue:12") names among those that ``user`` may read, None without one."""
    kind, _colon, key = word.partition(":")
    if kind not in RECORDS or not (key.isascii() and key.isdigit() and len(key) < 19):  # noqa: PLR2004 -- bigint
        return None
    return RECORDS[kind].model.objects.visible_to(user).select_related("unit").filter(pk=key).first()


def word_of(record: models.Model) -> str:
    """Return the word by which ``find`` finds ``record``."""
    kind = next(kind for kind, known in RECORDS.items() if isinstance(record, known.model))
    return f"{kind}:{record.pk}"


def named_by(address: str) -> str:
    """Return the word for ``find`` of the record whose staff page has ``address``; empty where it is none."""
    try:
        found = resolve(urlsplit(address.strip()).path)
    except (Http404, ValueError):
        return ""
    kind = PAGES.get(found.view_name)
    return f"{kind}:{found.kwargs['pk']}" if kind else ""


def figure_of(measure: str, unit: str, year: str) -> str:
    """Return the words by which a correction begins that is about a figure; empty where there is no such figure."""
    known = MEASURES.get(measure)
    keys = all(word.isascii() and word.isdigit() and len(word) < 19 for word in (unit, year))  # noqa: PLR2004 -- bigint
    found = Unit.objects.filter(pk=unit).first() if known and keys else None
    if found is None:
        return ""
    told = {"measure": known.label, "unit": found.full_name, "year": year}
    return _("Figure “%(measure)s”, %(unit)s, %(year)s: ") % told


def year_of(record: models.Model) -> int | None:
    """Return the year whose figures ``record`` is counted in."""
    return next(kind.year_of(record) for kind in RECORDS.values() if isinstance(record, kind.model))


@transaction.atomic
def ask(record: models.Model, *, actor, wanted: str, reason: str) -> Correction:
    """Ask for one change of ``record``, whose year is closed. Raises ``DomainError`` where it is not, or asked for already."""
    year, unit = year_of(record), record.unit
    if year is None or not closed_years.is_closed(unit, year):
        raise DomainError(_("The year of this record is not closed; change it as usual."), code="not_closed")
    key = closed_years.key_of(record)
    if Correction.objects.waiting().filter(record=key).exists():
        raise Conflict(_("A correction of this record waits for its decision already."))
    asked = Correction.objects.create(
        city_id=unit.path_ids[0],
        unit=unit,
        year=year,
        record=key,
        title=str(record)[:500],
        url=record.get_absolute_url(),
        wanted=wanted,
        reason=reason,
        asked_by=actor,
    )
    log.record(
        "statistics.ask_correction", actor=actor, target=asked, unit=unit, data={"year": year, "record": key}
    )
    notices.tell_asked(asked)
    return asked


def approve(correction: Correction, *, actor, answer: str = "") -> Correction:
    """Let the record be changed once. Raises ``Conflict`` where it was decided; ``NotAllowed`` on one's own."""
    return _decide(correction, CorrectionState.APPROVED, actor, answer)


def decline(correction: Correction, *, actor, answer: str) -> Correction:
    """Refuse, with words. Raises as ``approve`` does, and ``DomainError`` at ``answer`` without words."""
    if not answer.strip():
        raise DomainError(code="words_needed", fields={"answer": [_("Say why it is declined.")]})
    return _decide(correction, CorrectionState.DECLINED, actor, answer)


@transaction.atomic
def _decide(correction: Correction, state: CorrectionState, actor, answer: str) -> Correction:
    locked = (
        Correction.objects.select_for_update(of=["self"]).select_related("unit", "city").get(pk=correction.pk)
    )
    if locked.state != CorrectionState.ASKED:
        raise Conflict(_("This was decided already: %(state)s.") % {"state": locked.get_state_display()})
    if locked.asked_by_id == actor.pk:
        raise NotAllowed(_("You asked for this yourself: somebody else has to decide on it."))
    if state == CorrectionState.APPROVED:
        locked.permit = closed_years.grant(locked.unit, locked.year, locked.record)
    locked.state, locked.decided_by, locked.decided_at = state, actor, timezone.now()
    locked.answer = answer.strip()
    locked.save(update_fields=["state", "decided_by", "decided_at", "answer", "permit"])
    act = (
        "statistics.approve_correction"
        if state == CorrectionState.APPROVED
        else "statistics.decline_correction"
    )
    log.record(
        act, actor=actor, target=locked, unit=locked.unit, data={"year": locked.year, "record": locked.record}
    )
    notices.tell_decided(locked)
    return locked
