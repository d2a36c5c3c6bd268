"""Nominations, their dossiers and examinations, and recipients."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from awards import dossier
from awards.merging import merge
from awards.models import AwardForm
from awards.nominating import many
from awards.states import NominationAct
from tests.access import post_only, staff
from tests.accounts.factories import UserFactory
from tests.awards.factories import NominationFactory, RecipientFactory, examined, form_on, submitted

READERS = "official reviewer city_staff city_leader auditor"
PREPARERS = "official reviewer city_staff"
JUDGES = "reviewer city_staff"


def _local(world, make, **fields):
    recipient = RecipientFactory(unit=world.commune)
    found = make(recipient=recipient, form=form_on("commune", timezone.localdate()), **fields)
    return found[0] if isinstance(found, list) else found


def proposed(world):
    return {"pk": _local(world, NominationFactory).pk}


def waiting(world):
    return {"pk": _local(world, submitted).pk}


def voted(world):
    return {"pk": _local(world, examined).pk}


def for_the_city(world):
    return {"pk": submitted(recipient=RecipientFactory(unit=world.commune))[0].pk}


def of_the_city(_world):
    return {"pk": submitted()[0].pk}


def recipient(world):
    return {"pk": RecipientFactory(unit=world.commune).pk}


def merged(world):
    kept, double = RecipientFactory(unit=world.commune), RecipientFactory(unit=world.commune)
    done = merge(kept, double, actor=UserFactory(), reason="Trùng")
    return {"pk": kept.pk, "merge_pk": done.pk}


def paper(world):
    row = _local(world, NominationFactory)
    upload = SimpleUploadedFile("to-trinh.pdf", b"%PDF-1.7\n%%EOF\n")
    return row, dossier.attach([row], upload, "proposal", actor=UserFactory())


def session(world):
    return {"pk": _local(world, examined).vote.examination_id}


def many_done_by_the_reviewer(world):
    asked = {"back": "/desk/awards/nominations/", "token": "t"}
    return {
        "pk": many.ask(NominationAct.APPROVE, [], {"about": {}}, actor=world.users["reviewer"], **asked).pk
    }


ROWS = [
    staff("awards:nominations", f"{READERS} neighbour"),
    staff("awards:nomination_create", f"{PREPARERS} neighbour"),
    staff("awards:nominations_bulk", f"{PREPARERS} neighbour", answer="redirect", query="?act=submit"),
    staff("awards:nominations_result", "reviewer", many_done_by_the_reviewer),
    staff("awards:nominations_bulk", JUDGES, answer="redirect", query="?act=approve"),
    staff("awards:nominations_letter", f"{PREPARERS} neighbour", answer="redirect"),
    staff("awards:examine", JUDGES, answer="redirect"),
    staff("awards:examinations", f"{READERS} neighbour"),
    staff("awards:examination", READERS, session),
    staff("awards:minutes", READERS, session),
    post_only("awards:examination_attach", JUDGES, session),
    staff("awards:nomination", READERS, proposed),
    staff("awards:nomination", "city_staff city_leader auditor", of_the_city),
    staff("awards:nomination_edit", PREPARERS, proposed),
    staff("awards:nomination_edit", "", waiting),
    post_only("awards:nomination_submit", PREPARERS, proposed),
    staff("awards:nomination_withdraw", PREPARERS, waiting),
    staff("awards:nomination_return", JUDGES, waiting),
    staff("awards:nomination_return", "city_staff", for_the_city),
    staff("awards:nomination_approve", JUDGES, voted),
    staff("awards:nomination_approve", "", waiting),
    staff("awards:nomination_decline", JUDGES, voted),
    staff("awards:nomination_draft", READERS, lambda world: proposed(world) | {"part": "report"}),
    post_only("awards:nomination_attach", PREPARERS, proposed),
    staff("awards:paper", READERS, lambda world: {"pk": paper(world)[1].pk}),
    post_only(
        "awards:nomination_detach",
        PREPARERS,
        lambda world: dict(zip(("pk", "paper_pk"), (one.pk for one in paper(world)), strict=True)),
    ),
    staff("awards:recipients", f"{READERS} neighbour"),
    staff("awards:recipient", READERS, recipient),
    staff("awards:recipient_edit", PREPARERS, recipient),
    staff("awards:recipient_merge", PREPARERS, recipient),
    post_only("awards:recipient_unmerge", PREPARERS, merged),
    staff(
        "awards:catalogue_successor",
        "city_staff administrator",
        lambda _world: {"pk": AwardForm.objects.first().pk},
    ),
]
