"""Public pages beside the plain ones, made anew each time; then the kept ones beside the same bytes at once."""

from collections.abc import Callable, Iterator

from django.conf import settings
from django.test import Client

from mobilization.core.paging import KeysetPaginator
from models_registry.models import Registration
from models_registry.querysets import NEWEST_FIRST
from tests.bench.pages import page
from tests.bench.plain import at_once
from tests.bench.runner import Row

PER_PAGE = 25
PLAIN_LIST = "plain list: COUNT, page numbers"
SPEED, KEPT_SPEED = 4, 0.6
ROUNDS = 45


def rows() -> Iterator[Row]:
    """First, filtered and deep page; search; the page of a model; then the list and the model kept."""
    public = Registration.objects.published()
    first = made("/models/")
    yield Row("public list, first page", first, made("/plain/models/"), PLAIN_LIST, "speed", SPEED, ROUNDS)
    filters = "year=2023&field=economy&level=grassroots"
    yield Row(
        "public list, filtered by year, field and level",
        made(f"/models/?{filters}"),
        made(f"/plain/models/?{filters}"),
        PLAIN_LIST,
        "speed",
        SPEED,
        ROUNDS,
    )
    number = public.count() // PER_PAGE * 8 // 10
    before = public.order_by(*NEWEST_FIRST)[number * PER_PAGE - PER_PAGE - 1]
    cursor = KeysetPaginator(public, NEWEST_FIRST)._encode(before, backwards=False)
    deep = made(f"/models/?cursor={cursor}")
    label = f"public list, page {number:,}"
    yield Row(label, deep, made(f"/plain/models/?page={number}"), PLAIN_LIST, "speed", SPEED)
    yield Row(f"{label} against the first page", deep, first, "our own first page", "cost", 1.1, ROUNDS)
    yield Row(
        "search without accents",
        made("/models/?q=hien+dat+thon+doai"),
        made("/plain/models/?q=hiến đất mở đường thôn Đoài"),
        "plain list, icontains",
        "speed",
        20,
    )
    code = public.order_by("pk")[1000].model.code
    detail = f"/models/{code}/"
    yield Row(
        "page of a model", made(detail), made(f"/plain{detail}"), "plain detail page", "speed", 0.5, ROUNDS
    )
    yield kept_row("public list, kept", f"/models/?{filters}")
    yield kept_row("page of a model, kept", detail)


def kept_row(label: str, address: str) -> Row:
    """Return the row of a page that is kept, beside a view that answers the very same bytes at once."""
    ours = kept(address)
    at_once.pages["page"] = ours()
    return Row(label, ours, page("/plain/at-once/page/"), "the same bytes at once", "speed", KEPT_SPEED, 61)


def made(address: str) -> Callable[[], bytes]:
    """Return what fetches a page that is made anew, whatever is kept."""
    return _keeping(page(address), 0)


def kept(address: str) -> Callable[[], bytes]:
    """Return what fetches a page as a browser does of somebody who is not signed in."""
    return _keeping(page(address, Client(headers={"Accept-Encoding": "gzip"})), 600)


def _keeping(fetch: Callable[[], bytes], seconds: int) -> Callable[[], bytes]:
    def fetch_so() -> bytes:
        settings.PAGE_CACHE_SECONDS = seconds
        return fetch()

    return fetch_so
