"""Dialogues and their opinions."""

from dialogues.models import DialogueAttachment
from mobilization.core.files import AcceptedFile
from tests.access import post_only, staff
from tests.dialogues.factories import DialogueFactory, OpinionFactory


def dialogue(world):
    return {"pk": DialogueFactory(unit=world.commune, announced=True).pk}


def as_csv(world):
    return {"file_format": "csv"}


def no_file(world):
    return {"pk": 1}


def file(world):
    kept = DialogueAttachment(
        dialogue=DialogueFactory(unit=world.commune, announced=True),
        kind="plan",
        uploaded_by=world.users["official"],
    )
    kept.keep(AcceptedFile(b"%PDF-1.7 %%EOF", "application/pdf", ".pdf", "x.pdf"))
    kept.save()
    return {"pk": kept.pk}


def opinion(world):
    return {"pk": OpinionFactory(dialogue=DialogueFactory(unit=world.commune, held=True)).pk}


def opinion_of_neighbour(world):
    (neighbour,) = world.users["neighbour"].units_of()
    dialogue = DialogueFactory(unit=world.commune, held=True)
    return {"pk": OpinionFactory(dialogue=dialogue, unit_in_charge=neighbour, status="outside_competence").pk}


DIALOGUE_READERS = "official reviewer city_staff city_leader auditor"
DIALOGUE_KEEPERS = "official city_staff"
OPINION_ACTS = (
    "answer_on_spot",
    "take_up",
    "answer",
    "resolve",
    "refer_outside",
    "not_accept",
    "pass_on",
    "reopen",
)
ROWS = [
    staff("dialogues:list", f"{DIALOGUE_READERS} neighbour"),
    staff("dialogues:export", f"{DIALOGUE_READERS} neighbour", as_csv),
    staff("dialogues:new", f"{DIALOGUE_KEEPERS} neighbour"),
    staff("dialogues:duties", f"{DIALOGUE_READERS} neighbour"),
    staff("dialogues:duties_export", f"{DIALOGUE_READERS} neighbour", as_csv),
    staff("dialogues:copy_plan", f"{DIALOGUE_KEEPERS} neighbour"),
    staff("dialogues:detail", DIALOGUE_READERS, dialogue),
    staff("dialogues:edit", DIALOGUE_KEEPERS, dialogue),
    *(
        staff(f"dialogues:{act}", DIALOGUE_KEEPERS, dialogue)
        for act in ("announce", "hold", "publish", "cancel")
    ),
    staff("dialogues:attachment", "", no_file),
    post_only("dialogues:attach", DIALOGUE_KEEPERS, dialogue),
    post_only("dialogues:detach", DIALOGUE_KEEPERS, file),
    staff("dialogues:opinions", f"{DIALOGUE_READERS} neighbour"),
    staff("dialogues:opinion_export", f"{DIALOGUE_READERS} neighbour", as_csv),
    staff("dialogues:overdue", f"{DIALOGUE_READERS} neighbour"),
    # Nothing is ticked: whoever may assign is led back to the list.
    staff("dialogues:assign", f"{DIALOGUE_KEEPERS} neighbour", answer="redirect"),
    staff("dialogues:opinion_document", "", no_file),
    post_only("dialogues:opinion_attach", DIALOGUE_KEEPERS, opinion),
    staff("dialogues:table", DIALOGUE_KEEPERS, dialogue),
    staff("dialogues:screen", DIALOGUE_READERS, dialogue),
    staff("dialogues:opinion_new", DIALOGUE_KEEPERS, dialogue),
    staff("dialogues:opinion", DIALOGUE_READERS, opinion),
    staff("dialogues:opinion_edit", DIALOGUE_KEEPERS, opinion),
    *(staff(f"dialogues:opinion_{act}", DIALOGUE_KEEPERS, opinion) for act in OPINION_ACTS),
    # Only the unit in charge asks, and only one that did not record the opinion itself.
    staff("dialogues:opinion_ask_reopen", "neighbour", opinion_of_neighbour),
    staff("dialogues:opinion_publish_text", DIALOGUE_KEEPERS, opinion),
    staff("dialogues:opinion_withdraw_text", DIALOGUE_KEEPERS, opinion),
]
