"""A decision that waits to be announced goes on to hold while nothing of its registration is changed."""

from mobilization.publication.models import PendingDecision
from models_registry import holding


def follow(registration_id: int, version: int, following: int) -> None:
    """Let the decision on ``version`` that is not announced yet be one on ``following``."""
    waiting = PendingDecision.objects.pending().filter(registration=registration_id, seen_version=version)
    waiting.update(seen_version=following)


holding.register("publication", follow)
