"""What a visitor loads on the first visit: the page, its style sheets, scripts and icons, compressed as they are sent.

Charts, pictures and fonts apart. Sixty thousand bytes come within three seconds over a line of a poor ward.
"""

import datetime
import gzip
import random
import re
from functools import cache

import pytest
from django.contrib.staticfiles.finders import get_finders
from django.core.cache import cache as pages
from django.utils import timezone

from mobilization.portal import page_cache
from mobilization.statistics.measures import MEASURES, key_labels
from mobilization.statistics.models import Figure, YearStatus
from mobilization.statistics.states import Basis, Dimension
from mobilization.units.models import Unit
from tests import kept_rows
from tests.awards.factories import issued
from tests.bench.words import PLACES, TITLES
from tests.dialogues.factories import DialogueFactory, OpinionFactory
from tests.models_registry.factories import RegistrationFactory

MOST = 60_000
LINKED = re.compile(r'(?:rel="stylesheet" href|<script [^>]*src|<script src|<use href)="/static/([^"#]+)')
APART = "echarts"
PAGES = {
    "home": "/",
    "models": "/models/",
    "model": "/models/{model}/",
    "dialogues": "/dialogues/",
    "dialogue": "/dialogues/{dialogue}/",
    "opinions": "/dialogues/opinions/",
    "awards": "/awards/",
    "decision": "/awards/decisions/{decision}/",
    "statistics": "/statistics/?year=2024&basis=current",
    "dialogues of a year": "/statistics/?year=2024&basis=current&about=dialogues",
    "compare": "/statistics/compare/",
    "records": "/statistics/records/?year=2025&measure=registered",
    "definitions": "/statistics/definitions/",
    "units": "/units/",
    "unit": "/units/{city}/",
    "open data": "/open-data/",
    "verify": "/verify/",
}


@cache
def collected(name: str) -> int:
    """Return how heavy a static file is as it is collected and compressed."""
    for finder in get_finders():
        for path, storage in finder.list(["*.woff2"]):
            if "/".join(filter(None, [getattr(storage, "prefix", ""), path])) == name:
                return len(gzip.compress(storage.open(path).read(), 9))
    raise AssertionError(f"{name} is linked and not collected")


@pytest.fixture
def addresses(settings):
    """A city as large as Hanoi, with numbers on every unit and full first pages."""
    settings.PAGE_CACHE_SECONDS = 60
    page_cache._at_hand.clear()
    kept_rows.put_in_hanoi()
    dice = random.Random(14)
    city = Unit.objects.in_force().cities().get()
    units = list(Unit.objects.under(city).in_force())
    for year in range(2016, 2026):
        YearStatus.objects.create(
            city=city,
            year=year,
            computed_at=timezone.now(),
            figures=1,
            changed=0,
            duration=datetime.timedelta(),
        )
    Figure.objects.bulk_create(figures(units, city, dice))
    titles = [f"{dice.choice(TITLES)} {dice.choice(PLACES)}" for _ in range(30)]
    filed = [RegistrationFactory(accepted=True, title=title, unit=dice.choice(units)) for title in titles]
    dialogues = [
        DialogueFactory(published=True, unit=dice.choice(units), topic=title[:200]) for title in titles[:26]
    ]
    for title in titles:
        OpinionFactory(dialogue=dialogues[0], is_public=True, public_text=f"{title}. {dice.choice(titles)}.")
    decision = issued(25)
    known = {
        "model": filed[0].model.code,
        "dialogue": dialogues[0].pk,
        "decision": decision.pk,
        "city": city.pk,
    }
    yield {name: address.format(**known) for name, address in PAGES.items()}
    pages.clear()


def figures(units, city, dice):
    """Yield a number for every measure of every unit in two years, and for the city by every key of ten years."""
    for year in range(2016, 2026):
        # The units in the year that is shown and in the one before.
        for unit in units if year > 2023 else [city]:
            for code, measure in MEASURES.items():
                for dimension in [Dimension.NONE, *(measure.dimensions if unit == city else ())]:
                    for key in [""] if dimension == Dimension.NONE else key_labels(dimension):
                        number = dice.randrange(1, 90_000)
                        yield Figure(
                            year=year,
                            basis=Basis.CURRENT,
                            unit=unit,
                            dimension=dimension,
                            key=key,
                            measure=code,
                            own=number,
                            subtree=number,
                            estimated=dice.random() < 0.3,
                        )


def weight(client, address: str) -> int:
    answer = client.get(address, headers={"Accept-Encoding": "gzip"})
    assert answer.status_code == 200, address
    assert answer["Content-Encoding"] == "gzip", address
    linked = set(LINKED.findall(gzip.decompress(answer.content).decode()))
    assert {"css/portal.css", "js/portal.js", "img/icons.svg"} <= linked, address
    return len(answer.content) + sum(collected(name) for name in linked if APART not in name)


@pytest.mark.django_db(transaction=True)
def test_no_public_page_is_heavy_on_the_first_visit(client, addresses):
    weights = {name: weight(client, address) for name, address in addresses.items()}
    assert {name: heavy for name, heavy in weights.items() if heavy > MOST} == {}
