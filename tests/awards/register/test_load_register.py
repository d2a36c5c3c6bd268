import datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from awards.models import RegisterBatch
from mobilization.accounts.states import Role
from mobilization.units.models import Unit
from models_registry.models import Registration
from tests.accounts.factories import user_with
from tests.awards.register.rows import MODEL
from tests.units.factories import city

pytestmark = pytest.mark.django_db


def run(*args):
    out = StringIO()
    call_command("load_register", *map(str, args), stdout=out)
    return out.getvalue()


def test_load_register_answers_a_table(actor, workbook):
    answer = run(workbook(models=[MODEL]), "--actor", actor.email)

    assert answer.splitlines()[1].split() == ["Mô", "hình", "1", "1", "0"]
    assert f"Batch {RegisterBatch.objects.get().pk}" in answer


def test_load_register_bad_cell_is_named_and_nothing_loaded(actor, workbook):
    out = StringIO()

    with pytest.raises(CommandError):
        call_command(
            "load_register", str(workbook(models=[MODEL | {"Bắt đầu": "?"}])), actor=actor.email, stdout=out
        )

    assert "Mô hình · O2 · Bắt đầu [?]" in out.getvalue()
    assert not Registration.objects.exists()


def test_load_register_undo(actor, workbook):
    run(workbook(models=[MODEL]), "--actor", actor.email)

    run("--undo", RegisterBatch.objects.get().pk, "--actor", actor.email)

    assert not Registration.objects.exists()


@pytest.mark.parametrize(
    "args",
    [
        ["--actor", "staff@example.vn"],
        ["a.xlsx", "--actor", "niemand@example.vn"],
        ["a.xlsx", "--undo", "1", "--actor", "staff@example.vn"],
    ],
)
def test_load_register_wrong_arguments_refused(actor, args):
    with pytest.raises(CommandError):
        run(*args)


@pytest.mark.parametrize("role", sorted(set(Role.values) - {Role.CITY_STAFF}))
def test_load_register_in_the_name_of_another_role_refused(actor, workbook, role):
    other = user_with(role, Unit.objects.in_force().communes().first() if role in Role.LOCAL else city())
    with pytest.raises(CommandError, match="city staff"):
        run(workbook(models=[MODEL]), "--actor", other.email)
    assert not RegisterBatch.objects.exists()


def test_load_register_in_the_name_of_former_city_staff_refused(actor, workbook):
    actor.positions.update(valid_to=datetime.date(2021, 1, 1))
    with pytest.raises(CommandError, match="city staff"):
        run(workbook(models=[MODEL]), "--actor", actor.email)
    assert not RegisterBatch.objects.exists()


def test_load_register_undo_in_the_name_of_another_role_refused(actor, workbook):
    run(workbook(models=[MODEL]), "--actor", actor.email)
    batch = RegisterBatch.objects.get()
    with pytest.raises(CommandError, match="city staff"):
        run("--undo", batch.pk, "--actor", user_with(Role.AUDITOR, city()).email)
    assert Registration.objects.exists()
