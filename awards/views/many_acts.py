"""The kinds of acts on many nominations: what each says, what it takes, to which rows it can be done."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from django.forms import BaseForm
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from awards import dossier
from awards.forms.judging import ApproveForm, DrawForm, PaperForm
from awards.forms.nominations import ReasonForm
from awards.models import Nomination
from awards.nominating import drawing, judging, proposing
from awards.nominating.moving import Outcome, Row
from awards.states import JUDGING, NOMINATION_MOVES, NominationAct
from awards.warnings import Told, warnings_of
from mobilization.core.forms import PortalForm


@dataclass
class Preview:
    """What an act would do to the rows as they stand; ``warned`` are the sentences by the code of their warning."""

    will: list[Nomination] = field(default_factory=list)
    cannot: list[tuple[Nomination, str]] = field(default_factory=list)
    warned: dict[str, list[tuple[Nomination, str]]] = field(default_factory=dict)

    def reasons(self) -> list[tuple[str, int]]:
        """Return why rows are left out, the most frequent first."""
        return Counter(reason for _row, reason in self.cannot).most_common(8)


@dataclass(frozen=True)
class ManyAct:
    """One kind of act on many nominations; ``run`` does it and returns the outcome and where to go on."""

    code: str
    button: str | Promise
    says: str | Promise
    perm: str
    form: Callable[..., BaseForm]
    run: Callable[[Sequence[Row], BaseForm, HttpRequest], tuple[Outcome, str]]
    act: NominationAct | None = None
    """The move, where it is one; its states and facts are told beforehand."""


def preview(rows: Sequence[Nomination], act: ManyAct, user) -> Preview:
    """Tell what ``act`` would do to ``rows`` in the hands of ``user``."""
    shown = Preview()
    warnings = warnings_of(rows) if act.act in (NominationAct.APPROVE, NominationAct.DRAW) else {}
    for row in rows:
        reason = _against(row, act, user, warnings.get(row.pk, ()))
        if reason:
            shown.cannot.append((row, reason))
            continue
        shown.will.append(row)
        if act.act == NominationAct.APPROVE:
            for told in warnings[row.pk]:
                shown.warned.setdefault(str(told.code), []).append((row, told.sentence))
    return shown


def _against(row: Nomination, act: ManyAct, user, warnings: Sequence[Told]) -> str:
    """Return why ``act`` cannot be done to ``row``; empty where it can."""
    if act.act is None:
        return "" if user.has_perm(act.perm, row) else _("This is not decided at your level.")
    if row.state not in NOMINATION_MOVES[act.act]:
        return _("This nomination stands at “%(state)s”.") % {"state": row.get_state_display()}
    if act.act in JUDGING and user.pk in (row.typed_by_id, row.submitted_by_id):
        return _("You typed or submitted this nomination. Somebody else has to decide on it.")
    if not user.has_perm(f"awards.{act.act}_nomination", row):
        return _("This is not decided at your level.")
    return next((told.sentence for told in warnings if told.blocks), "")


def _submit(rows, form, request) -> tuple[Outcome, str]:
    return proposing.submit_many(rows, actor=request.user), ""


def _withdraw(rows, form, request) -> tuple[Outcome, str]:
    return proposing.withdraw_many(rows, actor=request.user, reason=form.cleaned_data["reason"]), ""


def _return(rows, form, request) -> tuple[Outcome, str]:
    return judging.return_many(rows, actor=request.user, reason=form.cleaned_data["reason"]), ""


def _approve(rows, form, request) -> tuple[Outcome, str]:
    return judging.approve_many(rows, actor=request.user, words=form.words()), ""


def _decline(rows, form, request) -> tuple[Outcome, str]:
    return judging.decline_many(rows, actor=request.user, reason=form.cleaned_data["reason"]), ""


def _draw(rows, form, request) -> tuple[Outcome, str]:
    words = form.cleaned_data
    drawn = drawing.draw(rows, actor=request.user, title=words["title"], into=words["into"])
    if len(drawn.decisions) == 1:
        return drawn.outcome, drawn.decisions[0].get_absolute_url()
    return drawn.outcome, reverse("awards:list") + "?state=draft" if drawn.decisions else ""


def _attach(rows, form, request) -> tuple[Outcome, str]:
    seen = Nomination.objects.visible_to(request.user).filter(pk__in=[pk for pk, _version in rows])
    found = list(seen.order_by("pk"))
    dossier.attach(found, form.cleaned_data["file"], form.cleaned_data["part"], actor=request.user)
    return Outcome(done=found), ""


_PREPARE, _JUDGE, _DRAFT = "awards.prepare_nominations", "awards.judge_nominations", "awards.draft_decision"
_LIST = [
    ManyAct(
        "submit",
        gettext_lazy("Submit"),
        gettext_lazy("Goes to the body that grants; from then on others examine and decide."),
        _PREPARE,
        PortalForm,
        _submit,
        NominationAct.SUBMIT,
    ),
    ManyAct(
        "attach",
        gettext_lazy("Add a signed paper"),
        gettext_lazy(
            "One file, such as a submission letter or minutes, is kept with each of these nominations."
        ),
        "awards.attach_paper",
        PaperForm,
        _attach,
    ),
    ManyAct(
        "return",
        gettext_lazy("Return for completion"),
        gettext_lazy("Goes back to whoever proposed it, with the reason; votes no longer count."),
        _JUDGE,
        ReasonForm,
        _return,
        NominationAct.RETURN,
    ),
    ManyAct(
        "approve",
        gettext_lazy("Approve"),
        gettext_lazy("Approved nominations can be put into a decision."),
        _JUDGE,
        ApproveForm,
        _approve,
        NominationAct.APPROVE,
    ),
    ManyAct(
        "decline",
        gettext_lazy("Decline"),
        gettext_lazy("Nothing comes of these nominations; whoever submitted them reads the reason."),
        _JUDGE,
        ReasonForm,
        _decline,
        NominationAct.DECLINE,
    ),
    ManyAct(
        "draw",
        gettext_lazy("Put into a decision"),
        gettext_lazy(
            "Makes a draft decision for each granting unit and tier; number, date and signer are typed there."
        ),
        _DRAFT,
        DrawForm,
        _draw,
        NominationAct.DRAW,
    ),
    ManyAct(
        "withdraw",
        gettext_lazy("Withdraw"),
        gettext_lazy("Takes back what nobody has examined yet."),
        _PREPARE,
        ReasonForm,
        _withdraw,
        NominationAct.WITHDRAW,
    ),
]
ACTS = {act.code: act for act in _LIST}
