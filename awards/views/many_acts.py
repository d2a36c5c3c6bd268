"""The kinds of acts on many nominations: what each says, what it takes, to which rows it can be done."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from awards import dossier
from awards.forms.judging import ApproveForm, DrawForm, PaperForm
from awards.forms.nominations import ReasonForm
from awards.models import Decision, Nomination
from awards.nominating.many import Told
from awards.nominating.moving import Row
from awards.states import JUDGING, NOMINATION_MOVES, NominationAct
from awards.warnings import Told as Warned
from awards.warnings import warnings_of
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
    """One kind of act on many nominations: a move, whose states and facts are told beforehand, or what ``run`` does."""

    code: str
    button: str | Promise
    says: str | Promise
    perm: str
    form: Callable[..., BaseForm]
    act: NominationAct | None = None
    run: Callable[[Sequence[Row], BaseForm, HttpRequest], Told] | None = None


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


def _against(row: Nomination, act: ManyAct, user, warnings: Sequence[Warned]) -> str:
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


def words_of(form: BaseForm) -> dict[str, Any]:
    """Return what was typed as plain values, as a job keeps them; the form is valid."""
    if isinstance(form, ApproveForm):
        return {"about": form.words()}
    typed = {
        name: form.cleaned_data[name] for name in ("reason", "title", "into") if name in form.cleaned_data
    }
    return {name: value.pk if isinstance(value, Decision) else value for name, value in typed.items()}


def onward(told: Told) -> str:
    """Return where one goes on: to the drafts that were filled; empty where there are none."""
    if len(told.drafts) == 1:
        return next(iter(told.drafts.values())).get_absolute_url()
    return reverse("awards:list") + "?state=draft" if told.drafts else ""


def _attach(rows: Sequence[Row], form: BaseForm, request: HttpRequest) -> Told:
    seen = Nomination.objects.visible_to(request.user).filter(pk__in=[pk for pk, _version in rows])
    found = list(seen.order_by("pk"))
    dossier.attach(found, form.cleaned_data["file"], form.cleaned_data["part"], actor=request.user)
    return Told(done=[row.pk for row in found])


_PREPARE, _JUDGE, _DRAFT = "awards.prepare_nominations", "awards.judge_nominations", "awards.draft_decision"
_LIST = [
    ManyAct(
        "submit",
        gettext_lazy("Submit"),
        gettext_lazy("Goes to the body that grants; from then on others examine and decide."),
        _PREPARE,
        PortalForm,
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
        run=_attach,
    ),
    ManyAct(
        "return",
        gettext_lazy("Return for completion"),
        gettext_lazy("Goes back to whoever proposed it, with the reason; votes no longer count."),
        _JUDGE,
        ReasonForm,
        NominationAct.RETURN,
    ),
    ManyAct(
        "approve",
        gettext_lazy("Approve"),
        gettext_lazy("Approved nominations can be put into a decision."),
        _JUDGE,
        ApproveForm,
        NominationAct.APPROVE,
    ),
    ManyAct(
        "decline",
        gettext_lazy("Decline"),
        gettext_lazy("Nothing comes of these nominations; whoever submitted them reads the reason."),
        _JUDGE,
        ReasonForm,
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
        NominationAct.DRAW,
    ),
    ManyAct(
        "withdraw",
        gettext_lazy("Withdraw"),
        gettext_lazy("Takes back what nobody has examined yet."),
        _PREPARE,
        ReasonForm,
        NominationAct.WITHDRAW,
    ),
]
ACTS = {act.code: act for act in _LIST}
