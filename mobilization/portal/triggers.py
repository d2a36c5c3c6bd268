"""The triggers that say when what the public pages show has changed. A migration installs them on each table."""

_NAME = "portal_public_{operation}"
_TABLES = {
    "insert": "REFERENCING NEW TABLE AS after",
    "update": "REFERENCING OLD TABLE AS before NEW TABLE AS after",
    "delete": "REFERENCING OLD TABLE AS before",
    "truncate": "",
}
"""What each operation changes, by the names that ``portal_public_changed()`` knows; a truncation tells nothing."""


def triggers(table: str, shown: str) -> str:
    """Return the statements that watch ``table``; ``shown`` is the condition under which a row ``changed`` shows."""
    condition = shown.replace("'", "''")
    return "\n".join(
        f"CREATE TRIGGER {_NAME.format(operation=operation)} AFTER {operation.upper()} ON {table} {rows}"
        f" FOR EACH STATEMENT EXECUTE FUNCTION portal_public_changed('{condition}');"
        for operation, rows in _TABLES.items()
    )


def drop_triggers(table: str) -> str:
    """Return the statements that take them away."""
    return "\n".join(f"DROP TRIGGER {_NAME.format(operation=operation)} ON {table};" for operation in _TABLES)
