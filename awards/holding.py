"""Registrations that somebody proposes or awards at this moment: nobody else does, until that is done."""

from collections.abc import Iterable

from models_registry.models import Registration


def hold(registrations: Iterable[int | None]) -> None:
    """Let nobody else propose or award these until the transaction ends; in one order, so that nobody waits for ever."""
    rows = Registration.objects.select_for_update(of=["self"], no_key=True).order_by("pk")
    list(rows.filter(pk__in={pk for pk in registrations if pk}).values_list("pk"))
