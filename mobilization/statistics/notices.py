"""What people are told about figures, and what of them waits for whom."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mobilization.accounts.models import Position, User
from mobilization.accounts.states import Role
from mobilization.messaging import groups, kinds, services, todos
from mobilization.messaging.kinds import Kind, filled, paragraphs
from mobilization.messaging.todos import Item, Todo
from mobilization.statistics.measures import MEASURES
from mobilization.statistics.models import Adjustment, Correction, RebuildRun, Reconciliation
from mobilization.units.models import Unit

STATISTICS = groups.register("statistics", _("Statistics"))


def _label(code: str) -> str:
    return str(MEASURES[code].label) if code in MEASURES else code


_WORDS = filled(_("In their words: %(words)s"), needs="words")
kinds.register(
    Kind(
        "statistics.differences",
        _("Figures differ from the records"),
        STATISTICS,
        at_once=True,
        subject=filled(_("Figures of %(year)s differ from the records: %(count)s")),
        body=paragraphs(
            filled(
                _("%(measure)s of %(unit)s: stored %(stored)s, counted directly %(counted)s."), measure=_label
            )
        ),
    ),
    Kind(
        "statistics.correction_asked",
        _("Correction of a closed year asked for"),
        STATISTICS,
        at_once=False,
        subject=filled(_("Correction asked for in %(year)s: %(title)s")),
        body=paragraphs(_WORDS),
    ),
    Kind(
        "statistics.correction_approved",
        _("Correction of a closed year approved"),
        STATISTICS,
        at_once=True,
        subject=filled(_("You may correct: %(title)s")),
        body=paragraphs(
            _WORDS, filled(_("The record can be changed once. What that changes is shown as an adjustment."))
        ),
    ),
    Kind(
        "statistics.correction_declined",
        _("Correction of a closed year declined"),
        STATISTICS,
        at_once=True,
        subject=filled(_("Correction declined: %(title)s")),
        body=paragraphs(_WORDS),
    ),
)


def tell_differences(found: Reconciliation) -> int:
    """Tell city staff that stored figures are not what the records say, with the first of them."""
    first = found.mismatches.select_related("unit").first()
    data = {
        "year": found.year,
        "count": found.differences,
        "measure": first.measure,
        "unit": first.unit.full_name,
        "stored": first.stored,
        "counted": first.counted,
    }
    url = reverse("statistics:reconciliation", args=[found.pk])
    people = _people(found.city, Role.CITY_STAFF)
    return services.send(
        "statistics.differences", people, unit=found.city, url=url, data=data, key=f"differences:{found.pk}"
    )


def tell_asked(correction: Correction) -> int:
    """Tell the leaders of the city that a correction waits for them."""
    people = [
        user for user in _people(correction.city, Role.CITY_LEADER) if user.pk != correction.asked_by_id
    ]
    return _tell("statistics.correction_asked", people, correction, correction.asked_by, correction.reason)


def tell_decided(correction: Correction) -> int:
    """Tell whoever asked for it."""
    kind = f"statistics.correction_{correction.state}"
    return _tell(kind, [correction.asked_by], correction, correction.decided_by, correction.answer)


def _tell(kind: str, people: list[User], correction: Correction, actor: User, words: str) -> int:
    data = {"year": correction.year, "title": correction.title, "words": words}
    return services.send(
        kind, people, actor=actor, unit=correction.unit, url=correction.get_absolute_url(), data=data
    )


def _people(city: Unit, role: Role) -> list[User]:
    held = Position.objects.in_force().at([city.pk]).with_role(role).filter(user__is_active=True)
    return list({position.user_id: position.user for position in held.select_related("user")}.values())


def _cities(user: User, *roles: Role) -> list[Unit]:
    return user.units_of(*roles)


_OF_STAFF = {"group": STATISTICS, "perm": "statistics.rebuild_year"}
todos.register(
    Todo(
        "statistics.differences",
        _("Figures differ from the records"),
        url="statistics:manage",
        rows=lambda user: (
            Reconciliation.objects.last_of_each_year()
            .with_differences()
            .filter(city__in=_cities(user, Role.CITY_STAFF))
            .select_related("city")
        ),
        item=lambda row: Item(
            str(row.year), reverse("statistics:reconciliation", args=[row.pk]), row.city, row.ended_at
        ),
        **_OF_STAFF,
    ),
    Todo(
        "statistics.failed",
        _("Figures could not be computed"),
        url="statistics:runs",
        rows=lambda user: (
            RebuildRun.objects.last_of_each_year()
            .unsuccessful()
            .filter(city__in=_cities(user, Role.CITY_STAFF))
            .select_related("city")
        ),
        item=lambda row: Item(
            f"{row.year}: {row.message}", reverse("statistics:runs"), row.city, row.ended_at
        ),
        **_OF_STAFF,
    ),
    Todo(
        "statistics.unexplained",
        _("A closed year changed without a known cause"),
        url="statistics:manage",
        rows=lambda user: (
            Adjustment.objects.unexplained()
            .filter(city__in=_cities(user, Role.CITY_STAFF))
            .select_related("city")
        ),
        item=lambda row: Item(str(row.year), reverse("statistics:closed", args=[row.year]), row.city, row.at),
        **_OF_STAFF,
    ),
    Todo(
        "statistics.correction",
        _("Decide on corrections of closed years"),
        STATISTICS,
        "statistics:corrections",
        rows=lambda user: (
            Correction.objects.waiting()
            .decidable_by(user)
            .filter(city__in=_cities(user, Role.CITY_LEADER))
            .select_related("unit")
            .order_by("id")
        ),
        item=lambda row: Item(row.title, row.get_absolute_url(), row.unit, row.asked_at),
        perm="statistics.decide_correction",
    ),
)
