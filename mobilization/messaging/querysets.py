"""Questions about messages and what leaves the portal."""

import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from mobilization.messaging import kinds
from mobilization.messaging.states import State, Way


class MessageQuerySet(QuerySet):
    """Messages: each is its recipient's alone."""

    def of(self, user) -> "MessageQuerySet":
        """Return the messages of ``user``; nobody else reads them, an administrator neither."""
        return self.filter(recipient=user) if user.is_authenticated else self.none()

    def unread(self) -> "MessageQuerySet":
        """Return what was not opened yet."""
        return self.filter(read_at=None)

    def read_before(self, moment: datetime.datetime) -> "MessageQuerySet":
        """Return what came before ``moment`` and was opened; not what a letter of the outbox still carries."""
        deliveries = self.model._meta.get_field("deliveries").related_model.objects
        open_letters = Exists(deliveries.filter(message=OuterRef("pk"), state__in=State.open()))
        return self.exclude(read_at=None).filter(~open_letters, at__lt=moment)

    def in_group(self, group: str) -> "MessageQuerySet":
        """Return the messages under one heading."""
        return self.filter(kind__in=kinds.codes_of(group))

    def about(self, target) -> "MessageQuerySet":
        """Return the messages about one record."""
        return self.filter(target_model=target._meta.label_lower, target_id=str(target.pk))

    def for_digest(self, since: datetime.datetime) -> "MessageQuerySet":
        """Return what is unread, was not told by any e-mail, and was to be; nothing older than ``since``."""
        deliveries = self.model._meta.get_field("deliveries").related_model.objects
        lost = Exists(deliveries.filter(message=OuterRef("pk"), state=State.GIVEN_UP))
        told = Exists(deliveries.filter(message=OuterRef("pk")).exclude(state=State.GIVEN_UP))
        due = Q(way=Way.DIGEST) | (Q(way=Way.AT_ONCE) & lost & ~told)
        return self.unread().filter(due, digest=None, at__gte=since)


class DeliveryQuerySet(QuerySet):
    """The outbox."""

    def troubled(self) -> "DeliveryQuerySet":
        """Return what failed, whether it is tried again by itself or not."""
        return self.filter(state__in=State.troubled())

    def due(self, now: datetime.datetime) -> "DeliveryQuerySet":
        """Return what is to be tried (again) by now; also what was lost on the way to the worker, or with it."""
        return self.filter(state__in=State.open(), next_try_at__lte=now)

    def claimable(self, now: datetime.datetime) -> "DeliveryQuerySet":
        """Return what may be tried now: what is due, and what was never tried."""
        return self.filter(Q(attempts=0) | Q(next_try_at__lte=now), state__in=State.open())

    def with_words(self) -> "DeliveryQuerySet":
        """Join what a line of the outbox, or a letter, is made of."""
        return self.select_related("recipient", "message__unit", "digest")
