import pytest
from django.db import connection, migrations, models
from django.db.migrations.state import ProjectState

from mobilization.core.migrating import AtOnce

PARTS = [
    migrations.CreateModel(
        "Branch",
        [
            ("id", models.BigAutoField(primary_key=True)),
            ("tree", models.ForeignKey("core.Tree", models.CASCADE)),
        ],
    ),
    migrations.CreateModel("Tree", [("id", models.BigAutoField(primary_key=True))]),
    migrations.AddConstraint(
        "branch", models.CheckConstraint(condition=models.Q(id__gt=0), name="branch_counted")
    ),
]
"""The key points at what comes later."""


def migration(operations):
    one = migrations.Migration("0001_trees", "core")
    one.operations = operations
    return one


def tables() -> set[str]:
    return {"core_branch", "core_tree"} & set(connection.introspection.table_names())


def constraints() -> dict:
    with connection.cursor() as cursor:
        return connection.introspection.get_constraints(cursor, "core_branch")


@pytest.mark.django_db
def test_at_once_tables_come_with_their_keys_and_go_again():
    one = migration([AtOnce(PARTS[:2]), AtOnce(PARTS[2:])])
    state = ProjectState()
    assert state.apps
    with connection.schema_editor() as editor:
        one.apply(state, editor)
    assert tables() == {"core_branch", "core_tree"}
    assert "branch_counted" in constraints()
    assert ("core_tree", "id") in [found["foreign_key"] for found in constraints().values()]
    with connection.schema_editor() as editor:
        one.unapply(ProjectState(), editor)
    assert tables() == set()


def test_at_once_state_is_that_of_its_operations_and_rendered_when_somebody_asks():
    state = ProjectState()
    assert state.apps
    migration([AtOnce(PARTS)]).mutate_state(state, preserve=False)
    assert "apps" not in state.__dict__
    assert state == migration(PARTS).mutate_state(ProjectState())
    assert state.apps.get_model("core", "branch")._meta.get_field("tree").related_model.__name__ == "Tree"


def test_at_once_says_all_that_it_does():
    assert AtOnce(PARTS).describe() == "; ".join(operation.describe() for operation in PARTS)
    assert AtOnce(PARTS).reversible
