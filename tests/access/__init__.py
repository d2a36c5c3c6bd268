"""Who may open what: the words in which the table of ``test_access.py`` is written; its rows lie beside, by app."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property, partial

from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from mobilization.accounts.models import User
from mobilization.accounts.states import Role
from mobilization.units.models import Unit
from tests.accounts.factories import UserFactory, user_with
from tests.units.factories import UnitFactory, city

# "official" and "reviewer" work at the commune whose records the table asks for, "neighbour" is an official of
# another one. The roles of the city are held at the city.
VISITORS = ("anonymous", "no_position", "official", "neighbour", "reviewer", *sorted(Role.CITY), "auditor")
WITH_POSITION = frozenset(VISITORS) - {"anonymous", "no_position"}
GATE = {"anonymous": "login", "no_position": "no position"}


class World:
    """The commune, its neighbour, and one user for each visitor, signed in; the rows make the records they need."""

    @cached_property
    def commune(self) -> Unit:
        return UnitFactory()

    @cached_property
    def users(self) -> dict[str, User | None]:
        at = dict.fromkeys(Role.LOCAL, self.commune) | dict.fromkeys({*Role.CITY, "auditor"}, city())
        users = {role: user_with(role, unit) for role, unit in at.items()}
        return users | {
            "anonymous": None,
            "no_position": UserFactory(),
            "neighbour": user_with(Role.OFFICIAL, UnitFactory()),
        }

    @cached_property
    def cookies(self) -> dict[str, dict]:
        """Each visitor's cookies: to sign in takes as long as to open a page."""
        return {visitor: dict(_signed_in(user).cookies) for visitor, user in self.users.items()}


@dataclass(frozen=True)
class Row:
    """One address and what each visitor gets there: "200", "404", "login", "no position", "redirect".

    Of an act ``body`` is what is posted, the least that tells whoever may from the others; for those it answers "act".
    """

    name: str
    answers: dict[str, str]
    kwargs: Callable[[World], dict] = field(default=lambda _world: {})
    query: str = ""
    body: dict[str, str] | None = None

    def __str__(self) -> str:
        return self.name

    def address(self, world: World) -> str:
        """Make the records of this row and return its address."""
        return reverse(self.name, kwargs=self.kwargs(world)) + self.query


def public(name: str, kwargs: Callable | None = None, answer: str = "200") -> Row:
    """Return the row of a page for everybody."""
    return _row(name, dict.fromkeys(VISITORS, answer), kwargs)


def staff(
    name: str, who: str, kwargs: Callable | None = None, *, answer: str = "200", query: str = ""
) -> Row:
    """Return the row of a staff page that the visitors in ``who`` may open; for the others it does not exist."""
    may = set(who.split()) if who != "all" else WITH_POSITION
    assert may <= WITH_POSITION, may - WITH_POSITION
    return _row(name, GATE | {v: answer if v in may else "404" for v in WITH_POSITION}, kwargs, query)


def signed_in(name: str, kwargs: Callable | None = None, answer: str = "200") -> Row:
    """Return the row of a page for everybody with an account, also without a position."""
    return _row(name, dict.fromkeys(VISITORS, answer) | {"anonymous": "login"}, kwargs)


def post_only(
    name: str, who: str, kwargs: Callable | None = None, *, body: dict[str, str] | None = None
) -> Row:
    """Return the row of an act that the visitors in ``who`` may ask for; nobody does by opening its address."""
    return replace(staff(name, who, kwargs, answer="act"), body=body or {})


def _row(name: str, answers: dict[str, str], kwargs: Callable | None, query: str = "") -> Row:
    return Row(name, answers, kwargs or (lambda _world: {}), query)


def answers(row: Row, address: str, world: World) -> dict[str, str]:
    """Open ``address`` as each visitor, or post to it, and return what each gets."""
    ask = _opened if row.body is None else partial(_posted, body=row.body)
    return {visitor: ask(address, world.cookies[visitor]) for visitor in VISITORS}


def opened_by_whoever_may(row: Row, address: str, world: World) -> str:
    """Open ``address`` of an act as the first visitor who may ask for it, and return what he gets."""
    first = next(visitor for visitor in VISITORS if row.answers[visitor] == "act")
    return _opened(address, world.cookies[first])


def _signed_in(user: User | None) -> Client:
    client = Client()
    if user is not None:
        client.force_login(user)
    return client


def _opened(address: str, cookies: dict) -> str:
    return _answer(_client(cookies).get(address))


def _posted(address: str, cookies: dict, body: dict[str, str]) -> str:
    with transaction.atomic():  # the next visitor finds what the first one found
        answer = _answer(_client(cookies).post(address, body))
        transaction.set_rollback(True)
    return answer if answer in {"404", "405", "login", "no position"} else "act"


def _client(cookies: dict) -> Client:
    client = Client()
    client.cookies.update(cookies)
    return client


def _answer(response: HttpResponse) -> str:
    if response.status_code != 302:
        return str(response.status_code)
    if response["Location"].startswith(reverse("account_login")):
        return "login"
    return "no position" if response["Location"] == reverse("accounts:no_position") else "redirect"


def all_names(resolver: URLResolver | None = None, namespace: str = "") -> set[str]:
    """Return the names of all addresses of the portal; one without a name by its pattern."""
    names: set[str] = set()
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLPattern):
            names.add(f"{namespace}{entry.name or entry.pattern}")
        else:
            names |= all_names(entry, f"{namespace}{entry.namespace}:" if entry.namespace else namespace)
    return names
