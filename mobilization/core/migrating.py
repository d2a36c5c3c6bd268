"""Many operations of one migration for the price of one.

After each operation Django renders the models anew that are related to the changed one, and with this many tables that
is nearly all the time that migrating an empty database takes. Within ``AtOnce`` they are rendered once.
"""

from collections.abc import Sequence

from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState


class AtOnce(Operation):
    """Operations that each meet the state that all of them lead to.

    Fit are those that only add (``CreateModel`` in any order, with indexes and constraints among its options;
    ``AddTrigger``), since none of them asks what was before it. Keys between tables come at the end of the migration.
    """

    reduces_to_sql = True
    serialization_expand_args = ["operations"]

    def __init__(self, operations: Sequence[Operation]) -> None:
        self.operations = operations

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        if "apps" in state.__dict__:
            # What is not rendered is not rendered anew; whoever asks for it next renders it whole.
            del state.apps
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(self, app_label, schema_editor, from_state, to_state) -> None:
        for operation in self.operations:
            operation.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label, schema_editor, from_state, to_state) -> None:
        for operation in reversed(self.operations):
            operation.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        return "; ".join(operation.describe() for operation in self.operations)
