"""What the lists of messages and of deliveries can be narrowed to."""

import django_filters
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from mobilization.messaging import channels, groups, kinds
from mobilization.messaging.models import Delivery, Message
from mobilization.messaging.states import State

UNREAD, ALL = "unread", "all"


class MessageFilter(django_filters.FilterSet):
    """Unread ones (unless all are asked for), by heading."""

    show = django_filters.ChoiceFilter(
        label=_("Messages"),
        choices=[(UNREAD, _("Unread")), (ALL, _("All"))],
        empty_label=None,
        method="by_reading",
    )
    group = django_filters.ChoiceFilter(
        label=_("Subject area"),
        choices=lambda: groups.choices(kinds.groups()),
        empty_label=_("all"),
        method="by_group",
    )

    class Meta:
        model = Message
        fields = ["show", "group"]

    def by_reading(self, queryset, name, value):
        """Leave out what was read, unless all is asked for."""
        return queryset if value == ALL else queryset.unread()

    def by_group(self, queryset, name, value):
        """Narrow to one heading."""
        return queryset.in_group(value)


class DeliveryFilter(django_filters.FilterSet):
    """By state and channel."""

    state = django_filters.ChoiceFilter(label=_("State"), choices=State.choices, empty_label=_("all"))
    channel = django_filters.ChoiceFilter(
        label=_("Channel"),
        choices=lambda: [(code, channels.label_of(code)) for code in settings.MESSAGE_CHANNELS],
        empty_label=_("all"),
    )

    class Meta:
        model = Delivery
        fields = ["state", "channel"]
