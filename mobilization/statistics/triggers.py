"""The triggers that note which years have to be computed again, and refuse what a closed year no longer allows.

Each statement on a counted table is looked at once, by its transition tables, within the transaction of the act: an act
that is rolled back leaves no mark, and no room below has to know of statistics. Migrations install them.
"""

from dataclasses import dataclass

_TABLES = {
    "insert": "REFERENCING NEW TABLE AS after",
    "update": "REFERENCING OLD TABLE AS before NEW TABLE AS after",
    "delete": "REFERENCING OLD TABLE AS before",
}


@dataclass(frozen=True)
class Watched:
    """A table whose rows are counted.

    ``changed`` is the row in every expression: ``year`` and ``unit`` say where it counts, ``counted`` whether it does,
    ``join`` brings what they need. An update is noted where one of ``facts`` differs, and refused in a closed year where
    one of ``locked`` does; rows that come or go are refused there where ``bound`` holds.
    """

    table: str
    year: str
    unit: str
    counted: str
    facts: tuple[str, ...]
    locked: tuple[str, ...] = ()
    join: str = ""
    bound: str = "true"

    @property
    def function(self) -> str:
        return f"statistics_note_{self.table}"

    def create(self) -> str:
        """Return the statements that install function and triggers."""
        came, went = self._refuse("after", self.bound), self._refuse("before", self.bound)
        changed = ""
        if self.locked:
            moved = f"changed.id IN ({self._moved(self.locked)}) AND {self.bound}"
            changed = self._refuse("before", moved) + self._refuse("after", moved)
        noted = f"changed.id IN ({self._moved(self.facts)})"
        return f"""
            CREATE FUNCTION {self.function}() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF TG_OP = 'INSERT' THEN
                    {came} {self._note("after")}
                ELSIF TG_OP = 'DELETE' THEN
                    {went} {self._note("before")}
                ELSE
                    {changed} {self._note("before", noted)} {self._note("after", noted)}
                END IF;
                RETURN NULL;
            END $$;
            {"".join(self._trigger(operation, rows) for operation, rows in _TABLES.items())}
        """

    def drop(self) -> str:
        """Return the statements that take them away."""
        return f"DROP FUNCTION {self.function}() CASCADE"

    def _trigger(self, operation: str, rows: str) -> str:
        return (
            f"CREATE TRIGGER {self.function}_{operation} AFTER {operation.upper()} ON {self.table} {rows}"
            f" FOR EACH STATEMENT EXECUTE FUNCTION {self.function}();"
        )

    def _moved(self, facts: tuple[str, ...]) -> str:
        before, after = (", ".join(f"{row}.{fact}" for fact in facts) for row in ("was", "now"))
        rows = "before was JOIN after now USING (id)"
        return f"SELECT now.id FROM {rows} WHERE ({before}) IS DISTINCT FROM ({after})"  # noqa: S608 -- constants

    def _note(self, rows: str, only: str = "true") -> str:
        return f"""
            INSERT INTO statistics_mark (year, unit_id)
            SELECT DISTINCT {self.year}, {self.unit} FROM {rows} changed {self.join}
            WHERE {self.counted} AND {only};
        """  # noqa: S608 -- built of the constants of this file

    def _refuse(self, rows: str, only: str) -> str:
        return f"""
            PERFORM statistics_refuse_closed(city, year) FROM (
                SELECT DISTINCT split_part(place.path, '/', 2)::bigint AS city, {self.year} AS year
                FROM {rows} changed {self.join} JOIN units_unit place ON place.id = {self.unit}
                WHERE {self.counted} AND {only}
            ) touched;
        """  # noqa: S608 -- as above
