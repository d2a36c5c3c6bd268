"""What one sent, and where it stands."""

from mobilization.accounts.models import User
from models_registry.models import Registration
from models_registry.querysets import RegistrationQuerySet

SHOWN = 5


def sent_by(user: User) -> RegistrationQuerySet:
    """Return what ``user`` typed or submitted himself and still reads, once it was handed in."""
    return Registration.objects.visible_to(user).typed_by(user).exclude(submitted_at=None)


def last_sent_by(user: User) -> list[Registration]:
    """Return the last changed of them, with what a line shows."""
    return list(sent_by(user).select_related("unit").only(*_LINE).order_by("-changed_at", "-pk")[:SHOWN])


_LINE = ("id", "title", "state", "state_since", "unit__full_name")
