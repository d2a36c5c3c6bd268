"""Awards as a table: one row an award, for CSV and XLSX alike."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from awards.models import Award

CHUNK = 2_000


def header() -> list[str]:
    """Return the headings, in the language of the page."""
    return [
        _("Decision number"),
        _("Signed on"),
        _("Tier"),
        _("Granting unit"),
        _("State"),
        _("Form of award"),
        _("Kind of recipient"),
        _("Recipient"),
        _("Unit"),
        _("Achievement"),
        _("Code of the model"),
        _("Certificate number"),
        _("Golden-book number"),
        _("State of the award"),
    ]


def rows(decisions) -> Iterator[list]:
    """Return the awards of ``decisions`` (a queryset), newest decision first, as they are read from the database."""
    awards = (
        Award.objects.filter(decision__in=decisions.order_by().values("pk"))
        .select_related("decision__unit", "form", "unit", "registration__model")
        .defer("search", "decision__search", "registration__search")
        .order_by("-decision__listed_on", "-decision_id", "certificate_number", "pk")
    )
    for award in awards.iterator(chunk_size=CHUNK):
        decision = award.decision
        yield [
            decision.number,
            decision.signed_on,
            decision.get_tier_display(),
            decision.unit.full_name,
            decision.get_state_display(),
            award.form.name,
            award.get_recipient_kind_display(),
            award.recipient_name,
            award.unit.full_name,
            award.achievement,
            award.registration.model.code if award.registration else "",
            award.certificate_number,
            award.golden_book_number,
            award.get_state_display() if not decision.is_draft else "",
        ]
