"""The kinds of unit, the tier on which each stands, and which kind may hang under which."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class UnitKind(TextChoices):
    """What a unit is; the root of every tree is a ``city`` (a province is loaded under the same kind)."""

    CITY = "city", _("City")
    URBAN_DISTRICT = "urban_district", _("Urban district")
    RURAL_DISTRICT = "rural_district", _("Rural district")
    TOWN = "town", _("Town")
    WARD = "ward", _("Ward")
    COMMUNE = "commune", _("Commune")
    TOWNSHIP = "township", _("Township")
    COMMITTEE = "committee", _("Committee directly under the city")


class Tier(TextChoices):
    """On which step of the ladder a unit decides."""

    COMMUNE = "commune", _("Commune level")
    COMMITTEE = "committee", _("Committees directly under the city")
    DISTRICT = "district", _("District level")
    CITY = "city", _("City level")


class Relation(TextChoices):
    """How much of the predecessor went into the successor, in the words of the resolution."""

    WHOLE = "whole", _("The whole unit")
    PART = "part", _("Part of the area and population")
    PART_ALL_POPULATION = "part_area_all_population", _("Part of the area, all of the population")
    PART_NO_POPULATION = "part_area_no_population", _("Part of the area, none of the population")


DISTRICTS = (UnitKind.URBAN_DISTRICT, UnitKind.RURAL_DISTRICT, UnitKind.TOWN)
COMMUNES = (UnitKind.WARD, UnitKind.COMMUNE, UnitKind.TOWNSHIP)

PARENT_KINDS: dict[str, tuple[str, ...]] = {
    UnitKind.CITY: (),
    UnitKind.COMMITTEE: (UnitKind.CITY,),
    **dict.fromkeys(DISTRICTS, (UnitKind.CITY,)),
    **dict.fromkeys(COMMUNES, (*DISTRICTS, UnitKind.CITY)),
}

_TIERS = {
    UnitKind.CITY: Tier.CITY,
    UnitKind.COMMITTEE: Tier.COMMITTEE,
    **dict.fromkeys(DISTRICTS, Tier.DISTRICT),
    **dict.fromkeys(COMMUNES, Tier.COMMUNE),
}


def tier_of(kind: str) -> Tier:
    """Return the tier of a kind of unit. Raises ``ValueError`` for a word that is no kind."""
    return _TIERS[UnitKind(kind)]
