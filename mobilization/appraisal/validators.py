"""What a sheet and a vote must be; forms and services ask here."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from models_registry.models import Criterion

MAX_WORDS = 500
Problems = dict[str, list[str]]


@dataclass(frozen=True)
class Entered:
    """What an appraiser said to one criterion; both None where nothing was said yet."""

    points: Decimal | None = None
    fulfilled: bool | None = None
    words: str = ""

    @property
    def is_empty(self) -> bool:
        """Tell whether the criterion is still to be answered."""
        return self.points is None and self.fulfilled is None


def field_of(criterion: Criterion) -> str:
    """Return the name of the form's field for ``criterion``."""
    return f"criterion_{criterion.pk}"


def problems_of_scores(
    criteria: Iterable[Criterion], scores: Mapping[int, Entered], *, whole: bool
) -> Problems:
    """Return what is wrong with ``scores``, by field; with ``whole`` each criterion has to be answered."""
    problems: Problems = {}
    for criterion in criteria:
        said = scores.get(criterion.pk, Entered())
        sentences = []
        if whole and said.is_empty:
            sentences.append(_("Please answer this criterion before you hand in."))
        if said.points is not None and (
            criterion.weight is None
            or not 0 <= said.points <= criterion.weight
            or said.points % Decimal("0.1")
        ):
            most = {"most": criterion.weight or 0}
            sentences.append(_("Points from 0 to %(most)d, with one decimal at most.") % most)
        if len(said.words) > MAX_WORDS:
            sentences.append(_("This text is too long: %(limit)d characters at most.") % {"limit": MAX_WORDS})
        if sentences:
            problems[field_of(criterion)] = sentences
    return problems
