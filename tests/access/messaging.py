"""One's own messages are the reader's alone; the outbox is the administrator's."""

from mobilization.messaging.models import Delivery, Message
from tests.access import post_only, staff


def own_message(world):
    message = Message.objects.create(kind="test", recipient=world.users["official"], way="portal")
    return {"pk": message.pk}


def failed_delivery(world):
    message = Message.objects.get(pk=own_message(world)["pk"])
    return {
        "pk": Delivery.objects.create(
            message=message, recipient=message.recipient, channel="email", state="given_up"
        ).pk
    }


ROWS = [
    staff("messaging:list", "all"),
    staff("messaging:choices", "all"),
    post_only("messaging:open", "official", own_message),
    post_only("messaging:read_all", "all"),
    staff("messaging:outbox", "administrator"),
    post_only("messaging:retry_all", "administrator"),
    post_only("messaging:retry", "administrator", failed_delivery),
]
