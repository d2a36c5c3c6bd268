"""Writing a score sheet and handing it in."""

from collections.abc import Mapping
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mobilization.appraisal.models import Appraisal, Score
from mobilization.appraisal.permissions import level_under_appraisal
from mobilization.appraisal.states import SheetState
from mobilization.appraisal.validators import Entered, problems_of_scores
from mobilization.audit import log
from mobilization.core.errors import Conflict, DomainError
from mobilization.core.validators import clean_text
from models_registry.locks import lock, refuse_stale, what_happened
from models_registry.models import Criterion, Registration
from models_registry.recusal import last_declaration, refuse_barred
from models_registry.states import Level, Stage
from models_registry.windows import refuse_closed

MAX_COMMENT = 2_000


def criteria_of(registration: Registration, level: str) -> list[Criterion]:
    """Return the criteria of the campaign that hold at ``level``, in their order."""
    return list(Criterion.objects.filter(campaign=registration.campaign_id).at_level(level))


def must_declare_first(user, registration: Registration, level: str) -> bool:
    """Tell whether a sheet of ``user`` has to wait for his declaration: above the grassroots."""
    return level != Level.GRASSROOTS and last_declaration(user, registration) is None


def save_sheet(
    registration: Registration,
    *,
    appraiser,
    scores: Mapping[int, Entered],
    comment: str = "",
    hand_in: bool = False,
    seen_version: int | None = None,
) -> Appraisal:
    """Keep what ``appraiser`` says of ``registration``, and with ``hand_in`` finish it; return the sheet.

    ``scores`` go by the id of the criterion; what is not named there is forgotten. Raises ``Conflict`` when the
    registration has moved on or the sheet is handed in already, ``NotAllowed`` where the appraiser must not decide,
    ``DomainError`` for what is missing or wrong, where no relation was declared or denied yet, and for handing in after
    the window of appraisal closed.
    """
    comment = clean_text(comment)
    with transaction.atomic():
        locked = lock(registration)
        refuse_stale(locked, seen_version, actor=appraiser)
        level = level_under_appraisal(locked)
        if not level:
            raise Conflict(what_happened(locked, actor=appraiser), code="state")
        refuse_barred(appraiser, locked, level)
        if must_declare_first(appraiser, locked, level):
            raise DomainError(_("Please declare first whether a relation exists."), code="declare")
        if hand_in:  # a draft may go on, for the day of an extension
            refuse_closed(locked, Stage.APPRAISAL, level, timezone.localdate())
        criteria = criteria_of(locked, level)
        problems = problems_of_scores(criteria, scores, whole=hand_in)
        if len(comment) > MAX_COMMENT:
            too_long = _("This text is too long: %(limit)d characters at most.")
            problems["comment"] = [too_long % {"limit": MAX_COMMENT}]
        if problems:
            raise DomainError(fields=problems, code="invalid")
        sheet = _open_sheet(locked, appraiser, level)
        said = {c.pk: scores[c.pk] for c in criteria if c.pk in scores and not scores[c.pk].is_empty}
        now = timezone.now()
        sheet.state = SheetState.HANDED_IN if hand_in else SheetState.DRAFT
        sheet.handed_in_at = now if hand_in else None
        sheet.total = sum((one.points for one in said.values() if one.points is not None), Decimal(0))
        sheet.comment, sheet.changed_at, sheet.seen_version = comment, now, locked.version
        sheet.save()
        sheet.scores.all().delete()
        Score.objects.bulk_create(
            Score(
                appraisal=sheet,
                criterion_id=pk,
                points=one.points,
                fulfilled=one.fulfilled,
                words=clean_text(one.words),
            )
            for pk, one in said.items()
        )
        act = "appraisal.hand_in" if hand_in else "appraisal.save"
        log.record(act, actor=appraiser, target=locked, unit=locked.unit, data={"level": level}, at=now)
    return sheet


def _open_sheet(locked: Registration, appraiser, level: str) -> Appraisal:
    """Return the appraiser's sheet, under the registration's lock; one that is handed in only after a change."""
    sheet = Appraisal.objects.of(locked, level).filter(appraiser=appraiser).first()
    if sheet is None:
        return Appraisal(registration=locked, appraiser=appraiser, level=level)
    if sheet.is_handed_in and sheet.seen_version == locked.version:
        raise Conflict(_("You have handed in this sheet already; it stays as it is."), code="handed_in")
    return sheet
