"""What of the dialogues waits for whom."""

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from dialogues.models import Dialogue, Opinion
from mobilization.messaging import groups, todos
from mobilization.messaging.todos import Item, Todo

DIALOGUES = groups.register("dialogues", _("Dialogues"))


def _opinions(user):
    opinions = Opinion.objects.in_charge_of(user).open().select_related("dialogue__unit").defer("search")
    return opinions.order_by(F("due_on").asc(nulls_last=True), "id")


def _unpublished(user):
    return (
        Dialogue.objects.visible_to(user)
        .awaiting_publication()
        .select_related("unit")
        .order_by("held_on", "id")
    )


todos.register(
    Todo(
        "opinion.answer",
        _("Answer opinions"),
        DIALOGUES,
        url="dialogues:opinions",
        query="charge=mine&due=open",
        perm="dialogues.record_dialogue",
        rows=_opinions,
        item=lambda row: Item(
            row.matter, row.get_absolute_url(), row.dialogue.unit, row.dialogue.held_on, row.due_on
        ),
    ),
    Todo(
        "dialogue.publish",
        _("Publish the results of dialogues"),
        DIALOGUES,
        url="dialogues:list",
        query="state=held",
        perm="dialogues.record_dialogue",
        rows=_unpublished,
        item=lambda row: Item(row.topic, row.get_absolute_url(), row.unit, row.held_on),
    ),
)
