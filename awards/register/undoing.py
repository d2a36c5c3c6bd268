"""Taking a loaded register out again, as long as nobody has worked with what it brought."""

import pgtrigger
from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from awards.linking import drop_unused
from awards.models import Award, Decision, Handover, Nomination, RegisterBatch, RegisterRow
from awards.states import DecisionState
from dialogues.models import Dialogue, DialogueStep, Opinion
from mobilization.audit import log
from mobilization.core.errors import Conflict
from mobilization.units import closed_years
from models_registry.models import (
    Attachment,
    Campaign,
    Proposal,
    Recognition,
    Registration,
    ReviewStep,
    SkilledModel,
)

_KEPT = ("models_registry.ReviewStep:append_only", "dialogues.DialogueStep:append_only")
"""Steps are never deleted, but for this."""


@closed_years.told()
@transaction.atomic
def undo(batch: RegisterBatch, *, actor) -> dict[str, int]:
    """Delete all that ``batch`` brought and return how many rows went, by sheet; the row history keeps them.

    Raises ``Conflict`` if it was undone already, or if anything of it was changed, continued, awarded or amended since;
    ``DomainError`` (``year_closed``) where its year was closed.
    """
    batch = RegisterBatch.objects.select_for_update().get(pk=batch.pk)
    if batch.undone_at is not None:
        raise Conflict(_("This batch was undone already."))
    registrations = Registration.objects.filter(pk__in=_ids(batch, "registration"))
    dialogues = Dialogue.objects.filter(pk__in=_ids(batch, "dialogue"))
    decisions = Decision.objects.filter(batch=batch)
    for rows in (decisions, registrations, dialogues):
        _hold(rows)
    _refuse_touched(_touched(registrations, batch), _("registrations"))
    _refuse_touched(_touched_dialogues(dialogues), _("dialogues"))
    _refuse_touched(_touched_decisions(decisions), _("decisions"))
    gone = batch.counts.get("rows", {})
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('awards.undo_batch', %s, true)", [str(batch.pk)])
    with pgtrigger.ignore(*_KEPT):
        _delete(batch, registrations, dialogues, decisions)
    batch.undone_at, batch.undone_by = timezone.now(), actor
    batch.save(update_fields=["undone_at", "undone_by"])
    log.record("register.undo", actor=actor, target=batch, data={"file": batch.file_name, "rows": gone})
    return gone


def _ids(batch: RegisterBatch, link: str) -> list[int]:
    rows = RegisterRow.objects.filter(batch=batch).exclude(**{link: None})
    return list(rows.values_list(f"{link}_id", flat=True))


def _hold(rows) -> None:
    """Let nobody work on them between the question whether somebody did and the end."""
    list(rows.order_by("pk").select_for_update(of=["self"]).values_list("pk"))


def _touched(registrations, batch: RegisterBatch):
    def of(model, **more):
        return Exists(model.objects.filter(registration=OuterRef("pk"), **more))

    awarded = Award.objects.filter(registration=OuterRef("pk")).exclude(decision__batch=batch)
    renewed = Registration.objects.filter(previous=OuterRef("pk")).exclude(pk__in=registrations.values("pk"))
    return registrations.filter(
        Q(version__gt=1)
        | of(ReviewStep, version__gt=1)
        | of(Attachment)
        | of(Proposal)
        | Exists(renewed)
        | Exists(awarded)
        | of(Nomination)
        | Exists(SkilledModel.objects.filter(replicated_from=OuterRef("model")))
    )


def _touched_dialogues(dialogues):
    opinions = Exists(Opinion.objects.filter(dialogue=OuterRef("pk")))
    attachments = Exists(Dialogue.attachments.rel.related_model.objects.filter(dialogue=OuterRef("pk")))
    awarded = Exists(Award.objects.filter(dialogue=OuterRef("pk")))
    nominated = Exists(Nomination.objects.filter(dialogue=OuterRef("pk")))
    return dialogues.filter(Q(version__gt=2) | opinions | attachments | awarded | nominated)


def _touched_decisions(decisions):
    amended = Exists(Decision.objects.filter(amends=OuterRef("pk")))
    handed_out = Exists(Handover.objects.filter(award__decision=OuterRef("pk")))
    return decisions.filter(~Q(state=DecisionState.ISSUED) | amended | handed_out)


def _refuse_touched(touched, what: str) -> None:
    count = touched.count()
    if count:
        raise Conflict(
            _("%(count)d %(what)s of this batch were worked on since; it cannot be undone.")
            % {"count": count, "what": what},
            code="touched",
        )


def _delete(batch: RegisterBatch, registrations, dialogues, decisions) -> None:
    models = list(registrations.order_by().values_list("model_id", flat=True).distinct())
    ids = list(registrations.values_list("pk", flat=True))
    RegisterRow.objects.filter(batch=batch).delete()
    recipients = list(
        Award.objects.filter(decision__in=decisions)
        .exclude(recipient=None)
        .values_list("recipient", flat=True)
    )
    decisions.delete()
    drop_unused(recipients)
    DialogueStep.objects.filter(dialogue__in=dialogues).delete()
    dialogues.delete()
    ReviewStep.objects.filter(registration__in=ids).delete()
    Recognition.objects.filter(registration__in=ids).delete()
    # The latest year first: each names the one before it.
    for year in registrations.order_by("-year").values_list("year", flat=True).distinct():
        Registration.objects.filter(pk__in=ids, year=year).delete()
    unused = SkilledModel.objects.filter(pk__in=models, registrations=None)
    unused.delete()
    # A campaign that somebody has worked on since stays: its windows and criteria would go with it.
    campaigns = Campaign.objects.filter(pk__in=batch.counts.get("campaigns", []), version=1)
    campaigns.filter(registrations=None, council_sessions=None).delete()
