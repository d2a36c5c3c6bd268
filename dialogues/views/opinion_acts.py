"""The acts on an opinion, one page each."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy, pgettext_lazy

from dialogues.forms.dialogue import ReasonForm
from dialogues.forms.opinion import AnswerForm, PublicTextForm, ReopenForm, SpotAnswerForm, WordsForm
from dialogues.models import Opinion
from dialogues.querysets import OpinionQuerySet
from dialogues.states import OpinionAct
from dialogues.transitions import opinion as acts
from dialogues.views.acts import ActPage, facts
from dialogues.views.opinions import ACT_WORDS, crumbs_to_opinions


class OpinionActPage(ActPage):
    """One act on one opinion: ``transition`` with what its form takes."""

    permission_required = "dialogues.answer_opinion"
    transition: Any = None

    def get_queryset(self) -> OpinionQuerySet:
        """Return the opinions one may read."""
        return Opinion.objects.visible_to(self.request.user).select_related(
            "dialogue__unit", "unit_in_charge"
        )

    def act(self, obj: Opinion, form: Any) -> Opinion:
        """Carry out the transition."""
        return self.transition(obj, actor=self.request.user, **facts(form))

    def crumbs(self, obj: Opinion) -> list[tuple[str, str]]:
        """Return the way to the opinion."""
        return [*crumbs_to_opinions(self.request.user, obj), (str(obj), obj.get_absolute_url())]


class AnswerOnSpotView(OpinionActPage):
    """Answered at the conference."""

    form_class = SpotAnswerForm
    transition = staticmethod(acts.answer_on_spot)
    title = ACT_WORDS[OpinionAct.ANSWER_ON_SPOT]
    text = gettext_lazy("The chair answered at the conference itself.")
    success_message = gettext_lazy("The answer is recorded.")


class TakeUpView(OpinionActPage):
    """Taken up by the unit in charge."""

    form_class = WordsForm
    transition = staticmethod(acts.take_up)
    title = ACT_WORDS[OpinionAct.TAKE_UP]
    text = gettext_lazy("The unit in charge is dealing with it.")
    success_message = gettext_lazy("The opinion is being dealt with.")


class AnswerView(OpinionActPage):
    """Answered, not settled."""

    form_class = AnswerForm
    transition = staticmethod(acts.answer)
    title = ACT_WORDS[OpinionAct.ANSWER]
    text = gettext_lazy("The matter stays open until it is resolved: answered is not solved.")
    success_message = gettext_lazy("The answer is recorded.")

    def get_initial(self, obj: Opinion) -> dict[str, Any]:
        """Begin with the answer given before, if any."""
        known = {
            "answer": obj.answer,
            "answer_document": obj.answer_document,
            "answered_on": timezone.localdate(),
        }
        return super().get_initial(obj) | known


class ResolveView(AnswerView):
    """Settled."""

    transition = staticmethod(acts.resolve)
    title = ACT_WORDS[OpinionAct.RESOLVE]
    text = gettext_lazy("The matter is settled. Give the answer and its date.")
    success_message = gettext_lazy("The opinion is resolved.")


class ReferOutsideView(OpinionActPage):
    """Somebody else's to decide."""

    form_class = ReasonForm
    transition = staticmethod(acts.refer_outside)
    title = ACT_WORDS[OpinionAct.REFER_OUTSIDE]
    text = gettext_lazy("Neither this unit nor those below it can decide the matter. Say who can.")
    success_message = gettext_lazy("The opinion is recorded as outside competence.")


class NotAcceptView(OpinionActPage):
    """Not accepted."""

    form_class = ReasonForm
    transition = staticmethod(acts.not_accept)
    title = ACT_WORDS[OpinionAct.NOT_ACCEPT]
    text = gettext_lazy("The opinion is not accepted. Say why.")
    success_message = gettext_lazy("The opinion is recorded as not accepted.")


class ReopenView(OpinionActPage):
    """Opened again."""

    form_class = ReopenForm
    transition = staticmethod(acts.reopen)
    title = ACT_WORDS[OpinionAct.REOPEN]
    text = gettext_lazy("The opinion becomes open again; that it was closed before stays visible.")
    success_message = gettext_lazy("The opinion is open again.")


class PublishTextView(OpinionActPage):
    """Shown to the public."""

    permission_required = "dialogues.publish_opinion"
    form_class = PublicTextForm
    transition = staticmethod(acts.publish_text)
    title = pgettext_lazy("act on an opinion", "Publish the opinion")
    text = gettext_lazy(
        "This text will be public once the results of the dialogue are published. Name nobody in it."
    )
    success_message = gettext_lazy("The public text is saved.")

    def get_initial(self, obj: Opinion) -> dict[str, Any]:
        """Begin with the public text of before, else with what was recorded, to be gone through on purpose."""
        public = {
            "public_text": obj.public_text or obj.text,
            "public_answer": obj.public_answer or obj.answer,
        }
        return super().get_initial(obj) | public


class WithdrawTextView(OpinionActPage):
    """Taken back from the public."""

    permission_required = "dialogues.publish_opinion"
    form_class = ReasonForm
    transition = staticmethod(acts.withdraw_text)
    title = pgettext_lazy("act on an opinion", "Withdraw the public text")
    text = gettext_lazy("The public will no longer see this opinion. Its public text is kept for staff.")
    success_message = gettext_lazy("The public text is withdrawn.")
    danger = True
