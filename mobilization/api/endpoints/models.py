"""Published models: the list by year, and the life of one."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from ninja import Path, Query, Router

from awards.models import Award
from mobilization.api.endpoints.awards import with_origins
from mobilization.api.parameters import ModelParameters, Text, narrowed, page_of
from mobilization.api.problems import NotFound, Problems
from mobilization.api.schemas import ModelAnswer, RegistrationPage
from mobilization.core.paging import KeysetPage
from mobilization.core.search import folded_words
from models_registry.models import Registration, SkilledModel

router = Router(tags=["models"])
LINE = (
    *("id", "year", "title", "place", "registrant", "state", "kind", "subject", "field", "level", "novelty"),
    *("exemplary", "outcome", "model__code", "unit__code", "unit__full_name"),
)
"""What a line answers: the long texts stay in the database, and so does what is never public."""
PRIVATE = ("person_name", "person_post", "person_phone", "search")


@router.get(
    "/models",
    response={200: RegistrationPage, 422: Problems},
    url_name="models",
    operation_id="models",
    summary=gettext_noop("Published models, one item for each year of a model"),
    description=gettext_noop("Latest year first. The life of one model stands under its code."),
)
def models(request: HttpRequest, asked: Query[ModelParameters]) -> KeysetPage:
    """Answer the published registrations, latest first."""
    found = narrowed(Registration.objects.published(), asked)
    chosen = {name: getattr(asked, name) for name in ("field", "level", "kind", "subject")}
    found = found.filter(**{name: value for name, value in chosen.items() if value is not None})
    if asked.recognised is not None:
        found = found.recognised() if asked.recognised else found.unrecognised()
    if asked.q is not None:
        found = found.search(asked.q) if folded_words(asked.q) else found.none()
    lines = found.select_related("model", "unit").only(*LINE).with_recognitions()
    return page_of(lines, ("-year", "-id"), asked)


@router.get(
    "/models/{code}",
    response={200: ModelAnswer, 404: Problems, 422: Problems},
    url_name="model",
    operation_id="model",
    summary=gettext_noop("One model with all its published years"),
    description=gettext_noop("Latest year first, with its awards and the models that were made after it."),
)
def model(request: HttpRequest, code: Path[Text]) -> dict[str, Any]:
    """Answer the life of one model, latest year first."""
    published = Registration.objects.published()
    years = list(
        published.filter(model__code=code)
        .select_related("model__unit", "unit")
        .defer(*PRIVATE)
        .with_recognitions()
        .newest_first()
    )
    if not years:
        raise NotFound("code", _("There is no published model with this code."))
    found = years[0].model
    public = SkilledModel.objects.filter(pk__in=published.values("model"))
    original = public.filter(pk=found.replicated_from_id).first() if found.replicated_from_id else None
    return {
        "code": found.code,
        "title": found.title or years[0].title,
        "unit": found.unit,
        "replicated_from": original.code if original else None,
        "replications": public.filter(replicated_from=found).order_by("code").values_list("code", flat=True),
        "years": years,
        "awards": with_origins(Award.objects.public().filter(registration__in=years)).order_by(
            "-year", "-pk"
        ),
    }
