import pytest

from awards.models import Award, Decision, RegisterRow
from awards.register.loading import load
from awards.register.undoing import undo
from dialogues.models import Dialogue
from mobilization.audit.models import AuditEntry
from mobilization.core.errors import Conflict
from models_registry.models import Campaign, Registration, ReviewStep, SkilledModel
from tests.awards.register.rows import AWARD, DIALOGUE, MODEL

pytestmark = pytest.mark.django_db


@pytest.fixture
def batch(actor, workbook):
    return load(workbook(models=[MODEL], dialogues=[DIALOGUE], awards=[AWARD]), actor=actor).batch


def test_undo_untouched_batch_leaves_nothing_but_history(actor, batch):
    undo(batch, actor=actor)

    for model in (Registration, SkilledModel, ReviewStep, Dialogue, Decision, Award, RegisterRow, Campaign):
        assert not model.objects.exists(), model
    batch.refresh_from_db()
    assert batch.undone_by == actor
    assert AuditEntry.objects.filter(act="register.undo", actor=actor).count() == 1
    history = Registration.events.rel.related_model.objects
    assert [event.pgh_label for event in history.order_by("pgh_id")][-1] == "delete"


def test_undo_keeps_a_campaign_that_somebody_worked_on(actor, batch):
    Campaign.objects.update(version=2)

    undo(batch, actor=actor)

    assert Campaign.objects.exists()
    assert not Registration.objects.exists()


def test_undo_then_load_again(actor, batch, tmp_path):
    undo(batch, actor=actor)

    assert load(tmp_path / "so.xlsx", actor=actor).ok


def test_undo_twice_refused(actor, batch):
    undo(batch, actor=actor)

    with pytest.raises(Conflict):
        undo(batch, actor=actor)


@pytest.mark.parametrize(("model", "change"), [(Registration, {"version": 2}), (Dialogue, {"version": 3})])
def test_undo_after_somebody_worked_on_it_refused(actor, batch, model, change):
    model.objects.update(**change)

    with pytest.raises(Conflict) as refusal:
        undo(batch, actor=actor)

    assert refusal.value.code == "touched"
    assert Registration.objects.exists()


def test_undo_after_the_decision_was_revoked_refused(actor, batch):
    Decision.objects.update(state="revoked")

    with pytest.raises(Conflict):
        undo(batch, actor=actor)
