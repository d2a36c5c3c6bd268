"""The acts on a dialogue, one page each."""

from django.utils.translation import gettext_lazy as _

from dialogues.forms.dialogue import AnnounceForm, HoldForm, PublishForm, ReasonForm
from dialogues.models import Dialogue
from dialogues.querysets import DialogueQuerySet
from dialogues.states import Act
from dialogues.transitions import dialogue as acts
from dialogues.views.acts import ActPage
from dialogues.views.dialogues import ACT_PERMISSIONS, ACT_WORDS, crumbs_to


class DialogueActPage(ActPage):
    """One act on one dialogue."""

    def get_queryset(self) -> DialogueQuerySet:
        """Return the dialogues one may read."""
        return Dialogue.objects.visible_to(self.request.user).select_related("unit")

    def crumbs(self, obj: Dialogue) -> list[tuple[str, str]]:
        """Return the way to the dialogue."""
        return crumbs_to(obj)


def _named(act: Act) -> dict:
    return {"title": ACT_WORDS[act], "permission_required": ACT_PERMISSIONS[act]}


PAGES = {
    Act.ANNOUNCE: DialogueActPage.of(
        acts.announce,
        AnnounceForm,
        **_named(Act.ANNOUNCE),
        text=_("Time, place and content have been made known to the people, as a rule 7 days before."),
        success_message=_("The dialogue is announced."),
    ),
    Act.HOLD: DialogueActPage.of(
        acts.hold,
        HoldForm,
        **_named(Act.HOLD),
        text=_("The dialogue took place. From here on the statistics count it."),
        success_message=_("The dialogue is recorded as held."),
        begin=lambda dialogue: {"attending": dialogue.attending, "spoke": dialogue.spoke},
    ),
    Act.PUBLISH: DialogueActPage.of(
        acts.publish,
        PublishForm,
        **_named(Act.PUBLISH),
        text=_(
            "The public will see the dialogue with its figures, and the opinions that have a public text."
        ),
        success_message=_("The results are published."),
        begin=lambda dialogue: {
            "conclusion_number": dialogue.conclusion_number,
            "conclusion_date": dialogue.conclusion_date,
        },
    ),
    Act.CANCEL: DialogueActPage.of(
        acts.cancel,
        ReasonForm,
        **_named(Act.CANCEL),
        text=_(
            "The dialogue will not take place. It stays readable, with the reason, and cannot be taken up again."
        ),
        success_message=_("The dialogue is cancelled."),
        danger=True,
    ),
}
