"""What stands on a registration's page: the declaration, the sheets, notes, surveys, and who has it in hand."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from mobilization.accounts.states import Role
from mobilization.appraisal.comparison import comparison, may_compare
from mobilization.appraisal.forms import DeclareForm, NoteForm
from mobilization.appraisal.models import Appraisal, CouncilSession, Note
from mobilization.appraisal.permissions import level_under_appraisal
from mobilization.appraisal.services.sheets import criteria_of
from mobilization.appraisal.services.surveys import level_surveyed
from models_registry.models import Registration
from models_registry.page_parts import Part, Place, Shown, register
from models_registry.querysets import READERS
from models_registry.recusal import Bar, bar_of, last_declaration
from models_registry.states import Level, Stage


def declaration(request: HttpRequest, registration: Registration) -> Shown:
    """Ask a reviewer, on first opening what waits for him above the grassroots, whether a relation binds him."""
    user = request.user
    if not registration.awaits or registration.awaits == Level.GRASSROOTS:
        return None
    if not user.has_perm("appraisal.declare", registration) or last_declaration(user, registration):
        return None
    if bar_of(user, registration, registration.awaits) is not None:
        return None
    return "appraisal/ask.html", {
        "form": DeclareForm(auto_id="declare_%s"),
        "walking": "queue" in request.GET,
    }


def standing(request: HttpRequest, registration: Registration) -> Shown:
    """Show who has it in hand until when, what one declared, and to city staff who else declared.

    In which words is for the chair of a council that has it before it.
    """
    user = request.user
    if not (registration.awaits and user.has_perm("models_registry.review_registrations")):
        return None
    assigned = getattr(registration, "assignment", None)
    due = _due_on(registration)
    own = last_declaration(user, registration)
    # Where one is asked at the top of the page, there is no second form beside it.
    may_declare = user.has_perm("appraisal.declare", registration) and (
        own is not None or registration.awaits == Level.GRASSROOTS
    )
    context: dict[str, Any] = {
        "assigned": assigned,
        "due_on": due,
        "overdue": due is not None and due < timezone.localdate(),
        "own": own,
        "bar": bar_of(user, registration, registration.awaits),
        "own_work": Bar.OWN_WORK,
        "form": DeclareForm(auto_id="redeclare_%s") if may_declare else None,
        "declared": [],
        "tells_words": False,
    }
    if user.has_role(Role.CITY_STAFF):
        declared = registration.declarations.select_related("reviewer").order_by("-pk")
        context["declared"] = [one for one in declared if one.reviewer_id != user.pk]
        if context["declared"]:
            chaired = CouncilSession.objects.chaired_by(user)
            context["tells_words"] = chaired.filter(items__registration=registration).exists()
    return "appraisal/standing.html", context


def sheets(request: HttpRequest, registration: Registration) -> Shown:
    """Show the way to the own sheet, and the others' once the own one is handed in."""
    user, level = request.user, level_under_appraisal(registration)
    if not level or not user.has_role(Role.REVIEWER, Role.CITY_STAFF, Role.CITY_LEADER):
        return None
    may_appraise = user.has_perm("appraisal.appraise", registration)
    may_appraise = may_appraise and bar_of(user, registration, level) is None
    compares = may_compare(user, registration)
    if not (may_appraise or compares):
        return None
    context: dict[str, Any] = {"may_appraise": may_appraise, "walking": "queue" in request.GET}
    context["own"] = Appraisal.objects.of(registration, level).filter(appraiser=user).first()
    if compares:
        context["comparison"] = comparison(registration, level, criteria_of(registration, level))
    return "appraisal/sheets.html", context


def notes(request: HttpRequest, registration: Registration) -> Shown:
    """Show the notes that the user may read, and where to write one."""
    user = request.user
    if registration.submitted_at is None:
        return None
    found = list(Note.objects.visible_to(user).filter(registration=registration).newest_first())
    may_write = user.has_perm("appraisal.write_note", registration)
    if not (found or may_write):
        return None
    form = NoteForm(auto_id="note_%s") if may_write else None
    return "appraisal/notes.html", {"notes": found, "form": form, "walking": "queue" in request.GET}


def surveys(request: HttpRequest, registration: Registration) -> Shown:
    """Show to those who review and inspect what was found on site."""
    user = request.user
    if registration.submitted_at is None or not user.has_role(*READERS):
        return None
    may_record = user.has_perm("appraisal.record_survey", registration)
    may_record = may_record and bar_of(user, registration, level_surveyed(registration)) is None
    found = list(registration.surveys.select_related("written_by").prefetch_related("files"))
    return (
        ("appraisal/surveys.html", {"surveys": found, "may_record": may_record})
        if found or may_record
        else None
    )


def _due_on(registration: Registration) -> Any:
    """Return until when the campaign wants it appraised, at the level that it waits for; None where it does not say."""
    windows = registration.campaign.windows.filter(stage=Stage.APPRAISAL, level=registration.awaits)
    return windows.values_list("due_on", flat=True).first()


register(Part("appraisal.declaration", declaration, Place.TOP, 10))
register(Part("appraisal.standing", standing, Place.ASIDE, 10))
register(Part("appraisal.sheets", sheets, Place.MAIN, 10))
register(Part("appraisal.surveys", surveys, Place.MAIN, 20))
register(Part("appraisal.notes", notes, Place.MAIN, 30))
