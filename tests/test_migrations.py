"""Squashed migrations and those they replace, as plans; ``tests/chains.py`` compares the databases."""

import pytest
from django.db import connection
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from tests.replaced import ReplacedLoader


def models(loader) -> dict:
    """All that a loader's migrations lead to, as plain values."""
    state = loader.project_state()
    plain = MigrationAutodetector(state, state).deep_deconstruct
    return {
        key: (plain(list(model.fields.items())), plain(model.options), model.bases, model.managers)
        for key, model in state.models.items()
    }


def test_squashed_migrations_lead_to_the_models_that_the_replaced_ones_lead_to():
    replaced, squashed = ReplacedLoader(None), MigrationLoader(None)
    assert squashed.replacements
    assert models(squashed) == models(replaced)


@pytest.mark.django_db
def test_squashed_migrations_each_place_of_the_replaced_ones_is_left_for_the_same_end():
    recorder = MigrationRecorder(connection)
    recorder.migration_qs.all().delete()
    replaced = ReplacedLoader(None)
    whole = [key for leaf in replaced.graph.leaf_nodes() for key in replaced.graph.forwards_plan(leaf)]
    whole = list(dict.fromkeys(whole))
    end, seen = models(replaced), set()
    for number, key in enumerate(whole):
        executor = MigrationExecutor(connection)
        loader = executor.loader
        loader.check_consistent_history(connection)
        plan = [migration for migration, _ in executor.migration_plan(loader.graph.leaf_nodes())]
        steps = [step for one in plan for step in one.replaces or [(one.app_label, one.name)]]
        assert sorted(steps) == sorted(whole[number:])
        # What they lead to depends only on which of the squashed ones are in use.
        used = frozenset(set(loader.replacements) & set(loader.graph.nodes))
        if used not in seen:
            assert models(loader) == end
        seen.add(used)
        recorder.record_applied(*key)
        executor.check_replacements()
