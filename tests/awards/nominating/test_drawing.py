import datetime

import pytest
from django.utils import timezone, translation

from awards import services
from awards.models import Award, Decision, Nomination
from awards.nominating.drawing import draw
from awards.states import NominationState
from awards.transitions import issue
from mobilization.core.errors import Conflict
from tests.accounts.factories import UserFactory
from tests.awards.factories import DecisionFactory, RecipientFactory, approved, examined, form_on
from tests.units.factories import UnitFactory, succeed

pytestmark = pytest.mark.django_db


def rows_of(*nominations):
    return [(row.pk, row.version) for row in nominations]


def test_draw_one_draft_for_each_body_and_tier(staff, commune):
    city_rows = approved(2)
    local = approved(
        1, recipient=RecipientFactory(unit=commune), form=form_on("commune", timezone.localdate())
    )

    drawn = draw(rows_of(*city_rows, *local), actor=staff)

    assert {(one.unit, one.tier) for one in drawn.decisions} == {
        (city_rows[0].granting_unit, "city"),
        (commune, "commune"),
    }
    row = Nomination.objects.get(pk=city_rows[0].pk)
    assert (row.state, row.award.recipient, row.award.achievement) == (
        NominationState.IN_DECISION,
        row.recipient,
        row.achievement,
    )
    assert Award.objects.count() == 3
    assert row.steps.last().data["decision"] == row.award.decision_id


def test_draw_names_the_draft_in_the_language_of_paper_whatever_its_author_reads(staff):
    with translation.override("en"):
        (draft,) = draw(rows_of(*approved()), actor=staff).decisions
    assert draft.title == (
        "Về việc tặng Bằng khen cho tập thể có thành tích xuất sắc trong phong trào thi đua “Dân vận khéo” "
        f"năm {timezone.localdate().year}"
    )


def test_draw_into_a_draft_of_the_same_body(staff):
    (row,) = approved()
    draft = DecisionFactory(drafted_by=staff, signed_on=None)

    drawn = draw(rows_of(row), actor=staff, into=draft)

    assert drawn.decisions == [draft]
    assert draft.awards.count() == 1
    draft.refresh_from_db()
    assert draft.version == 2


def test_draw_into_a_draft_of_another_body_is_told_and_nothing_made(staff, commune):
    (row,) = approved()
    draft = DecisionFactory(unit=commune, tier="commune", signed_on=None)

    drawn = draw(rows_of(row), actor=staff, into=draft)

    assert [refusal.code for _pk, refusal in drawn.outcome.skipped] == ["body"]
    assert Nomination.objects.get().state == "approved"
    assert not draft.awards.exists()


def test_draw_into_an_issued_decision_refused(staff, leader):
    (row,) = approved()
    draft = DecisionFactory()
    Decision.objects.filter(pk=draft.pk).update(state="issued", issued_by=leader, issued_at=timezone.now())

    with pytest.raises(Conflict):
        draw(rows_of(row), actor=staff, into=draft)


def test_draw_takes_the_form_as_the_catalogue_has_it_on_the_day(staff):
    today = timezone.localdate()
    (row,) = approved()
    draft = DecisionFactory(signed_on=datetime.date(2025, 3, 1))
    Nomination.objects.filter(pk=row.pk).update(unit=draft.unit)

    draw(rows_of(row), actor=staff, into=draft)

    award = Award.objects.get()
    assert award.form.code == row.form.code
    assert award.form.is_in_force(datetime.date(2025, 3, 1))
    assert not award.form.is_in_force(today)


def test_draw_unit_that_ended_meanwhile_is_told(staff):
    (row,) = approved()
    succeed(row.unit, UnitFactory(), on=timezone.localdate())

    drawn = draw(rows_of(row), actor=staff)

    assert (drawn.decisions, drawn.outcome.skipped[0][1].code) == ([], "unit_ended")
    assert not Decision.objects.exists()


def test_draw_the_same_award_twice_is_told(staff):
    recipient = RecipientFactory()
    first = approved(recipient=recipient, achievement="Hiến đất")[0]
    (second,) = examined(recipient=recipient, achievement="Hiến đất")
    Nomination.objects.filter(pk=second.pk).update(state="approved")

    drawn = draw([(first.pk, None), (second.pk, None)], actor=staff)

    assert len(drawn.outcome.done) == 1
    assert drawn.outcome.skipped[0][1].code == "twice"


def test_discard_gives_the_nominations_back(staff):
    rows = approved(2)
    (draft,) = draw(rows_of(*rows), actor=staff).decisions

    services.discard(draft, actor=staff)

    assert set(Nomination.objects.values_list("state", "award")) == {("approved", None)}
    assert Nomination.objects.first().steps.last().act == "give_back"
    assert len(draw([(row.pk, None) for row in rows], actor=staff).outcome.done) == 2


def test_remove_award_gives_its_nomination_back(staff):
    first, second = approved(2)
    (draft,) = draw(rows_of(first, second), actor=staff).decisions

    services.remove_award(Nomination.objects.get(pk=first.pk).award, actor=staff)

    assert Nomination.objects.get(pk=first.pk).state == "approved"
    assert Nomination.objects.get(pk=second.pk).award.decision == draft


def test_drawn_decision_is_issued_like_any(staff, leader):
    rows = approved(3)
    (draft,) = draw(rows_of(*rows), actor=staff, title="Tặng Bằng khen").decisions
    Decision.objects.filter(pk=draft.pk).update(
        number="12/QĐ", signed_on=timezone.localdate(), signer="Trần A", signer_post="Chủ tịch"
    )

    issue(draft, actor=leader)

    assert list(Award.objects.order_by("pk").values_list("golden_book_number", flat=True)) == [1, 2, 3]
    assert set(Nomination.objects.values_list("state", flat=True)) == {"in_decision"}


def test_draw_statements_do_not_grow(staff, django_assert_max_num_queries):
    counts = []
    for number in (1, 10):
        rows = approved(number)
        with django_assert_max_num_queries(40) as captured:
            draw(rows_of(*rows), actor=UserFactory())
        counts.append(len(captured))

    assert counts[0] == counts[1]
