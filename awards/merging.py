"""Two recipients that are one: merged, and taken apart again. Names on awards stay as they were granted."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from awards.models import Award, Nomination, Recipient, RecipientMerge
from mobilization.audit import log
from mobilization.core.errors import Conflict, DomainError


@transaction.atomic
def merge(kept: Recipient, double: Recipient, *, actor, reason: str) -> RecipientMerge:
    """Give all awards and nominations of ``double`` to ``kept``; the double stays, and names the one that was kept.

    What moved is written down, so that ``unmerge`` can take it back. Raises ``DomainError`` without a reason, for two
    kinds (a person is no collective), or one and the same; ``Conflict`` where one was merged meanwhile.
    """
    if not reason.strip():
        raise DomainError(fields={"reason": [_("Give the reason.")]})
    kept, double = _both(kept, double)
    if kept.kind != double.kind:
        raise DomainError(_("Two kinds of recipient cannot be merged."), code="kind")
    awards = list(Award.objects.filter(recipient=double).values_list("pk", flat=True))
    nominations = list(Nomination.objects.filter(recipient=double).values_list("pk", flat=True))
    done = RecipientMerge.objects.create(
        kept=kept, double=double, awards=awards, nominations=nominations, reason=reason.strip(), actor=actor
    )
    Award.objects.filter(pk__in=awards).update(recipient=kept)
    Nomination.objects.filter(pk__in=nominations).update(recipient=kept)
    # Whatever was merged into the double before is found under the kept one at once.
    Recipient.objects.filter(merged_into=double).update(merged_into=kept)
    _point(double, kept)
    data = {"double": double.pk, "awards": len(awards), "nominations": len(nominations), "reason": reason}
    log.record("recipient.merge", actor=actor, target=kept, unit=kept.unit, data=data)
    return done


@transaction.atomic
def unmerge(done: RecipientMerge, *, actor) -> RecipientMerge:
    """Take a merging back: what had moved goes back to the double, which stands for itself again.

    Raises ``Conflict`` where it was taken back meanwhile, or the kept one was merged into another since.
    """
    done = RecipientMerge.objects.select_for_update(of=["self"]).get(pk=done.pk)
    if done.undone_at:
        raise Conflict(_("This merging was taken back already."))
    kept, double = _locked(done.kept_id, done.double_id)
    if kept.merged_into_id:
        raise Conflict(
            _("The recipient that was kept was merged into another one since. Take that back first.")
        )
    if Recipient.objects.standing().filter(
        kind=double.kind, unit=double.unit, note__iexact=double.note, folded_name=double.folded_name
    ):
        raise DomainError(_("The unit has another recipient of that name by now."), code="twice")
    earlier = RecipientMerge.objects.filter(kept=double, undone_at=None).values("double")
    Recipient.objects.filter(pk__in=earlier, merged_into=kept).update(merged_into=double)
    Award.objects.filter(pk__in=done.awards, recipient=kept).update(recipient=double)
    Nomination.objects.filter(pk__in=done.nominations, recipient=kept).update(recipient=double)
    _point(double, None)
    done.undone_at, done.undone_by = timezone.now(), actor
    done.save(update_fields=["undone_at", "undone_by"])
    data = {"double": double.pk, "awards": len(done.awards), "nominations": len(done.nominations)}
    log.record("recipient.unmerge", actor=actor, target=kept, unit=kept.unit, data=data)
    return done


def _both(kept: Recipient, double: Recipient) -> tuple[Recipient, Recipient]:
    if kept.pk == double.pk:
        raise DomainError(_("These are one and the same already."), code="same")
    kept, double = _locked(kept.pk, double.pk)
    if kept.merged_into_id or double.merged_into_id:
        raise Conflict(_("One of the two was merged meanwhile."))
    return kept, double


def _locked(*pks: int) -> list[Recipient]:
    rows = Recipient.objects.select_for_update(of=["self"]).select_related("unit").filter(pk__in=pks)
    found = {row.pk: row for row in rows.order_by("pk")}
    if len(found) < len(set(pks)):
        raise Conflict(_("One of the two is not there any more."))
    return [found[pk] for pk in pks]


def _point(double: Recipient, kept: Recipient | None) -> None:
    double.merged_into, double.version = kept, double.version + 1
    double.save(update_fields=["merged_into", "version"])
