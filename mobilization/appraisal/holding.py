"""What the council and its appraisers hold of a registration goes on while nothing of it is changed."""

from mobilization.appraisal.models import AgendaItem, Appraisal
from mobilization.appraisal.states import SessionState
from models_registry import holding


def follow(registration_id: int, version: int, following: int) -> None:
    """Let sheets, and items of sessions that are not closed, hold of ``following`` what they held of ``version``."""
    held = {"registration": registration_id, "seen_version": version}
    items = AgendaItem.objects.exclude(session__state=SessionState.CLOSED)
    for found in (Appraisal.objects, items):
        found.filter(**held).update(seen_version=following)


holding.register("appraisal", follow)
