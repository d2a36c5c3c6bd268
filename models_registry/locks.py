"""One registration, one writer at a time: lock the row, then compare it with what the writer saw."""

from django.utils import timezone
from django.utils.translation import gettext as _

from mobilization.core.errors import Conflict
from models_registry.models import Registration


def lock(registration: Registration) -> Registration:
    """Return ``registration`` as it stands now, locked until the transaction ends, with unit, campaign and model.

    Raises ``Conflict`` when the draft was thrown away meanwhile.
    """
    rows = Registration.objects.select_related("unit__heir", "campaign", "model").select_for_update(
        of=("self",)
    )
    try:
        locked = rows.get(pk=registration.pk)
    except Registration.DoesNotExist:
        raise Conflict(_("This draft was thrown away meanwhile.")) from None
    _carry_rules(registration, locked)
    return locked


def _carry_rules(registration: Registration, locked: Registration) -> None:
    """Take over what was read for many rows at once; it is no part of the row. An act asks of its year anew."""
    for name in ("deciding_tiers", "year_is_closed"):
        if name in registration.__dict__:
            setattr(locked, name, getattr(registration, name))
    campaign = registration._state.fields_cache.get("campaign")
    if campaign is not None and "windows" in getattr(campaign, "_prefetched_objects_cache", {}):
        locked.campaign = campaign


def refuse_stale(locked: Registration, seen_version: int | None, *, actor) -> None:
    """Raise ``Conflict`` when ``locked`` is no longer the version that the actor saw; None asks for no comparison."""
    if seen_version is not None and seen_version != locked.version:
        raise Conflict(what_happened(locked, actor=actor))


def what_happened(locked: Registration, *, actor) -> str:
    """Return who did what to ``locked`` last, and when, as a sentence for ``actor``, who comes second."""
    step = locked.steps.select_related("actor").filter(version=locked.version).first()
    when = timezone.localtime(step.at if step else locked.changed_at).strftime("%d/%m/%Y %H:%M:%S")
    who = step.actor if step else locked.changed_by
    what = step.get_act_display() if step else _("Content changed")
    if who == actor:
        return _("You have acted on this already: “%(what)s”, %(when)s.") % {"what": what, "when": when}
    return _("%(who)s was here before you: “%(what)s”, %(when)s. Please look at it again before you act.") % {
        "who": who or _("The portal"),
        "what": what,
        "when": when,
    }
