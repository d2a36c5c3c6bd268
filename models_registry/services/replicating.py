"""A model made after another unit's: begun with what that one shows to everybody."""

from django.db import transaction
from django.utils.translation import gettext as _

from mobilization.core.errors import DomainError
from mobilization.units.models import Unit
from models_registry.lineage import latest_published
from models_registry.models import CARRIED_FIELDS, Campaign, Registration, SkilledModel
from models_registry.services.drafts import start_registration
from models_registry.states import Novelty, State


def replicate(model: SkilledModel, unit: Unit, campaign: Campaign, *, actor) -> Registration:
    """Return a draft of ``unit`` made after ``model``, with the title kept and the published content as a suggestion.

    The other unit's place, people and figures are not carried. Asked twice, it returns the draft that is there. Raises
    ``DomainError`` for the unit's own model, which is continued instead, and for one that is not published.
    """
    with transaction.atomic():
        source = (
            SkilledModel.objects.select_related("unit__heir").select_for_update(of=("self",)).get(pk=model.pk)
        )
        latest = latest_published(source)
        if latest is None:
            raise DomainError(_("This model is not published."), code="unpublished")
        if latest.unit.heir_id == unit.heir_id:
            raise DomainError(
                _("This is a model of your own unit: continue it instead of replicating it."),
                code="own_model",
            )
        begun = Registration.objects.filter(
            unit=unit, campaign=campaign, model__replicated_from=source, state=State.DRAFT
        ).first()
        if begun is not None:
            return begun
        carried = {name: getattr(latest, name) for name in CARRIED_FIELDS}
        return start_registration(
            unit, campaign, carried | {"novelty": Novelty.NEW}, actor=actor, replicated_from=source
        )
