"""The page of definitions: every measure once, under its code, with who answers for it."""

import pytest
from django.urls import reverse

from mobilization.statistics.measures import MEASURES


@pytest.mark.django_db
def test_definitions_page_has_an_anchor_for_every_measure(client):
    page = client.get(reverse("portal:statistics_definitions")).content.decode()
    for measure in MEASURES.values():
        assert f'id="{measure.code}"' in page
        assert f'href="#{measure.code}"' in page


@pytest.mark.parametrize("measure", MEASURES.values(), ids=lambda measure: measure.code)
def test_every_measure_says_what_it_means_and_who_answers(measure):
    assert str(measure.label)
    assert str(measure.definition).endswith(".")
    assert str(measure.records)
    assert str(measure.answerable)
