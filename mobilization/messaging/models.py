"""Messages to people, what of them leaves the portal, and what each person chose."""

import uuid

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mobilization.messaging import channels, groups, kinds
from mobilization.messaging.querysets import DeliveryQuerySet, MessageQuerySet
from mobilization.messaging.states import State, Way


class Digest(models.Model):
    """The e-mail of one day to one person, as it was written."""

    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    on = models.DateField(_("day"))
    subject = models.CharField(_("subject"), max_length=300)
    body = models.TextField(_("text"))
    made_at = models.DateTimeField(_("made on"), default=timezone.now)

    class Meta:
        verbose_name = _("daily e-mail")
        verbose_name_plural = _("daily e-mails")
        constraints = [models.UniqueConstraint(name="messaging_digest_once", fields=["recipient", "on"])]

    def __str__(self) -> str:
        return self.subject


class Message(models.Model):
    """Something that one person is told: kind and plain data; the words are made when it is read."""

    # Chosen before it is written: many are written at once, and those that were not there already are found by it.
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(_("kind"), max_length=60)
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="messages", verbose_name=_("recipient")
    )
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("actor")
    )
    unit = models.ForeignKey(
        "units.Unit", models.PROTECT, null=True, related_name="+", verbose_name=_("unit")
    )
    target_model = models.CharField(max_length=100, blank=True)
    target_id = models.CharField(max_length=64, blank=True)
    url = models.CharField(_("address"), max_length=500, blank=True)
    data = models.JSONField(_("data"), default=dict, encoder=DjangoJSONEncoder)
    key = models.CharField(_("once for"), max_length=200, blank=True)
    way = models.CharField(_("way"), max_length=10, choices=Way)
    """How it was to reach its reader, by what he had chosen when it was written."""
    at = models.DateTimeField(_("at"), default=timezone.now)
    read_at = models.DateTimeField(_("read on"), null=True)
    digest = models.ForeignKey(
        Digest, models.SET_NULL, null=True, related_name="messages", verbose_name=_("daily e-mail")
    )

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["-at", "-id"]
        constraints = [
            models.UniqueConstraint(
                name="messaging_message_once", fields=["recipient", "key"], condition=~Q(key="")
            ),
            models.CheckConstraint(name="messaging_message_way", condition=Q(way__in=Way.values)),
            models.CheckConstraint(name="messaging_message_has_kind", condition=~Q(kind="")),
            # Opening a message leads there: an address of this portal and no other.
            models.CheckConstraint(
                name="messaging_message_leads_home", condition=Q(url="") | Q(url__regex=r"^/([^/\\]|$)")
            ),
        ]
        indexes = [
            models.Index(fields=["recipient", "-at", "-id"], name="messaging_newest"),
            models.Index(
                fields=["recipient", "-at", "-id"], name="messaging_unread", condition=Q(read_at=None)
            ),
            models.Index(fields=["target_model", "target_id"], name="messaging_by_target"),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def subject(self) -> str:
        """Return the subject in the language in force, one line."""
        return kinds.subject_of(self)

    @property
    def body(self) -> str:
        """Return the text in the language in force."""
        return kinds.body_of(self)

    @property
    def group_label(self) -> str:
        """Return the heading under which it stands."""
        kind = kinds.find(self.kind)
        return groups.label_of(kind.group if kind else "")


class Delivery(models.Model):
    """One letter of the outbox: a message, or a daily e-mail, on its way to its recipient over one channel.

    The row is the truth; the Celery task only says "look at the row". ``attempts`` is raised and ``next_try_at`` put
    off before a letter leaves, ``state`` is written after. A worker that dies between the two leaves a row that is
    tried again: a letter may come twice then (with the same Message-ID), and never not at all.
    """

    message = models.ForeignKey(Message, models.CASCADE, null=True, related_name="deliveries")
    digest = models.ForeignKey(Digest, models.CASCADE, null=True, related_name="deliveries")
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("recipient")
    )
    channel = models.CharField(_("channel"), max_length=20)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    next_try_at = models.DateTimeField(_("next attempt"), null=True)
    error = models.TextField(_("error"), blank=True)
    made_at = models.DateTimeField(_("made on"), default=timezone.now)
    sent_at = models.DateTimeField(_("sent on"), null=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(name="messaging_delivery_once", fields=["message", "channel"]),
            models.UniqueConstraint(name="messaging_digest_delivery_once", fields=["digest", "channel"]),
            models.CheckConstraint(
                name="messaging_delivery_carries_one",
                condition=Q(message=None, digest__isnull=False) | Q(message__isnull=False, digest=None),
            ),
            models.CheckConstraint(name="messaging_delivery_state", condition=Q(state__in=State.values)),
            models.CheckConstraint(
                name="messaging_delivery_sent",
                condition=Q(state=State.SENT, sent_at__isnull=False)
                | (~Q(state=State.SENT) & Q(sent_at=None)),
            ),
            models.CheckConstraint(
                name="messaging_delivery_next",
                condition=Q(state__in=["queued", "failed"], next_try_at__isnull=False)
                | (~Q(state__in=["queued", "failed"]) & Q(next_try_at=None)),
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_try_at"], name="messaging_due", condition=Q(state__in=["queued", "failed"])
            ),
            models.Index(fields=["-made_at", "-id"], name="messaging_outbox"),
        ]

    def __str__(self) -> str:
        return f"{self.carried} ({self.get_state_display()})"

    @property
    def carried(self) -> "Message | Digest":
        """Return what is on its way; both have ``subject`` and ``body``."""
        return self.message if self.message_id else self.digest

    @property
    def kind_label(self) -> str:
        """Return what sort of letter it is; its words are its reader's alone."""
        if self.digest_id:
            return str(Digest._meta.verbose_name)
        kind = kinds.find(self.message.kind)
        return str(kind.label) if kind else self.message.kind

    @property
    def channel_label(self) -> str:
        """Return the name of the channel."""
        return channels.label_of(self.channel)

    @property
    def is_troubled(self) -> bool:
        """Tell whether it failed, so that somebody may have it tried again."""
        return self.state in State.troubled()


class Preference(models.Model):
    """What one person chose about messages; without a row everything is as recommended."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="message_preference"
    )
    digest = models.BooleanField(_("daily e-mail"), default=True)
    ways = models.JSONField(_("ways"), default=dict)
    """Heading → ``Way``; a heading that is missing is as recommended: what is urgent at once, the rest daily."""

    class Meta:
        verbose_name = _("choices about messages")
        verbose_name_plural = _("choices about messages")

    def __str__(self) -> str:
        return f"{self.user}"

    def way_of(self, kind: kinds.Kind) -> Way:
        """Return how a message of this kind is to reach this person."""
        chosen = self.ways.get(kind.group)
        if chosen in Way.values:
            return Way(chosen)
        return Way.AT_ONCE if kind.at_once else Way.DIGEST
