"""The acts on an opinion, one page each."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dialogues.forms.dialogue import ReasonForm
from dialogues.forms.opinion import (
    AnswerForm,
    PassOnForm,
    PublicTextForm,
    ReopenForm,
    SpotAnswerForm,
    WordsForm,
)
from dialogues.models import Opinion
from dialogues.querysets import OpinionQuerySet
from dialogues.states import OpinionAct
from dialogues.transitions import charge
from dialogues.transitions import opinion as acts
from dialogues.views.acts import ActPage
from dialogues.views.opinions import (
    ACT_WORDS,
    NotedReadingMixin,
    act_permission,
    crumbs_to_opinions,
    note_reading,
)


class OpinionActPage(NotedReadingMixin, ActPage):
    """One act on one opinion."""

    permission_required = "dialogues.answer_opinion"

    def get_success_url(self, obj: Opinion, result: Any) -> str:
        """Lead back to the opinion; to the list where it has left the actor's sight."""
        if Opinion.objects.visible_to(self.request.user).filter(pk=obj.pk).exists():
            return obj.get_absolute_url()
        return reverse("dialogues:opinions")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Act; a form that is shown again is a reading like any."""
        response = super().post(request, *args, **kwargs)
        if not 300 <= response.status_code < 400:  # noqa: PLR2004 -- anything but leading on
            note_reading(self.object, request.user)
        return response

    def get_queryset(self) -> OpinionQuerySet:
        """Return the opinions one may read."""
        return Opinion.objects.visible_to(self.request.user).select_related(
            "dialogue__unit", "unit_in_charge"
        )

    def crumbs(self, obj: Opinion) -> list[tuple[str, str]]:
        """Return the way to the opinion."""
        return [*crumbs_to_opinions(self.request.user, obj), (str(obj), obj.get_absolute_url())]


def _last_answer(opinion: Opinion) -> dict[str, Any]:
    return {
        "answer": opinion.answer,
        "answer_document": opinion.answer_document,
        "answered_on": timezone.localdate(),
    }


def _public_words(opinion: Opinion) -> dict[str, Any]:
    # What was recorded is offered, to be gone through on purpose before anybody reads it.
    return {
        "matter": opinion.matter,
        "public_text": opinion.public_text or opinion.text,
        "public_answer": opinion.public_answer or opinion.answer,
    }


PAGES = {
    OpinionAct.ANSWER_ON_SPOT: OpinionActPage.of(
        acts.answer_on_spot,
        SpotAnswerForm,
        title=ACT_WORDS[OpinionAct.ANSWER_ON_SPOT],
        text=_("The chair answered at the conference itself."),
        success_message=_("The answer is recorded."),
    ),
    OpinionAct.TAKE_UP: OpinionActPage.of(
        acts.take_up,
        WordsForm,
        title=ACT_WORDS[OpinionAct.TAKE_UP],
        text=_("The unit in charge is dealing with it."),
        success_message=_("The opinion is being dealt with."),
    ),
    OpinionAct.ANSWER: OpinionActPage.of(
        acts.answer,
        AnswerForm,
        title=ACT_WORDS[OpinionAct.ANSWER],
        text=_("The matter stays open until it is resolved: answered is not solved."),
        success_message=_("The answer is recorded."),
        begin=_last_answer,
    ),
    OpinionAct.RESOLVE: OpinionActPage.of(
        acts.resolve,
        AnswerForm,
        title=ACT_WORDS[OpinionAct.RESOLVE],
        text=_("The matter is settled. Give the answer and its date."),
        success_message=_("The opinion is resolved."),
        begin=_last_answer,
    ),
    OpinionAct.REFER_OUTSIDE: OpinionActPage.of(
        acts.refer_outside,
        ReasonForm,
        title=ACT_WORDS[OpinionAct.REFER_OUTSIDE],
        text=_("Neither this unit nor those below it can decide the matter. Say who can."),
        success_message=_("The opinion is recorded as outside competence."),
    ),
    OpinionAct.NOT_ACCEPT: OpinionActPage.of(
        acts.not_accept,
        ReasonForm,
        title=ACT_WORDS[OpinionAct.NOT_ACCEPT],
        text=_("The opinion is not accepted. Say why."),
        success_message=_("The opinion is recorded as not accepted."),
    ),
    OpinionAct.PASS_ON: OpinionActPage.of(
        charge.pass_on,
        PassOnForm,
        permission_required=act_permission(OpinionAct.PASS_ON),
        title=ACT_WORDS[OpinionAct.PASS_ON],
        text=_("Another unit takes charge; it is told at once. That it was yours stays in the history."),
        success_message=_("The opinion is passed on."),
    ),
    OpinionAct.ASK_REOPEN: OpinionActPage.of(
        charge.ask_reopen,
        ReasonForm,
        permission_required=act_permission(OpinionAct.ASK_REOPEN),
        title=ACT_WORDS[OpinionAct.ASK_REOPEN],
        text=_("The unit that recorded the opinion decides; until then it stays closed."),
        success_message=_("The unit that recorded the opinion was asked."),
    ),
    OpinionAct.REOPEN: OpinionActPage.of(
        acts.reopen,
        ReopenForm,
        permission_required=act_permission(OpinionAct.REOPEN),
        title=ACT_WORDS[OpinionAct.REOPEN],
        text=_("The opinion becomes open again; that it was closed before stays visible."),
        success_message=_("The opinion is open again."),
    ),
    OpinionAct.PUBLISH_TEXT: OpinionActPage.of(
        acts.publish_text,
        PublicTextForm,
        permission_required="dialogues.publish_opinion",
        title=pgettext_lazy("act on an opinion", "Publish the opinion"),
        text=_("This text will be public once the results of the dialogue are published. Name nobody in it."),
        success_message=_("The public text is saved."),
        begin=_public_words,
    ),
    OpinionAct.WITHDRAW_TEXT: OpinionActPage.of(
        acts.withdraw_text,
        ReasonForm,
        permission_required="dialogues.publish_opinion",
        title=pgettext_lazy("act on an opinion", "Withdraw the public text"),
        text=_("The public will no longer see this opinion. Its public text is kept for staff."),
        success_message=_("The public text is withdrawn."),
        danger=True,
    ),
}
