"""Public pages beside the plain ones."""

from collections.abc import Iterator

from mobilization.core.paging import KeysetPaginator
from models_registry.models import Registration
from models_registry.querysets import NEWEST_FIRST
from tests.bench.pages import page
from tests.bench.runner import Row

PER_PAGE = 25
PLAIN_LIST = "plain list: COUNT, page numbers"
SPEED = 4


def rows() -> Iterator[Row]:
    """First, filtered and deep page; search; the page of a model."""
    public = Registration.objects.published()
    first = page("/models/")
    yield Row("public list, first page", first, page("/plain/models/"), PLAIN_LIST, "speed", SPEED)
    filters = "year=2023&field=economy&level=grassroots"
    yield Row(
        "public list, filtered by year, field and level",
        page(f"/models/?{filters}"),
        page(f"/plain/models/?{filters}"),
        PLAIN_LIST,
        "speed",
        SPEED,
    )
    number = public.count() // PER_PAGE * 8 // 10
    before = public.order_by(*NEWEST_FIRST)[number * PER_PAGE - PER_PAGE - 1]
    cursor = KeysetPaginator(public, NEWEST_FIRST)._encode(before, backwards=False)
    deep = page(f"/models/?cursor={cursor}")
    label = f"public list, page {number:,}"
    yield Row(label, deep, page(f"/plain/models/?page={number}"), PLAIN_LIST, "speed", SPEED)
    yield Row(f"{label} against the first page", deep, first, "our own first page", "cost", 1.1)
    yield Row(
        "search without accents",
        page("/models/?q=hien+dat+thon+doai"),
        page("/plain/models/?q=hiến đất mở đường thôn Đoài"),
        "plain list, icontains",
        "speed",
        20,
    )
    code = public.order_by("pk")[1000].model.code
    yield Row(
        "page of a model",
        page(f"/models/{code}/"),
        page(f"/plain/models/{code}/"),
        "plain detail page",
        "speed",
        0.5,
    )
