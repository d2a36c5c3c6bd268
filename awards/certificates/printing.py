"""Certificates and decisions as PDF: read, laid out as data, set by typst; many in portions, so that one sees how far it is."""

from collections.abc import Callable, Iterator

from django.db.models import QuerySet
from django.utils import translation

from awards.certificates import facts
from awards.certificates.decision_text import text_of
from awards.models import Award, Decision
from awards.states import AwardState, Variant
from mobilization.core import documents
from mobilization.core.joining import joined

FORM, DECISION_FORM = "certificates", "decision"
PORTION = 50
"""Certificates that typst sets in one run: half a second's work. Portions and joining them cost no more than one run."""
Told = Callable[[int], None]


def one(award: Award, variant: str = Variant.FULL) -> bytes:
    """Return the certificate of one award; of a draft, or of one that no longer stands, marked as such."""
    award = read(Award.objects.filter(pk=award.pk)).get()
    with translation.override("vi"):
        sheets = facts.Sheets(award.decision, on_printed_paper=variant == Variant.OVERLAY)
        sheets.add(award)
        return documents.pdf(FORM, sheets.data())


def whole_data(decision: Decision, variant: str, told: Told = lambda _steps: None) -> facts.Data:
    """Return the data of all certificates of ``decision`` that stand, with the annex list of all its awards.

    Where none stands any more they all come, each with its mark. ``told`` is called with the number of awards as they
    are laid out.
    """
    with translation.override("vi"):
        awards = list(read(decision.awards.all()).in_annex_order())
        standing = [award for award in awards if award.state == AwardState.VALID] or awards
        sheets = facts.Sheets(decision, on_printed_paper=variant == Variant.OVERLAY)
        for award in standing:
            sheets.add(award)
            told(1)
        return sheets.data(facts.annex(decision, awards) if variant == Variant.FULL else None)


def whole(data: facts.Data, told: Told = lambda _steps: None) -> bytes:
    """Return the PDF of what ``whole_data`` has laid out; ``told`` is called with the number of certificates as they are set."""
    count = len(data["certificates"])
    if count > PORTION:
        return joined(_portions(data, told))
    content = documents.pdf(FORM, data)
    told(count)
    return content


def _portions(data: facts.Data, told: Told) -> Iterator[bytes]:
    certificates = data["certificates"]
    for first in range(0, len(certificates), PORTION):
        portion = certificates[first : first + PORTION]
        yield documents.pdf(FORM, data | {"certificates": portion, "annex": None})
        told(len(portion))
    if data["annex"] is not None:
        yield documents.pdf(FORM, data | {"certificates": []})


def decision_pdf(decision: Decision) -> bytes:
    """Return the text of the decision with its annex list; a draft says so on every page."""
    with translation.override("vi"):
        return documents.pdf(DECISION_FORM, text_of(decision))


def read(awards: QuerySet[Award]) -> QuerySet[Award]:
    """Return ``awards`` with all that paper says of them."""
    return awards.select_related("form", "unit", "ended_by", "decision__unit").defer(
        "search", "decision__search", "ended_by__search"
    )
