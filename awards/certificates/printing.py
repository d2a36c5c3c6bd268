"""Certificates and decisions as PDF: read, laid out as data, set by typst in one run."""

from collections.abc import Callable

from django.db.models import QuerySet
from django.utils import translation

from awards.certificates import facts
from awards.certificates.decision_text import text_of
from awards.models import Award, Decision
from awards.states import AwardState, Variant
from mobilization.core import documents

FORM, DECISION_FORM = "certificates", "decision"
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


def whole(data: facts.Data) -> bytes:
    """Return the PDF of what ``whole_data`` has laid out."""
    return documents.pdf(FORM, data)


def decision_pdf(decision: Decision) -> bytes:
    """Return the text of the decision with its annex list; a draft says so on every page."""
    with translation.override("vi"):
        return documents.pdf(DECISION_FORM, text_of(decision))


def read(awards: QuerySet[Award]) -> QuerySet[Award]:
    """Return ``awards`` with all that paper says of them."""
    return awards.select_related("form", "unit", "ended_by", "decision__unit").defer(
        "search", "decision__search", "ended_by__search"
    )
