"""Awards of issued decisions."""

from django.http import HttpRequest
from django.utils.translation import gettext_noop
from ninja import Query, Router

from awards.models import Award
from awards.querysets import AwardQuerySet
from mobilization.api.parameters import RecordParameters, narrowed, page_of
from mobilization.api.problems import Problems
from mobilization.api.schemas import AwardPage
from mobilization.core.paging import KeysetPage

router = Router(tags=["awards"])


def with_origins(awards: AwardQuerySet) -> AwardQuerySet:
    """Return ``awards`` with what an answer shows: form, unit, decision, the model or dialogue behind it."""
    shown = awards.for_list().select_related(
        "form", "unit", "decision__unit", "registration__model", "dialogue"
    )
    hidden = ("person_name", "person_post", "person_phone", "search")
    return shown.defer("search", "decision__search", *(f"registration__{name}" for name in hidden))


@router.get(
    "/awards",
    response={200: AwardPage, 422: Problems},
    url_name="awards",
    operation_id="awards",
    summary=gettext_noop("Awards of issued decisions"),
    description=gettext_noop("Latest year first. Corrected and revoked ones stay readable and say so."),
)
def awards(request: HttpRequest, asked: Query[RecordParameters]) -> KeysetPage:
    """Answer the awards, latest first."""
    found = narrowed(Award.objects.public(), asked)
    return page_of(with_origins(found), ("-year", "-id"), asked)
