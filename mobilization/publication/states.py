"""What can be decided quietly, to be announced later."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from models_registry.states import Act as RegistryAct


class Act(TextChoices):
    """What a pending decision will do when it is published; the codes are those of the registry's acts."""

    RECOGNISE = RegistryAct.RECOGNISE.value, _("Recognise")
    REFUSE = RegistryAct.REFUSE.value, _("Do not recognise")
    ACCEPT_PROPOSAL = RegistryAct.ACCEPT_PROPOSAL.value, _("Recognise at the level proposed")
    DECLINE_PROPOSAL = RegistryAct.DECLINE_PROPOSAL.value, _("Decline the proposal")

    @property
    def in_registry(self) -> RegistryAct:
        """Return the act of the registry's workflow."""
        return RegistryAct(self.value)

    @property
    def recognises(self) -> bool:
        """Tell whether this act leaves a recognition behind."""
        return self in {Act.RECOGNISE, Act.ACCEPT_PROPOSAL}
