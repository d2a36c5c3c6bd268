"""What became of a certificate: granted, corrected by a later one, revoked. Only of what was issued."""

from dataclasses import dataclass

from awards.models import Award, Decision
from awards.states import AwardState

LONGEST_CHAIN = 50


@dataclass(frozen=True)
class Event:
    """One thing that happened: ``act`` is "granted", "corrected" or "revoked", ``award`` what holds since."""

    act: str
    decision: Decision
    award: Award
    is_this: bool


def events_of(award: Award) -> list[Event]:
    """Return what happened to ``award``, to those that it corrects and to those that correct it, oldest first."""
    chain = [*reversed(_back(award)), award, *_onwards(award)]
    events = []
    for number, one in enumerate(chain):
        events.append(Event("corrected" if number else "granted", one.decision, one, one.pk == award.pk))
        if one.state == AwardState.REVOKED:
            events.append(Event("revoked", one.ended_by, one, is_this=False))
    return events


def _back(award: Award) -> list[Award]:
    found = []
    while award.corrects_id and len(found) < LONGEST_CHAIN:
        award = _read(Award.objects.filter(pk=award.corrects_id)).get()
        found.append(award)
    return found


def _onwards(award: Award) -> list[Award]:
    found = []
    while award.state == AwardState.CORRECTED and len(found) < LONGEST_CHAIN:
        award = _read(Award.objects.issued().filter(corrects=award)).order_by("pk").first()
        if award is None:
            break
        found.append(award)
    return found


def _read(awards):
    return awards.select_related("decision", "ended_by", "form", "unit").defer("search")
