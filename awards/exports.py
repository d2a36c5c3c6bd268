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


def nomination_header() -> list[str]:
    """Return the headings of the file of nominations."""
    return [
        _("Recipient"),
        _("Kind of recipient"),
        _("Unit"),
        _("Form of award"),
        _("Granting unit"),
        _("Achievement"),
        _("Code of the model"),
        _("Proposed on"),
        _("State"),
        _("Number of the minutes"),
        _("Votes in favour"),
        _("Votes against"),
        _("Members present"),
        _("Decision number"),
    ]


def nomination_rows(found) -> Iterator[list]:
    """Yield a row for each nomination of ``found`` (a queryset), in its order."""
    rows = found.select_related(
        "recipient",
        "unit",
        "granting_unit",
        "form",
        "registration__model",
        "vote__examination",
        "award__decision",
    ).defer("search", "registration__search", "award__search", "award__decision__search")
    for row in rows.iterator(chunk_size=CHUNK):
        vote = row.vote
        yield [
            row.recipient_name,
            row.recipient.get_kind_display(),
            row.unit.full_name,
            row.form.name,
            row.granting_unit.full_name,
            row.achievement,
            row.registration.model.code if row.registration else "",
            row.proposed_on,
            row.get_state_display(),
            vote.examination.number if vote else "",
            vote.votes_for if vote else "",
            vote.votes_against if vote else "",
            vote.examination.present if vote else "",
            row.award.decision.number if row.award else "",
        ]


def recipient_header() -> list[str]:
    """Return the headings of the file of recipients."""
    return [_("Name"), _("What tells them apart"), _("Kind of recipient"), _("Unit"), _("Awards")]


def recipient_rows(found) -> Iterator[list]:
    """Yield a row for each recipient of ``found`` (a queryset), in its order."""
    for row in found.select_related("unit").with_award_count().defer("search").iterator(chunk_size=CHUNK):
        yield [row.name, row.note, row.get_kind_display(), row.unit.full_name, row.award_count]


def decision_header() -> list[str]:
    """Return the headings of the register of decisions."""
    return [
        _("Decision number"),
        _("Signed on"),
        _("Subject of the decision"),
        _("Tier"),
        _("Granting unit"),
        _("Signer"),
        _("Signer's post"),
        _("State"),
        _("Amendment"),
        _("Amends"),
        _("Awards"),
    ]


def decision_rows(decisions) -> Iterator[list]:
    """Yield a row for each decision (with its unit, what it amends and ``award_count``)."""
    for decision in decisions.iterator(chunk_size=CHUNK):
        yield [
            decision.number,
            decision.signed_on,
            decision.title,
            decision.get_tier_display(),
            decision.unit.full_name,
            decision.signer,
            decision.signer_post,
            decision.get_state_display(),
            decision.get_amendment_kind_display(),
            decision.amends.number if decision.amends else "",
            decision.award_count,
        ]


def examination_header() -> list[str]:
    """Return the headings of the file of examinations."""
    return [
        _("Number of the minutes"),
        _("Held on"),
        _("Granting unit"),
        _("Place"),
        _("Chair"),
        _("Secretary"),
        _("Members present"),
        _("Nominations"),
    ]


def examination_rows(found) -> Iterator[list]:
    """Yield a row for each examination of ``found`` (a queryset with ``item_count``), in its order."""
    for one in found.iterator(chunk_size=CHUNK):
        yield [
            one.number,
            one.held_on,
            one.unit.full_name,
            one.place,
            one.chair,
            one.secretary,
            one.present,
            one.item_count,
        ]
