"""Submit, accept, recognise by POST beside a plain form that changes the state of the same row.

Statements are counted in this process. Times are those of eight browsers at once, each with a connection of its own
to a granian that serves as in production; what each act changed is put back, so that every round finds the same rows.
"""

import http.client
import socket
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mobilization.accounts.models import Position, User
from mobilization.accounts.states import Role
from mobilization.core.supervisor import Program, Supervisor
from models_registry.models import Recognition, Registration, ReviewStep
from models_registry.recusal import is_own_work
from models_registry.states import Level, State
from tests.bench.data import FIRST_YEAR, YEARS
from tests.bench.runner import Row

BROWSERS, POSTS = 8, 96
ROUNDS = 3
MOST_STATEMENTS, MOST_COST = 25, 3
CSRF = "b" * 32
DONE = 302
CHANGED = (
    *("unit", "state", "state_since", "submitted_by", "submitted_at", "late", "returned_by", "return_due_on"),
    *("exemplary", "changed_by", "changed_at", "version"),
)
"""What the acts change in a row."""
DECISION = {"body": "Đảng ủy", "number": "12-QĐ/ĐU", "decided_on": "20/11/2026"}


@dataclass(frozen=True)
class Act:
    """An act: who does it, from which state to which, with which words."""

    name: str
    role: str
    before: str
    after: str
    words: dict[str, str]


ACTS = (
    Act("submit", Role.OFFICIAL, State.DRAFT, State.SUBMITTED, {}),
    Act("accept", Role.REVIEWER, State.SUBMITTED, State.ACCEPTED, {}),
    Act("recognise", Role.REVIEWER, State.REPORTED, State.RECOGNISED, DECISION),
)


@dataclass(frozen=True)
class Post:
    """One press of a button: the session of who presses it, and both addresses with what they are sent."""

    session: str
    ours: tuple[str, dict[str, str]]
    plain: tuple[str, dict[str, str]]


def rows() -> Iterator[Row]:
    """Statements and time of each act."""
    with _served() as port:
        for act in ACTS:
            actors = _actors(act)
            registrations = _registrations(act, actors)
            posts = _posts(act, registrations, actors)
            yield Row(
                f"{act.name}, statements",
                lambda posts=posts: posts[0].ours,
                lambda posts=posts: posts[0].plain,
                "the plain form's",
                "count",
                MOST_STATEMENTS,
                rounds=1,
                measure=_put_back(registrations, lambda side, posts=posts: _statements(posts[0], side())),
                unit="",
            )
            yield Row(
                f"{act.name}, 95 of 100 at {BROWSERS} connections",
                lambda posts=posts: [(post.session, *post.ours) for post in posts],
                lambda posts=posts: [(post.session, *post.plain) for post in posts],
                "a plain ModelForm",
                "cost",
                MOST_COST,
                rounds=ROUNDS,
                measure=_put_back(registrations, lambda side: _p95(port, side())),
            )


def _actors(act: Act) -> dict[int, User]:
    """Return who does it, by unit."""
    positions = Position.objects.in_force().with_role(act.role).select_related("user")
    return {position.unit_id: position.user for position in positions}


def _registrations(act: Act, actors: dict[int, User]) -> list[Registration]:
    """Return this year's rows from which the act starts, of units with somebody who has not typed them."""
    found = Registration.objects.filter(
        year=FIRST_YEAR + YEARS - 1, state=act.before, level=Level.GRASSROOTS, unit__heir__in=actors
    )
    rows = found.select_related("unit").order_by("pk")[: 2 * POSTS]
    return [
        one for one in rows if act.role == Role.OFFICIAL or not is_own_work(actors[one.unit.heir_id], one)
    ][:POSTS]


def _posts(act: Act, registrations: list[Registration], actors: dict[int, User]) -> list[Post]:
    sessions = {}
    for unit in {one.unit.heir_id for one in registrations}:
        client = Client()
        client.force_login(actors[unit])
        sessions[unit] = client.cookies[settings.SESSION_COOKIE_NAME].value
    return [
        Post(
            sessions[one.unit.heir_id],
            (
                f"/desk/registrations/{one.pk}/acts/{act.name}/",
                act.words | {"seen_version": str(one.version)},
            ),
            (f"/plain/state/{one.pk}/", {"state": act.after}),
        )
        for one in registrations
    ]


def _statements(post: Post, request: tuple[str, dict[str, str]]) -> float:
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = post.session
    with CaptureQueriesContext(connection) as made:
        answer = client.post(*request)
    _demand(answer.status_code, request[0])
    return len(made)


def _p95(port: int, requests: list[tuple[str, str, dict[str, str]]]) -> float:
    """Return, in milliseconds, the time within which 95 of 100 requests were answered."""
    shares = [requests[number::BROWSERS] for number in range(BROWSERS)]
    with ThreadPoolExecutor(BROWSERS) as browsers:
        times = [one for share in browsers.map(lambda share: _browse(port, share), shares) for one in share]
    return statistics.quantiles(times, n=20)[-1] * 1000


def _browse(port: int, requests: list[tuple[str, str, dict[str, str]]]) -> list[float]:
    browser = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    times = []
    for session, address, words in requests:
        body = urlencode(words | {"csrfmiddlewaretoken": CSRF})
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={CSRF}",
        }
        started = time.perf_counter()
        browser.request("POST", address, body, headers)
        answer = browser.getresponse()
        answer.read()
        times.append(time.perf_counter() - started)
        _demand(answer.status, address)
    browser.close()
    return times


def _demand(status: int, address: str) -> None:
    if status != DONE:
        raise SystemExit(f"{address} answered {status}")


def _put_back(registrations: list[Registration], measure: Callable) -> Callable:
    """Return ``measure``, after which the rows stand as they stood before; the logs keep what was done to them."""

    def run(side: Callable) -> float:
        try:
            return measure(side)
        finally:
            _restore(registrations)

    return run


@transaction.atomic
def _restore(registrations: list[Registration]) -> None:
    tables = [model._meta.db_table for model in (Recognition, ReviewStep, Registration)]
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        Recognition.objects.filter(registration__in=registrations).delete()
        ReviewStep.objects.filter(registration__in=registrations).delete()
        Registration.objects.bulk_update(registrations, CHANGED)
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


@contextmanager
def _served() -> Iterator[int]:
    """Serve the portal with the plain form on a free port, with as many workers and threads as in production."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "granian",
        "--interface=wsgi",
        "--host=127.0.0.1",
        f"--port={port}",
        "--no-ws",
    ]
    command += ["--workers=2", "--blocking-threads=4", "--log-level=warning", "tests.bench.wsgi:application"]
    server = Supervisor([Program("web", command)])
    server.start()
    try:
        _wait_for(port, server)
        yield port
    finally:
        server.stop()


def _wait_for(port: int, server: Supervisor) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and server.ended() is None:
        try:
            browser = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
            browser.request("GET", "/healthz")
            if browser.getresponse().status == http.HTTPStatus.OK:
                return
        except OSError:
            time.sleep(0.2)
    raise SystemExit("The server did not start.")
