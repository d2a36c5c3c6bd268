"""The public pages and the open data: everybody gets the same."""

from mobilization.portal.views.pages import MODELS_PER_MAP
from tests.access import public
from tests.access.dialogues import dialogue
from tests.access.records import commune
from tests.access.registry import evidence
from tests.awards.factories import issued
from tests.dialogues.factories import DialogueFactory
from tests.models_registry.factories import RegistrationFactory


def published_dialogue(world):
    return {"pk": DialogueFactory(unit=world.commune, published=True).pk}


def model_of(state):
    return lambda world: {"code": RegistrationFactory(unit=world.commune, state=state).model.code}


def part_of_sitemap(world):
    return {"part": RegistrationFactory(unit=world.commune, state="accepted").model_id // MODELS_PER_MAP}


def hidden_picture(world):
    kept = evidence(world)
    return {"code": kept.registration.model.code, "pk": kept.pk}


def shown_picture(world):
    kept = evidence(world, is_public=True, consent_note="Bà Hoa đồng ý, 02/03/2026")
    return {"code": kept.registration.model.code, "pk": kept.pk}


PORTAL = [
    *(
        public(f"portal:{name}")
        for name in (
            *(
                "home",
                "model_list",
                "model_counts",
                "dialogue_list",
                "opinion_list",
                "award_list",
                "unit_list",
                "statistics",
                "statistics_definitions",
            ),
            *("open_data", "verify_form", "robots", "sitemap", "sitemap_models"),
        )
    ),
    public("portal:sitemap_part", part_of_sitemap),
    public("portal:sitemap_part", lambda _world: {"part": 10**12}, "404"),
    public("portal:model_detail", model_of("accepted")),
    public("portal:model_detail", model_of("submitted"), "404"),
    public("portal:model_file", lambda world: model_of("accepted")(world) | {"pk": 1}, "404"),
    public("portal:model_thumbnail", lambda world: model_of("accepted")(world) | {"pk": 1}, "404"),
    public("portal:model_thumbnail", hidden_picture, "404"),
    public("portal:model_thumbnail", shown_picture),
    public("portal:model_file", hidden_picture, "404"),
    public("portal:model_file", shown_picture),
    public("portal:dialogue_detail", published_dialogue),
    public("portal:dialogue_detail", dialogue, "404"),
    public("portal:decision_detail", lambda _world: {"pk": issued().pk}),
    public("portal:verify", lambda _world: {"code": issued().awards.get().verify_code}),
    public("portal:verify", lambda _world: {"code": "nosuchcode"}, "404"),
    public("portal:unit_detail", commune),
    public("portal:compare", answer="404"),
    public("portal:records", answer="404"),
    public("portal:report", lambda _world: {"kind": "pdf"}, "404"),
    public("portal:report", lambda _world: {"kind": "xlsx"}, "404"),
    public("portal:set_language", answer="redirect"),
]


def no_model(_world):
    return {"code": "DVK-0000000"}


OPEN_DATA = [
    public("api:docs"),
    public("api:v1:openapi-json"),
    public("api:v1:api-root", answer="404"),
    *(public(f"api:v1:{name}") for name in ("units", "models", "dialogues", "awards")),
    public("api:v1:model", no_model, answer="404"),
    public("api:v1:statistics", answer="422"),
    public("api:v1:statistics_notes", answer="422"),
    public("api:v1:measures"),
]

ROWS = [*PORTAL, *OPEN_DATA]
