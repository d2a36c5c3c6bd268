"""What one began, what one sent and where it stands, and the sequence in which the staff home tells what waits."""

from collections.abc import Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from mobilization.accounts.models import User
from mobilization.messaging.todos import Item, Waiting
from models_registry.models import Registration
from models_registry.querysets import RegistrationQuerySet

SHOWN = 5
DRAFTS = "registration.submit"
LAST_CHANGED_FIRST = ("-changed_at", "-pk")


def sent_by(user: User) -> RegistrationQuerySet:
    """Return what ``user`` typed or submitted himself and still reads, once it was handed in."""
    return Registration.objects.visible_to(user).typed_by(user).exclude(submitted_at=None)


def own_work(user: User) -> tuple[list[Registration], list[Registration]]:
    """Return the last changed of the drafts of ``user`` and of what he sent, with what a line shows: one statement."""
    drafts = Registration.objects.of_own_units(user).typed_by(user).drafts()
    last = [found.order_by(*LAST_CHANGED_FIRST).values("pk")[:SHOWN] for found in (drafts, sent_by(user))]
    found = Registration.objects.filter(pk__in=last[0].union(last[1], all=True))
    rows = list(found.select_related("unit__heir").only(*_LINE).order_by(*LAST_CHANGED_FIRST))
    return [row for row in rows if row.is_draft], [row for row in rows if not row.is_draft]


def own_first(groups: Sequence[Waiting], drafts: Sequence[Registration]) -> list[Waiting]:
    """Return ``groups`` with the one of the drafts on top where it holds own ``drafts``, and these on top of it."""
    begun = next((group for group in groups if group.todo.code == DRAFTS), None)
    if begun is None or not drafts:
        return list(groups)
    own = [
        Item(str(row), row.get_absolute_url(), row.unit, heir=row.unit.heir, act=_("Go on writing"))
        for row in drafts
    ]
    urls = {item.url for item in own}
    items = own + [item for item in begun.items if item.url not in urls]
    return [replace(begun, items=items), *(group for group in groups if group is not begun)]


_LINE = ("id", "title", "state", "state_since", "changed_at", "unit__full_name", "unit__heir__full_name")
