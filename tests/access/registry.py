"""Campaigns, registrations and their acts."""

import base64
import uuid

from django.core.files.uploadedfile import SimpleUploadedFile

from mobilization.core.files import AcceptedFile, accept_upload
from models_registry.models import Attachment, Declaration, ReturnReason
from models_registry.services import bulk
from tests.access import post_only, staff
from tests.models_registry.factories import CampaignFactory, ExtensionFactory, RegistrationFactory


def registration_in(state, **fields):
    def kwargs(world):
        return {"pk": RegistrationFactory(unit=world.commune, state=state, **fields).pk}

    return kwargs


def registration_and(state, **more):
    def kwargs(world):
        fields = {"proposed_to": "city"} if more.get("act") in {"accept_proposal", "decline_proposal"} else {}
        outcome = {"outcome": "maintain"} if more.get("act") == "renew" else {}
        made = registration_in(state, **fields, **outcome)(world)
        if fields:
            # Above the grassroots a decision is taken once no relation was declared.
            Declaration.objects.create(
                registration_id=made["pk"], reviewer=world.users["city_staff"], is_related=False
            )
        return made | more

    return kwargs


def a_campaign(_world):
    CampaignFactory()
    return {}


def campaign_in_preparation(_world):
    return {"pk": CampaignFactory(year=2031, opened_on=None).pk}


def campaign_after_another(_world):
    earlier = CampaignFactory()
    return {"pk": CampaignFactory(year=earlier.year + 1).pk}


def extension(world):
    return {"pk": ExtensionFactory(unit=world.commune).pk}


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


def evidence(world, **fields):
    kept = Attachment(
        registration=RegistrationFactory(unit=world.commune, accepted=True),
        uploaded_by=world.users["official"],
        **fields,
    )
    kept.keep(accept_upload(SimpleUploadedFile("x.png", PICTURE)))
    kept.save()
    return kept


def picture(world):
    return {"attachment": evidence(world).pk}


def published_model(world):
    return {"code": RegistrationFactory(unit=world.commune, accepted=True).model.code}


def hidden_model(world):
    return {"code": RegistrationFactory(unit=world.commune, submitted=True).model.code}


def reason(_world):
    return {"pk": ReturnReason.objects.first().pk}


def one_waiting(world):
    RegistrationFactory(unit=world.commune, submitted=True)
    return {}


def done_by_the_reviewer(world):
    asked = {"back": "/", "token": str(uuid.uuid4())}
    job = bulk.carry_out(bulk.find("accept"), [], {}, actor=world.users["reviewer"], **asked)
    return {"pk": job.pk}


PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=="
)
"""A PNG of one pixel."""

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
ROWS = [
    staff("models_registry:list", f"{REGISTRY_READERS} neighbour"),
    staff("models_registry:queue", "reviewer city_staff"),
    staff("models_registry:bulk", "reviewer city_staff", one_waiting, query="?list=list&act=accept&rows=all"),
    # Who may do what travels on signed, from the page before; without it one is led back.
    post_only("models_registry:bulk_do", "all"),
    staff("models_registry:bulk_result", "reviewer", done_by_the_reviewer),
    staff("models_registry:reasons", "city_staff"),
    staff("models_registry:reason", "city_staff", reason),
    post_only("models_registry:reason_act", "city_staff", lambda world: reason(world) | {"act": "up"}),
    staff("models_registry:units", "reviewer city_staff city_leader auditor"),
    staff("models_registry:remind", "reviewer city_staff", a_campaign),
    staff("models_registry:start", "official neighbour"),
    post_only("models_registry:start_autosave", "official neighbour"),
    staff("models_registry:similar", "official neighbour"),
    staff("models_registry:replicate", "official neighbour", published_model),
    staff("models_registry:replicate", "", hidden_model),
    staff("models_registry:campaigns", f"{REGISTRY_READERS} neighbour"),
    staff("models_registry:campaign", f"{REGISTRY_READERS} neighbour", campaign),
    staff("models_registry:campaign_add", "city_staff"),
    *(
        staff(f"models_registry:{name}", "city_staff", campaign)
        for name in ("campaign_edit", "windows", "extend", "criteria", "targets", "paste_targets")
    ),
    staff("models_registry:campaign_open", "city_staff", campaign_in_preparation),
    post_only("models_registry:campaign_copy", "city_staff", campaign_after_another),
    staff("models_registry:end_extension", "city_staff", extension),
    staff("models_registry:detail", "official", registration_in("draft")),
    staff("models_registry:detail", REGISTRY_READERS, registration_in("submitted")),
    staff("models_registry:edit", "official", registration_and("draft", step="identity")),
    staff("models_registry:edit", "", registration_and("submitted", step="identity")),
    post_only("models_registry:autosave", "official", registration_and("draft", step="identity")),
    staff("models_registry:preview", "official", registration_in("draft")),
    staff("models_registry:preview", "", registration_in("submitted")),
    staff("models_registry:versions", "official", registration_in("draft")),
    staff("models_registry:versions", REGISTRY_READERS, registration_in("submitted")),
    staff("models_registry:attachment", REGISTRY_READERS, attachment),
    post_only("models_registry:detach", "official", attachment),
    staff("models_registry:thumbnail", REGISTRY_READERS, picture),
    staff("models_registry:thumbnail", "", attachment),
    staff("models_registry:file_show", "official reviewer city_staff", picture),
    post_only("models_registry:file_hide", "official reviewer city_staff", picture),
    post_only("models_registry:discard", "official", registration_in("draft")),
    staff("models_registry:attach", "official", registration_in("draft")),
    staff("models_registry:attach", "", registration_in("submitted")),
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
