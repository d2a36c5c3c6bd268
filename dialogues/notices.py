"""What people are told about opinions, and what of the dialogues waits for whom."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from django.db.models import Count, F, Min, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dialogues.deadlines import NOTICE_DAYS, announce_by, publish_by
from dialogues.models import Dialogue, Opinion
from mobilization.accounts.models import Position, User
from mobilization.accounts.states import Role
from mobilization.messaging import groups, kinds, services, todos
from mobilization.messaging.kinds import Kind, day, filled, paragraphs
from mobilization.messaging.services import Draft
from mobilization.messaging.todos import Item, Todo
from mobilization.units.models import Unit

DIALOGUES = groups.register("dialogues", _("Dialogues"))
REMIND_BEFORE = 3
"""Days before the due date on which the unit in charge is reminded."""
LATE_SINCE = 7
"""Days after the due date within which the unit is told of the single opinion; older ones are told by number, weekly."""

_WHOSE = filled(_("Raised at the dialogue of %(unit)s on %(held_on)s."), held_on=day)
_WORDS = filled(_("In their words: %(words)s"), needs="words")
_DUE = filled(_("Due on %(due_on)s."), needs="due_on", due_on=day)
kinds.register(
    Kind(
        "opinion.in_charge",
        _("Opinion in your charge"),
        DIALOGUES,
        at_once=False,
        subject=filled(_("In your charge: %(title)s")),
        body=paragraphs(_WHOSE, _WORDS, _DUE),
    ),
    Kind(
        "opinion.many_in_charge",
        _("Opinions in your charge"),
        DIALOGUES,
        at_once=False,
        subject=filled(_("Opinions given into your charge: %(count)s")),
        body=paragraphs(_DUE),
    ),
    Kind(
        "opinion.reopen_asked",
        _("Asked to open an opinion again"),
        DIALOGUES,
        at_once=False,
        subject=filled(_("Asked to be re-opened: %(title)s")),
        body=paragraphs(_WHOSE, _WORDS),
    ),
    Kind(
        "opinion.due_soon",
        _("Opinion due soon"),
        DIALOGUES,
        at_once=False,
        subject=filled(_("Due on %(due_on)s: %(title)s"), due_on=day),
        body=paragraphs(_WHOSE, _DUE),
    ),
    Kind(
        "opinion.overdue",
        _("Opinion overdue"),
        DIALOGUES,
        at_once=False,
        subject=filled(_("Overdue, was due on %(due_on)s: %(title)s"), due_on=day),
        body=paragraphs(_WHOSE, filled(_("It was due on %(due_on)s and is still open."), due_on=day)),
    ),
    Kind(
        "opinion.still_overdue",
        _("Opinions still overdue"),
        DIALOGUES,
        at_once=False,
        subject=filled(_("Opinions still overdue: %(count)s")),
        body=paragraphs(
            filled(_("%(unit)s, still open more than a week after the due date: %(count)s.")),
            filled(_("The oldest was due on %(oldest)s."), needs="oldest", oldest=day),
            filled(_("No unit is in charge of them yet."), needs="uncharged"),
        ),
    ),
)


def tell_charge(opinions: Sequence[Opinion], *, unit: Unit, actor: User, words: str = "") -> int:
    """Tell the officials of ``unit`` what was given into their charge: the one, or how many."""
    people = officials_of([unit.heir_id])[unit.heir_id]
    if len(opinions) == 1:
        (one,) = opinions
        data = _facts(one) | {"words": words, "due_on": one.due_on}
        return services.send("opinion.in_charge", people, actor=actor, unit=unit, target=one, data=data)
    mine = reverse("dialogues:opinions") + "?charge=mine&due=open"
    days = {one.due_on for one in opinions}
    data = {"count": len(opinions), "due_on": days.pop() if len(days) == 1 else None}
    return services.send("opinion.many_in_charge", people, actor=actor, unit=unit, url=mine, data=data)


def tell_reopen_asked(opinion: Opinion, *, actor: User, reason: str) -> int:
    """Tell the officials of the unit that recorded it that another unit would have it open again."""
    heir = opinion.dialogue.unit.heir_id
    data = _facts(opinion) | {"words": reason}
    people = officials_of([heir])[heir]
    return services.send(
        "opinion.reopen_asked", people, actor=actor, unit=opinion.dialogue.unit, target=opinion, data=data
    )


def remind(on: datetime.date) -> int:
    """Remind of what is due within three days, and of what is overdue; return how many messages are new.

    Each opinion is told once before and once after each due date; what is older is told by its number once a week.
    Run twice, or a day late, it tells the same once.
    """
    return services.send_many([*_due_soon(on), *_just_overdue(on), *_still_overdue(on)])


def officials_of(units: Iterable[int]) -> dict[int, list[User]]:
    """Return the active officials of each unit (by id), in one statement."""
    held = Position.objects.in_force().at(list(units)).with_role(Role.OFFICIAL)
    people: dict[int, list[User]] = defaultdict(list)
    for position in held.filter(user__is_active=True).select_related("user").order_by("user"):
        people[position.unit_id].append(position.user)
    return people


def _due_soon(on: datetime.date) -> Iterator[Draft]:
    until = on + datetime.timedelta(days=REMIND_BEFORE)
    return _about_each("opinion.due_soon", Opinion.objects.open().due_between(on, until))


def _just_overdue(on: datetime.date) -> Iterator[Draft]:
    since = on - datetime.timedelta(days=LATE_SINCE)
    yesterday = on - datetime.timedelta(days=1)
    return _about_each("opinion.overdue", Opinion.objects.open().due_between(since, yesterday))


def _about_each(kind: str, opinions) -> Iterator[Draft]:
    rows = list(opinions.answerable().select_related("dialogue__unit", "unit_in_charge").order_by("pk"))
    people = officials_of({_charged(row).heir_id for row in rows})
    for row in rows:
        unit = _charged(row)
        data = _facts(row) | {"due_on": row.due_on}
        key = f"{kind}:{row.pk}:{row.due_on}"
        for user in people[unit.heir_id]:
            yield Draft(kind, user, unit=unit, target=row, data=data, key=key)


def _still_overdue(on: datetime.date) -> Iterator[Draft]:
    before = on - datetime.timedelta(days=LATE_SINCE)
    opinions = Opinion.objects.overdue(before).answerable().order_by()
    charged = opinions.exclude(unit_in_charge=None).values_list("unit_in_charge__heir")
    yield from _by_number(charged, on, "charge=mine")
    # Theirs who recorded them, as with the single ones, until somebody is given the charge.
    uncharged = opinions.filter(unit_in_charge=None).values_list("dialogue__unit__heir")
    yield from _by_number(uncharged, on, "in_charge=null", uncharged=True)


def _by_number(heirs: QuerySet, on: datetime.date, query: str, *, uncharged: bool = False) -> Iterator[Draft]:
    rows = list(heirs.annotate(number=Count("pk"), oldest=Min("due_on")))
    pks = [pk for pk, _number, _oldest in rows]
    units, people = Unit.objects.in_bulk(pks), officials_of(pks)
    year, week, _day = on.isocalendar()
    address = f"{reverse('dialogues:opinions')}?{query}&due=overdue"
    for pk, number, oldest in rows:
        data = {"unit": units[pk].full_name, "count": number, "oldest": oldest, "uncharged": uncharged}
        key = f"opinion.still_overdue:{pk}:{year}-{week}{':uncharged' if uncharged else ''}"
        for user in people[pk]:
            yield Draft("opinion.still_overdue", user, unit=units[pk], url=address, data=data, key=key)


def _charged(opinion: Opinion) -> Unit:
    return opinion.unit_in_charge or opinion.dialogue.unit


def _facts(opinion: Opinion) -> dict:
    dialogue = opinion.dialogue
    return {"title": opinion.listed, "unit": dialogue.unit.full_name, "held_on": dialogue.held_on}


def _opinions(user):
    opinions = Opinion.objects.in_charge_of(user).answerable().open().select_related("dialogue__unit__heir")
    return opinions.defer("search").order_by(F("due_on").asc(nulls_last=True), "id")


def _unannounced(user):
    # A week before the notice is due.
    until = timezone.localdate() + datetime.timedelta(days=2 * NOTICE_DAYS)
    return (
        Dialogue.objects.visible_to(user)
        .awaiting_notice(until)
        .select_related("unit__heir")
        .order_by("held_on", "id")
    )


def _unpublished(user):
    return (
        Dialogue.objects.visible_to(user)
        .awaiting_publication()
        .select_related("unit__heir")
        .order_by("held_on", "id")
    )


def _item(title, row, dialogue, since=None, due_on=None):
    unit = dialogue.unit
    return Item(title, row.get_absolute_url(), unit, since, due_on, heir=unit.heir)


todos.register(
    Todo(
        "opinion.answer",
        _("Answer opinions"),
        DIALOGUES,
        url="dialogues:opinions",
        query="charge=mine&due=open",
        perm="dialogues.record_dialogue",
        rows=_opinions,
        item=lambda row: _item(row.listed, row, row.dialogue, row.dialogue.held_on, row.due_on),
    ),
    Todo(
        "opinion.reopen",
        _("Decide on opening opinions again"),
        DIALOGUES,
        url="dialogues:opinions",
        query="due=reopen_asked",
        perm="dialogues.record_dialogue",
        rows=lambda user: (
            Opinion.objects.recorded_by(user)
            .reopen_asked()
            .select_related("dialogue__unit__heir")
            .order_by("updated_at", "id")
        ),
        item=lambda row: _item(row.listed, row, row.dialogue, row.updated_at),
    ),
    Todo(
        "dialogue.announce",
        _("Announce dialogues"),
        DIALOGUES,
        url="dialogues:list",
        query="state=planned",
        perm="dialogues.record_dialogue",
        rows=_unannounced,
        item=lambda row: _item(row.topic, row, row, due_on=announce_by(row)),
    ),
    Todo(
        "dialogue.publish",
        _("Publish the results of dialogues"),
        DIALOGUES,
        url="dialogues:list",
        query="state=held",
        perm="dialogues.record_dialogue",
        rows=_unpublished,
        item=lambda row: _item(row.topic, row, row, row.held_on, publish_by(row)),
    ),
)
