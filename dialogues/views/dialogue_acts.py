"""The acts on a dialogue, one page each."""

from typing import Any

from django.utils.translation import gettext_lazy

from dialogues.forms.dialogue import AnnounceForm, HoldForm, PublishForm, ReasonForm
from dialogues.models import Dialogue
from dialogues.querysets import DialogueQuerySet
from dialogues.states import Act
from dialogues.transitions import dialogue as acts
from dialogues.views.acts import ActPage, facts
from dialogues.views.dialogues import ACT_PERMISSIONS, ACT_WORDS, crumbs_to


class DialogueActPage(ActPage):
    """One act on one dialogue."""

    def get_queryset(self) -> DialogueQuerySet:
        """Return the dialogues one may read."""
        return Dialogue.objects.visible_to(self.request.user).select_related("unit")

    def crumbs(self, obj: Dialogue) -> list[tuple[str, str]]:
        """Return the way to the dialogue."""
        return crumbs_to(obj)


class AnnounceView(DialogueActPage):
    """Tell that the notice went out."""

    permission_required = ACT_PERMISSIONS[Act.ANNOUNCE]
    form_class = AnnounceForm
    title = ACT_WORDS[Act.ANNOUNCE]
    text = gettext_lazy(
        "Time, place and content have been made known to the people, as a rule 7 days before."
    )
    success_message = gettext_lazy("The dialogue is announced.")

    def act(self, obj: Dialogue, form: AnnounceForm) -> Dialogue:
        """Announce."""
        return acts.announce(obj, actor=self.request.user, **facts(form))


class HoldView(DialogueActPage):
    """Tell that it took place."""

    permission_required = ACT_PERMISSIONS[Act.HOLD]
    form_class = HoldForm
    title = ACT_WORDS[Act.HOLD]
    text = gettext_lazy("The dialogue took place. From here on the statistics count it.")
    success_message = gettext_lazy("The dialogue is recorded as held.")

    def get_initial(self, obj: Dialogue) -> dict[str, Any]:
        """Begin with what is known."""
        return super().get_initial(obj) | {"attending": obj.attending, "spoke": obj.spoke}

    def act(self, obj: Dialogue, form: HoldForm) -> Dialogue:
        """Hold."""
        return acts.hold(obj, actor=self.request.user, **facts(form))


class PublishView(DialogueActPage):
    """Publish the results."""

    permission_required = ACT_PERMISSIONS[Act.PUBLISH]
    form_class = PublishForm
    title = ACT_WORDS[Act.PUBLISH]
    text = gettext_lazy(
        "The public will see the dialogue with its figures, and the opinions that have a public text."
    )
    success_message = gettext_lazy("The results are published.")

    def get_initial(self, obj: Dialogue) -> dict[str, Any]:
        """Begin with what is known."""
        known = {"conclusion_number": obj.conclusion_number, "conclusion_date": obj.conclusion_date}
        return super().get_initial(obj) | known

    def act(self, obj: Dialogue, form: PublishForm) -> Dialogue:
        """Publish."""
        return acts.publish(obj, actor=self.request.user, **facts(form))


class CancelView(DialogueActPage):
    """Call it off."""

    permission_required = ACT_PERMISSIONS[Act.CANCEL]
    form_class = ReasonForm
    title = ACT_WORDS[Act.CANCEL]
    text = gettext_lazy(
        "The dialogue will not take place. It stays readable, with the reason, and cannot be taken up again."
    )
    success_message = gettext_lazy("The dialogue is cancelled.")
    danger = True

    def act(self, obj: Dialogue, form: ReasonForm) -> Dialogue:
        """Cancel."""
        return acts.cancel(obj, actor=self.request.user, **facts(form))
