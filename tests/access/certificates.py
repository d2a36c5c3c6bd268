"""Papers of decisions, certificates and their registers."""

from awards.models import CertificateTemplate, Handover, NumberBook
from tests.access import post_only, staff
from tests.access.awards import AWARD_PREPARERS, AWARD_READERS, local_award, local_draft, local_issued
from tests.awards.certificates.factories import HandoverFactory

PRINTERS = "official reviewer city_staff city_leader"


def template(_world):
    return {"pk": CertificateTemplate.objects.create(name="Mẫu", valid_from="2026-01-01").pk}


def issued_award(world):
    decision = local_issued(world)
    award = NumberBook.objects.get(awards__decision=decision["pk"]).awards.get(decision=decision["pk"])
    return decision | {"award_pk": award.pk, "variant": "full"}


def draft_award(world):
    return local_award(world) | {"variant": "overlay"}


def with_variant(make):
    return lambda world: make(world) | {"variant": "full"}


def handover(world):
    award = Handover._meta.get_field("award").related_model.objects.get(pk=issued_award(world)["award_pk"])
    return {"pk": HandoverFactory(award=award).pk}


def local_book(world):
    return {"pk": NumberBook.objects.get(awards=issued_award(world)["award_pk"]).pk}


ROWS = [
    *(staff(f"awards:{name}", f"{AWARD_READERS} neighbour") for name in ("certificates", "books", "yearly")),
    staff("awards:book", AWARD_READERS, local_book),
    staff("awards:decision_text", AWARD_READERS, local_draft),
    staff("awards:decision_text", AWARD_READERS, local_issued),
    staff("awards:certificate", PRINTERS, issued_award),
    staff("awards:certificate", PRINTERS, draft_award),
    staff("awards:certificate", "", lambda world: issued_award(world) | {"variant": "gold"}),
    staff("awards:certificates_file", "", with_variant(local_issued)),
    post_only("awards:certificates_make", PRINTERS, with_variant(local_issued)),
    staff("awards:hand_out", AWARD_PREPARERS, local_issued),
    staff("awards:hand_out", "", local_draft),
    staff("awards:take_back", AWARD_PREPARERS, handover),
    staff("awards:templates", "city_staff city_leader auditor"),
    staff("awards:template_sample", "city_staff city_leader auditor", with_variant(template)),
    staff("awards:template_add", "city_staff"),
    staff("awards:template_edit", "city_staff", template),
]
