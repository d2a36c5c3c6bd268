"""Published dialogues with their figures and the opinions that were published on purpose."""

from django.db.models import Prefetch
from django.http import HttpRequest
from django.utils.translation import gettext_noop
from ninja import Query, Router

from dialogues.models import Dialogue, Opinion
from mobilization.api.parameters import DialogueParameters, narrowed, page_of
from mobilization.api.problems import Problems
from mobilization.api.schemas import DialoguePage
from mobilization.core.paging import KeysetPage

router = Router(tags=["dialogues"])
PRIVATE = ("author_name", "text", "answer", "reason", "search")


@router.get(
    "/dialogues",
    response={200: DialoguePage, 422: Problems},
    url_name="dialogues",
    operation_id="dialogues",
    summary=gettext_noop("Dialogues whose results are published"),
    description=gettext_noop("Latest first, with their figures and the opinions that were published."),
)
def dialogues(request: HttpRequest, asked: Query[DialogueParameters]) -> KeysetPage:
    """Answer the published dialogues, latest first."""
    found = narrowed(Dialogue.objects.published(), asked)
    if asked.kind is not None:
        found = found.filter(kind=asked.kind)
    opinions = Opinion.objects.public().select_related("unit_in_charge").defer(*PRIVATE).in_order()
    lines = found.select_related("unit").with_opinion_figures()
    return page_of(
        lines.prefetch_related(Prefetch("opinions", opinions, to_attr="public_opinions")),
        ("-held_on", "-id"),
        asked,
    )
