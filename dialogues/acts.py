"""What the acts on dialogues and opinions read like in the log."""

from django.utils.translation import gettext_lazy as _

from dialogues.states import Act, OpinionAct
from mobilization.audit import acts

DIALOGUE_ACTS = {
    **{f"dialogue.{act.value}": act.label for act in Act},
    "dialogue.attach": _("File added"),
    "dialogue.detach": _("File taken away"),
    "dialogue.export": _("Dialogues exported"),
}
OPINION_ACTS = {
    **{f"opinion.{act.value}": act.label for act in OpinionAct},
    "opinion.export": _("Opinions exported"),
    "opinion.read_sensitive": _("Sensitive opinion read"),
    "opinion.attach": _("Document of the answer added"),
}
PARTICULARS = {"changed": _("Changed")}


def register() -> None:
    """Tell the log."""
    acts.register("dialogue", _("Dialogues"), DIALOGUE_ACTS, PARTICULARS)
    acts.register("opinion", _("Opinions"), OPINION_ACTS, PARTICULARS)
