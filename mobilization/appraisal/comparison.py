"""The sheets of several appraisers side by side: who may look at them, and what they say together."""

import statistics
from dataclasses import dataclass
from decimal import Decimal

from mobilization.appraisal.models import Appraisal, CouncilSession
from mobilization.appraisal.permissions import level_under_appraisal
from mobilization.appraisal.states import Part
from models_registry.models import Criterion, Registration
from models_registry.permissions import decides, may_decide
from models_registry.recusal import bar_of


@dataclass(frozen=True)
class Line:
    """One criterion: what each sheet says to it, in the order of the sheets, and their mean where there are points."""

    criterion: Criterion
    scores: list
    mean: Decimal | None


@dataclass(frozen=True)
class Comparison:
    """All sheets that were handed in at one level on one version."""

    sheets: list[Appraisal]
    lines: list[Line]
    mean: Decimal
    spread: Decimal
    """Between the highest and the lowest total."""


def may_compare(user, registration: Registration) -> bool:
    """Tell whether ``user`` may read the sheets of others on ``registration``, as it stands.

    Whoever appraises hands in the own sheet first. City staff read what lower reviewers wrote, and chair and secretary
    of the session that has it on the agenda read all. Who must not decide reads none.
    """
    level = level_under_appraisal(registration)
    if not level or bar_of(user, registration, level) is not None:
        return False
    sits = CouncilSession.objects.open().filter(
        items__registration=registration, members__user=user, members__part__in=[Part.CHAIR, Part.SECRETARY]
    )
    if sits.exists():
        return True
    if not may_decide(user, registration, level):
        return False
    if not decides(user, registration, level):
        return True
    own = Appraisal.objects.of(registration, level).handed_in().filter(appraiser=user)
    return own.filter(seen_version=registration.version).exists()


def comparison(registration: Registration, level: str, criteria: list[Criterion]) -> Comparison | None:
    """Return the sheets handed in on ``registration`` as it stands side by side; None where there is none yet.

    What was said of an earlier version is about another report: it stays in the books and counts no more; nor does what
    somebody said who declared a relation since.
    """
    found = Appraisal.objects.of(registration, level).handed_in().impartial()
    found = found.filter(seen_version=registration.version)
    sheets = list(found.in_order().prefetch_related("scores"))
    if not sheets:
        return None
    said = [{score.criterion_id: score for score in sheet.scores.all()} for sheet in sheets]
    lines = []
    for criterion in criteria:
        scores = [of_sheet.get(criterion.pk) for of_sheet in said]
        points = [score.points for score in scores if score is not None and score.points is not None]
        lines.append(Line(criterion, scores, _mean(points) if points else None))
    totals = [sheet.total for sheet in sheets]
    return Comparison(sheets, lines, _mean(totals), max(totals) - min(totals))


def _mean(values: list[Decimal]) -> Decimal:
    return statistics.mean(values).quantize(Decimal("0.1"))
