"""What the API tells beside figures: what was adjusted, without what was written for staff."""

from mobilization.statistics.models import Adjustment, AdjustmentLine
from mobilization.statistics.notes import notes_of
from mobilization.statistics.states import Basis, Dimension, Scope

YEAR = 2024


def test_notes_tell_the_reason_of_a_decision_and_not_what_somebody_asked_for(world):
    causes = [
        {
            "id": "correction:1",
            "kind": "correction",
            "reason": "Ông Bí Mật đăng ký hai lần",
            "actor": "Lê Thị B",
        },
        {"id": "decision:1", "kind": "decision", "reason": "Khai sai thành tích", "actor": "Trần Văn A"},
    ]
    adjustment = Adjustment.objects.create(city=world.city, year=YEAR, causes=causes)
    AdjustmentLine.objects.create(
        adjustment=adjustment,
        basis=Basis.AS_FILED,
        unit=world.city,
        dimension=Dimension.NONE,
        measure="registered",
        own=-1,
        subtree=-1,
    )

    (told,) = notes_of(YEAR, world.city, Basis.AS_FILED, Scope.SUBTREE)["adjustments"]

    assert [(cause["kind"], cause["reason"]) for cause in told["causes"]] == [
        ("correction", ""),
        ("decision", "Khai sai thành tích"),
    ]
    assert "actor" not in told["causes"][0]
