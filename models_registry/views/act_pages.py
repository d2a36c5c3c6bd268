"""Every act of the workflow as its page shows it: the button's word, what it will do, what it did, what it asks for."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.forms import BaseForm
from django.utils.translation import gettext_lazy as _

from models_registry import services, transitions
from models_registry.forms import acts as forms
from models_registry.forms.filing import writable_steps
from models_registry.models import Registration
from models_registry.states import Act

Call = Callable[[Registration, BaseForm | None, dict[str, Any]], Any]


@dataclass(frozen=True)
class ActPage:
    """How an act is shown and carried out."""

    button: Any
    """The act's own word, on its button."""
    says: Any
    """What will happen, in a sentence."""
    done: Any
    """What has happened, in a sentence."""
    call: Call
    form: type[BaseForm] | None = None
    danger: bool = False
    main: bool = False


def _plain(transition: Callable) -> Call:
    return lambda obj, _form, who: transition(obj, **who)


def _handing_in(transition: Callable) -> Call:
    return lambda obj, _form, who: services.hand_in(transition, obj, steps=writable_steps(obj), **who)


def _with_words(transition: Callable) -> Call:
    return lambda obj, form, who: transition(obj, **form.cleaned_data, **who)


def _with_remarks(transition: Callable) -> Call:
    return lambda obj, form, who: transition(
        obj,
        reason=form.whole_reason(),
        due_on=form.cleaned_data["due_on"],
        remarks=form.remarks(),
        **who,
    )


PAGES: dict[Act, ActPage] = {
    Act.SUBMIT: ActPage(
        _("Submit"),
        _("The registration goes to the reviewer. Until it comes back you can read it but not change it."),
        _("The registration is submitted."),
        _handing_in(transitions.submit),
        main=True,
    ),
    Act.RESUBMIT: ActPage(
        _("Submit again"),
        _("The registration goes back to the reviewer who returned it, with what you changed marked."),
        _("The registration is submitted again."),
        _handing_in(transitions.resubmit),
        main=True,
    ),
    Act.WITHDRAW: ActPage(
        _("Withdraw"),
        _(
            "The registration leaves this year's campaign. It stays readable; the model can be registered again."
        ),
        _("The registration is withdrawn."),
        _with_words(transitions.withdraw),
        forms.WithdrawForm,
        danger=True,
    ),
    Act.ACCEPT: ActPage(
        _("Accept"),
        _("The model comes onto the list of the campaign and is shown to the public."),
        _("The registration is accepted."),
        _plain(transitions.accept),
        main=True,
    ),
    Act.RETURN: ActPage(
        _("Return for completion"),
        _("The unit gets it back with your reason and your remarks, mends it, and it comes back to you."),
        _("The registration is returned to the unit."),
        _with_remarks(transitions.return_),
        forms.ReturnForm,
    ),
    Act.DECLINE: ActPage(
        _("Decline"),
        _("The registration ends here for this year. The unit reads your reason."),
        _("The registration is declined."),
        _with_words(transitions.decline),
        forms.ReasonForm,
        danger=True,
    ),
    Act.REPORT: ActPage(
        _("Report results"),
        _("The results go to the reviewer for appraisal."),
        _("The results are reported."),
        _handing_in(transitions.report),
        main=True,
    ),
    Act.RESUBMIT_REPORT: ActPage(
        _("Report again"),
        _("The report goes back to the reviewer who returned it, with what you changed marked."),
        _("The results are reported again."),
        _handing_in(transitions.resubmit_report),
        main=True,
    ),
    Act.RETURN_REPORT: ActPage(
        _("Return the report"),
        _("The unit gets the report back with your reason and your remarks."),
        _("The report is returned to the unit."),
        _with_remarks(transitions.return_report),
        forms.ReturnForm,
    ),
    Act.RECOGNISE: ActPage(
        _("Recognise"),
        _("The model is recognised at its level under the decision that you name. This is public at once."),
        _("The model is recognised."),
        _with_words(transitions.recognise),
        forms.RecogniseForm,
        main=True,
    ),
    Act.REFUSE: ActPage(
        _("Do not recognise"),
        _("The model is not recognised this year. The unit reads your reason."),
        _("The model is not recognised this year."),
        _with_words(transitions.refuse),
        forms.ReasonForm,
        danger=True,
    ),
    Act.PROPOSE: ActPage(
        _("Propose upward"),
        _("The level above is asked to recognise the model as well."),
        _("The model is proposed to the level above."),
        _with_words(transitions.propose),
        forms.ProposeForm,
    ),
    Act.ACCEPT_PROPOSAL: ActPage(
        _("Recognise at this level"),
        _("The model is recognised at your level too, under the decision that you name."),
        _("The model is recognised at this level too."),
        _with_words(transitions.accept_proposal),
        forms.RecogniseForm,
        main=True,
    ),
    Act.DECLINE_PROPOSAL: ActPage(
        _("Decline the proposal"),
        _("The model stays recognised below. Whoever proposed it reads your reason."),
        _("The proposal is declined."),
        _with_words(transitions.decline_proposal),
        forms.ReasonForm,
    ),
    Act.CONCLUDE: ActPage(
        _("Conclude the year"),
        _("Tells whether the model is replicated, maintained, strengthened or ended."),
        _("The outcome of the year is set."),
        _with_words(transitions.conclude),
        forms.ConcludeForm,
    ),
    Act.RENEW: ActPage(
        _("Continue next year"),
        _("Makes a draft of the same model for the next campaign, with its content carried over."),
        _("The draft for the next campaign is made."),
        _with_words(transitions.renew),
        forms.RenewForm,
    ),
}
