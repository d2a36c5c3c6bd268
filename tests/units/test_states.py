import pytest

from mobilization.units.states import COMMUNES, DISTRICTS, PARENT_KINDS, Tier, UnitKind, tier_of


def test_tier_of_every_kind_is_known():
    assert {kind: tier_of(kind) for kind in UnitKind} == {
        UnitKind.CITY: Tier.CITY,
        UnitKind.COMMITTEE: Tier.COMMITTEE,
        **dict.fromkeys(DISTRICTS, Tier.DISTRICT),
        **dict.fromkeys(COMMUNES, Tier.COMMUNE),
    }


def test_tier_of_unknown_kind_is_refused():
    with pytest.raises(ValueError, match="hamlet"):
        tier_of("hamlet")


def test_parent_kinds_every_kind_leads_to_the_city():
    for kind in UnitKind:
        walked = [kind]
        while PARENT_KINDS[walked[-1]]:
            walked.append(PARENT_KINDS[walked[-1]][-1])
            assert len(walked) < len(UnitKind)
        assert walked[-1] == UnitKind.CITY
