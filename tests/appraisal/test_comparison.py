"""The sheets side by side: which of them count."""

import pytest

from mobilization.appraisal.comparison import comparison
from models_registry import transitions
from tests.appraisal.factories import AppraisalFactory
from tests.models_registry.factories import DeclarationFactory, RegistrationFactory, commune_people

pytestmark = pytest.mark.django_db


def test_comparison_holds_the_sheets_on_the_report_as_it_stands():
    commune, official, reviewer = commune_people()
    registration = RegistrationFactory(unit=commune, reported=True, by_official=official)
    AppraisalFactory(registration=registration, total=90)
    returned = transitions.return_report(registration, actor=reviewer, reason="Số liệu chưa khớp")
    again = transitions.resubmit_report(returned, actor=official)
    assert comparison(again, "grassroots", []) is None

    new = AppraisalFactory(registration=again, total=40)

    shown = comparison(again, "grassroots", [])
    assert (shown.sheets, shown.mean, shown.spread) == ([new], 40, 0)


def test_comparison_leaves_out_who_declared_a_relation_since_and_takes_in_who_denied_it_last():
    commune, _official, _reviewer = commune_people()
    registration = RegistrationFactory(unit=commune, reported=True)
    silent, related, denied = (AppraisalFactory(registration=registration, total=n) for n in (40, 90, 60))
    for sheet, is_related in ((related, False), (related, True), (denied, True), (denied, False)):
        DeclarationFactory(registration=registration, reviewer=sheet.appraiser, is_related=is_related)

    shown = comparison(registration, "grassroots", [])
    assert (shown.sheets, shown.mean, shown.spread) == ([silent, denied], 50, 20)
