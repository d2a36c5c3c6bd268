"""Role × page × answer: the specification of who may open what.

Every address of the portal has a row here; ``test_every_address_has_a_row`` names those that were forgotten. Add
yours to the list of your app: ``public``, ``staff`` (with the visitors who may open it), ``signed_in`` or
``post_only``; records are made by the row's ``kwargs``, at ``world.commune``.
"""

import pytest

from awards.models import Award, AwardForm
from awards.transitions import issue
from mobilization.core.files import AcceptedFile
from models_registry.models import Attachment
from tests.access import VISITORS, Row, World, all_names, answers, post_only, public, signed_in, staff
from tests.awards.factories import AwardFactory, DecisionFactory, issued
from tests.dialogues.factories import DialogueFactory, OpinionFactory
from tests.models_registry.factories import CampaignFactory, RegistrationFactory

OVERSIGHT = "administrator auditor"


def account(world):
    return {"pk": world.users["official"].pk}


def position(world):
    return {"pk": world.users["official"].positions.get().pk}


CORE = [
    public("healthz"),
    public("readyz"),
]
SIGN_IN = [
    Row("account_signup", dict.fromkeys(VISITORS, "redirect") | {"anonymous": "200"}),
    public("account_inactive"),
    public("account_reset_password"),
    public("account_reset_password_done"),
    public("account_reset_password_from_key_done"),
    public("account_reset_password_from_key", lambda _world: {"uidb36": "1", "key": "worthless"}),
]
ACCOUNTS = [
    signed_in("accounts:profile"),
    staff("accounts:list", OVERSIGHT),
    staff("accounts:export", OVERSIGHT),
    staff("accounts:invite", "administrator"),
    staff("accounts:reorganise", "administrator"),
    staff("accounts:apply_reorganisation", "administrator", answer="405"),
    staff("accounts:detail", OVERSIGHT, account),
    staff("accounts:edit", "administrator", account),
    staff("accounts:grant", "administrator", account),
    staff("accounts:end_position", "administrator", position),
    post_only("accounts:invite_again", account),
    post_only("accounts:deactivate", account),
    post_only("accounts:reactivate", account),
    post_only("accounts:reset_second_factor", account),
]


def commune(world):
    return {"pk": world.commune.pk}


UNITS = [
    staff("units:list", "all"),
    staff("units:export", "all"),
    staff("units:detail", "all", commune),
]
AUDIT = [
    staff("audit:list", "administrator auditor city_staff city_leader"),
    staff("audit:export", "administrator auditor city_staff city_leader"),
]


def dialogue(world):
    return {"pk": DialogueFactory(unit=world.commune, announced=True).pk}


def as_csv(world):
    return {"file_format": "csv"}


def no_file(world):
    return {"pk": 1}


def opinion(world):
    return {"pk": OpinionFactory(dialogue=DialogueFactory(unit=world.commune, held=True)).pk}


DIALOGUE_READERS = "official reviewer city_staff city_leader auditor"
DIALOGUE_KEEPERS = "official city_staff"
OPINION_ACTS = ("answer_on_spot", "take_up", "answer", "resolve", "refer_outside", "not_accept", "reopen")
DIALOGUES = [
    staff("dialogues:list", f"{DIALOGUE_READERS} neighbour"),
    staff("dialogues:export", f"{DIALOGUE_READERS} neighbour", as_csv),
    staff("dialogues:new", f"{DIALOGUE_KEEPERS} neighbour"),
    staff("dialogues:detail", DIALOGUE_READERS, dialogue),
    staff("dialogues:edit", DIALOGUE_KEEPERS, dialogue),
    *(
        staff(f"dialogues:{act}", DIALOGUE_KEEPERS, dialogue)
        for act in ("announce", "hold", "publish", "cancel")
    ),
    staff("dialogues:attachment", "", no_file),
    post_only("dialogues:attach", dialogue),
    post_only("dialogues:detach", no_file),
    staff("dialogues:opinions", f"{DIALOGUE_READERS} neighbour"),
    staff("dialogues:opinion_export", f"{DIALOGUE_READERS} neighbour", as_csv),
    staff("dialogues:opinion_new", DIALOGUE_KEEPERS, dialogue),
    staff("dialogues:opinion", DIALOGUE_READERS, opinion),
    staff("dialogues:opinion_edit", DIALOGUE_KEEPERS, opinion),
    *(staff(f"dialogues:opinion_{act}", DIALOGUE_KEEPERS, opinion) for act in OPINION_ACTS),
    staff("dialogues:opinion_publish_text", DIALOGUE_KEEPERS, opinion),
    staff("dialogues:opinion_withdraw_text", DIALOGUE_KEEPERS, opinion),
]


def published_dialogue(world):
    return {"pk": DialogueFactory(unit=world.commune, published=True).pk}


def model_of(state):
    return lambda world: {"code": RegistrationFactory(unit=world.commune, state=state).model.code}


def registration_in(state, **fields):
    def kwargs(world):
        return {"pk": RegistrationFactory(unit=world.commune, state=state, **fields).pk}

    return kwargs


def registration_and(state, **more):
    def kwargs(world):
        fields = {"proposed_to": "city"} if more.get("act") in {"accept_proposal", "decline_proposal"} else {}
        outcome = {"outcome": "maintain"} if more.get("act") == "renew" else {}
        return registration_in(state, **fields, **outcome)(world) | more

    return kwargs


def campaign(_world):
    return {"pk": CampaignFactory().pk}


def attachment(world):
    kept = Attachment(
        registration=RegistrationFactory(unit=world.commune, accepted=True),
        uploaded_by=world.users["official"],
    )
    kept.keep(AcceptedFile(b"%PDF-1.7 %%EOF", "application/pdf", ".pdf", "x.pdf"))
    kept.save()
    return {"attachment": kept.pk}


REGISTRY_READERS = "official reviewer city_staff city_leader auditor"
FILING = {"submit": "draft", "withdraw": "submitted", "resubmit": "returned", "report": "accepted"} | {
    "resubmit_report": "report_returned",
    "renew": "recognised",
}
REVIEWING = {
    "accept": "submitted",
    "return": "submitted",
    "decline": "submitted",
    "return_report": "reported",
} | {
    "recognise": "reported",
    "refuse": "reported",
    "conclude": "accepted",
    "propose": "recognised",
}
REGISTRY = [
    staff("models_registry:list", f"{REGISTRY_READERS} neighbour"),
    staff("models_registry:queue", "reviewer city_staff"),
    staff("models_registry:start", "official neighbour"),
    staff("models_registry:campaigns", f"{REGISTRY_READERS} neighbour"),
    staff("models_registry:campaign", f"{REGISTRY_READERS} neighbour", campaign),
    staff("models_registry:campaign_add", "city_staff"),
    *(
        staff(f"models_registry:{name}", "city_staff", campaign)
        for name in ("campaign_edit", "windows", "extend")
    ),
    staff("models_registry:detail", "official", registration_in("draft")),
    staff("models_registry:detail", REGISTRY_READERS, registration_in("submitted")),
    staff("models_registry:edit", "official", registration_and("draft", step="identity")),
    staff("models_registry:edit", "", registration_and("submitted", step="identity")),
    staff("models_registry:attachment", REGISTRY_READERS, attachment),
    post_only("models_registry:detach", attachment),
    post_only("models_registry:discard", registration_in("draft")),
    post_only("models_registry:attach", registration_in("draft")),
    *(
        staff("models_registry:act", "official", registration_and(state, act=act))
        for act, state in FILING.items()
    ),
    *(
        staff("models_registry:act", "reviewer city_staff", registration_and(state, act=act))
        for act, state in REVIEWING.items()
    ),
    *(
        staff("models_registry:act", "city_staff", registration_and("recognised", act=act))
        for act in ("accept_proposal", "decline_proposal")
    ),
    staff("models_registry:act", "", registration_and("submitted", act="nonsense")),
]


def local_draft(world):
    return {
        "pk": AwardFactory(
            decision=DecisionFactory(unit=world.commune, tier="commune"), unit=world.commune
        ).decision.pk
    }


def local_issued(world):
    decision = DecisionFactory(unit=world.commune, tier="commune")
    AwardFactory(decision=decision, unit=world.commune)
    return {"pk": issue(decision, actor=world.users["city_leader"]).pk}


def draft_of_the_city(_world):
    return {"pk": AwardFactory().decision.pk}


def local_award(world):
    draft = local_draft(world)
    return draft | {"award_pk": Award.objects.get(decision=draft["pk"]).pk}


def to_reward(world):
    return {"registration_pk": RegistrationFactory(unit=world.commune, recognised=True).pk}


AWARD_READERS = "official reviewer city_staff city_leader auditor"
AWARD_PREPARERS = "official reviewer city_staff"
AWARDS = [
    staff("awards:list", f"{AWARD_READERS} neighbour"),
    staff("awards:export", f"{AWARD_READERS} neighbour", lambda _world: {"kind": "csv"}),
    staff("awards:catalogue", "all"),
    staff("awards:catalogue_add", "city_staff administrator"),
    staff(
        "awards:catalogue_edit",
        "city_staff administrator",
        lambda _world: {"pk": AwardForm.objects.first().pk},
    ),
    staff("awards:create", f"{AWARD_PREPARERS} neighbour"),
    staff("awards:candidates", f"{AWARD_PREPARERS} neighbour"),
    staff("awards:add_from_registrations", f"{AWARD_PREPARERS} neighbour", answer="redirect"),
    staff("awards:add_from_registration", AWARD_PREPARERS, to_reward),
    staff("awards:detail", AWARD_READERS, local_draft),
    staff("awards:detail", AWARD_READERS, local_issued),
    staff("awards:detail", "city_staff city_leader auditor", draft_of_the_city),
    *(staff(f"awards:{name}", AWARD_PREPARERS, local_draft) for name in ("edit", "discard", "award_add")),
    staff("awards:edit", "city_staff", draft_of_the_city),
    staff("awards:edit", "", local_issued),
    staff("awards:award_edit", AWARD_PREPARERS, local_award),
    staff("awards:award_remove", AWARD_PREPARERS, local_award, answer="405"),
    staff("awards:issue", "reviewer city_leader", local_draft),
    staff("awards:issue", "city_leader", draft_of_the_city),
    staff("awards:correct", AWARD_PREPARERS, local_issued),
    staff("awards:revoke", "reviewer city_leader", local_issued),
]

PORTAL = [
    *(
        public(f"portal:{name}")
        for name in (
            *("home", "model_list", "model_counts", "dialogue_list", "award_list", "unit_list", "statistics"),
            *("open_data", "verify_form", "robots", "sitemap"),
        )
    ),
    public("portal:model_detail", model_of("accepted")),
    public("portal:model_detail", model_of("submitted"), "404"),
    public("portal:model_file", lambda world: model_of("accepted")(world) | {"pk": 1}, "404"),
    public("portal:dialogue_detail", published_dialogue),
    public("portal:dialogue_detail", dialogue, "404"),
    public("portal:decision_detail", lambda _world: {"pk": issued().pk}),
    public("portal:verify", lambda _world: {"code": issued().awards.get().verify_code}),
    public("portal:verify", lambda _world: {"code": "nosuchcode"}, "404"),
    public("portal:unit_detail", commune),
    public("portal:set_language", answer="redirect"),
]
DESK = [staff("desk:home", "all")]


def no_model(_world):
    return {"code": "DVK-0000000"}


OPEN_DATA = [
    public("api:docs"),
    public("api:v1:openapi-json"),
    public("api:v1:api-root", answer="404"),
    *(public(f"api:v1:{name}") for name in ("units", "models", "dialogues", "awards")),
    public("api:v1:model", no_model, answer="404"),
    public("api:v1:statistics", answer="422"),
]

ROWS = [
    *CORE,
    *PORTAL,
    *DESK,
    *SIGN_IN,
    *ACCOUNTS,
    *UNITS,
    *AUDIT,
    *DIALOGUES,
    *REGISTRY,
    *AWARDS,
    *OPEN_DATA,
]
# Pages of a moment in the sign-in, tested in tests/accounts/test_sign_in.py.
ELSEWHERE = {"account_login", "account_logout", "account_reauthenticate"}


@pytest.mark.django_db
@pytest.mark.parametrize("row", ROWS, ids=str)
def test_address_answers_each_visitor_as_the_table_says(row):
    assert answers(row, World()) == row.answers


def test_every_address_has_a_row():
    assert all_names() - {row.name for row in ROWS} - ELSEWHERE == set()


def test_every_row_has_an_address():
    assert {row.name for row in ROWS} | ELSEWHERE <= all_names()
