"""Models made after one another: the family of one, as everybody may see it."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db import connection
from django.db.models import Max, Min, Q

from models_registry.models import Registration, SkilledModel
from models_registry.states import State

MOST = 300
"""So many relatives are shown at most, the nearest to the beginning first."""
DEEPEST = 30

# One statement, however large the family: up to the first one, then down to all that was made after it. A circle, which
# no page can make, ends at the deepest.
_FAMILY = """
WITH RECURSIVE up(id, parent, depth) AS (
    SELECT id, replicated_from_id, 0 FROM models_registry_skilledmodel WHERE id = %(id)s
    UNION ALL
    SELECT m.id, m.replicated_from_id, up.depth + 1
    FROM models_registry_skilledmodel m JOIN up ON m.id = up.parent WHERE up.depth < %(deepest)s
), down(id, parent, depth) AS (
    (SELECT id, NULL::bigint, 0 FROM up ORDER BY depth DESC LIMIT 1)
    UNION ALL
    SELECT m.id, m.replicated_from_id, down.depth + 1
    FROM models_registry_skilledmodel m JOIN down ON m.replicated_from_id = down.id WHERE down.depth < %(deepest)s
)
SELECT id, min(parent) FROM down GROUP BY id
ORDER BY id IN (SELECT id FROM up) DESC, min(depth), id LIMIT %(most)s
"""


@dataclass
class Relative:
    """One model in its family: over which years it is published, and what was made after it."""

    model: SkilledModel
    first_year: int
    last_year: int
    is_self: bool = False
    made_after: "Relative | None" = None
    children: list["Relative"] = field(default_factory=list)

    @property
    def years(self) -> str:
        """Return the years, as 2024 or 2024–2026."""
        same = self.first_year == self.last_year
        return str(self.first_year) if same else f"{self.first_year}–{self.last_year}"

    def all(self) -> Iterator["Relative"]:
        """Yield this one and all that was made after it, at whatever distance."""
        yield self
        for child in self.children:
            yield from child.all()


@dataclass
class Family:
    """The tree in which a model stands, and its own place in it."""

    root: Relative
    own: Relative

    @property
    def copies(self) -> list[Relative]:
        """Return what was made after the model, at whatever distance."""
        return list(self.own.all())[1:]

    @property
    def units(self) -> int:
        """Return how many units made theirs after it."""
        return len({one.model.unit_id for one in self.copies})


def family_of(model: SkilledModel) -> Family | None:
    """Return the family of ``model`` as far as it is published; None where it stands alone, or is not published.

    What is not published is left out, and what was made after that is shown under the next one above. Takes one
    statement for a model that stands alone, two for any family.
    """
    parents = _parents(model.pk)
    if len(parents) == 1:
        return None
    shown = {one.pk: _relative(one, is_self=one.pk == model.pk) for one in _published(list(parents))}
    if model.pk not in shown:
        return None
    for pk, relative in shown.items():
        above = _nearest_above(pk, parents, shown)
        if above is not None:
            relative.made_after = shown[above]
            shown[above].children.append(relative)
    own = root = shown[model.pk]
    while root.made_after is not None:
        root = root.made_after
    return Family(root, own) if root.children else None


def _parents(pk: int) -> dict[int, int | None]:
    with connection.cursor() as cursor:
        cursor.execute(_FAMILY, {"id": pk, "deepest": DEEPEST, "most": MOST})
        parents = dict(cursor.fetchall())
    # In a circle the first one has a parent too; the tree begins somewhere.
    first = next(iter(parents), None)
    if all(parents.values()) and first is not None:
        parents[first] = None
    return parents


def _published(pks: list[int]):
    public = Q(registrations__state__in=sorted(State.PUBLIC))
    years = {
        "first_year": Min("registrations__year", filter=public),
        "last_year": Max("registrations__year", filter=public),
    }
    found = SkilledModel.objects.filter(pk__in=pks).annotate(**years)
    return found.filter(first_year__isnull=False).select_related("unit").order_by("first_year", "code")


def _relative(model: SkilledModel, *, is_self: bool) -> Relative:
    return Relative(model, model.first_year, model.last_year, is_self)


def _nearest_above(pk: int, parents: dict[int, int | None], shown: dict[int, Relative]) -> int | None:
    seen, above = {pk}, parents.get(pk)
    while above is not None and above not in shown and above not in seen:
        seen.add(above)
        above = parents.get(above)
    return above if above in shown and above not in seen else None


def latest_published(model: SkilledModel) -> Registration | None:
    """Return the latest year of ``model`` that anybody may read; None where there is none."""
    return Registration.objects.published().of_model(model).select_related("unit").newest_first().first()
