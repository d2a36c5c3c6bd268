"""Acts for tests."""

from mobilization.audit import log
from mobilization.audit.models import AuditEntry
from tests.accounts.factories import UserFactory


def act(code: str = "registration.accept", *, actor=None, target=None, **rest) -> AuditEntry:
    """Record one act of ``actor`` (a new user without one) on ``target`` (the actor without one)."""
    actor = actor or UserFactory()
    return log.record(code, actor=actor, target=target or actor, **rest)
