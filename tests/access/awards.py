"""Decisions, awards and their catalogue."""

from awards.models import Award, AwardForm
from tests.access import post_only, staff
from tests.awards.factories import AwardFactory, DecisionFactory, issue_past


def local_draft(world):
    return {
        "pk": AwardFactory(
            decision=DecisionFactory(unit=world.commune, tier="commune"), unit=world.commune
        ).decision.pk
    }


def local_issued(world):
    decision = DecisionFactory(unit=world.commune, tier="commune")
    AwardFactory(decision=decision, unit=world.commune)
    return {"pk": issue_past(decision, actor=world.users["city_leader"]).pk}


def draft_of_the_city(_world):
    return {"pk": AwardFactory().decision.pk}


def local_award(world):
    draft = local_draft(world)
    return draft | {"award_pk": Award.objects.get(decision=draft["pk"]).pk}


AWARD_READERS = "official reviewer city_staff city_leader auditor"
AWARD_PREPARERS = "official reviewer city_staff"
ROWS = [
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
    staff("awards:detail", AWARD_READERS, local_draft),
    staff("awards:detail", AWARD_READERS, local_issued),
    staff("awards:detail", "city_staff city_leader auditor", draft_of_the_city),
    *(staff(f"awards:{name}", AWARD_PREPARERS, local_draft) for name in ("edit", "discard")),
    staff("awards:edit", "city_staff", draft_of_the_city),
    staff("awards:edit", "", local_issued),
    staff("awards:award_edit", AWARD_PREPARERS, local_award),
    post_only("awards:award_remove", AWARD_PREPARERS, local_award),
    staff("awards:issue", "reviewer city_leader", local_draft),
    staff("awards:issue", "city_leader", draft_of_the_city),
    staff("awards:correct", AWARD_PREPARERS, local_issued),
    staff("awards:revoke", "reviewer city_leader", local_issued),
]
