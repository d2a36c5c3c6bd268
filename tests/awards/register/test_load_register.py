from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from awards.models import RegisterBatch
from models_registry.models import Registration
from tests.awards.register.rows import MODEL

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
