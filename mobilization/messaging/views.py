"""One's own messages, the choices about them, and the outbox for administrators."""

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from django.contrib import messages as notes
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy
from django.views.generic import FormView, ListView, View
from django.views.generic.detail import SingleObjectMixin

from mobilization.audit.exporting import ExportMixin
from mobilization.core.lists import Order, StaffListMixin
from mobilization.core.views import ActView, FilteredMixin, PagePermissionMixin
from mobilization.messaging import exports, outbox, services
from mobilization.messaging.filters import UNREAD, DeliveryFilter, MessageFilter
from mobilization.messaging.forms import ChoicesForm
from mobilization.messaging.models import Delivery, Message, Preference


class MessageListView(PagePermissionMixin, ExportMixin, FilteredMixin, StaffListMixin, ListView):
    """The own messages, newest first; the unread ones unless all are asked for."""

    page_permission = "desk.use"
    model = Message
    template_name = "messaging/list.html"
    keyset_order = ("-at", "-id")

    filterset_class = MessageFilter
    export_act, export_name = "messaging.export", "messages"

    def export_header(self) -> list[str]:
        return exports.message_header()

    def export_rows(self, found: QuerySet[Message]) -> Iterator[list[Any]]:
        return exports.message_rows(found)

    def scoped(self) -> QuerySet[Message]:
        return Message.objects.of(self.request.user).select_related("actor", "unit")

    def get_queryset(self) -> QuerySet[Message]:
        # A heading that is gone since hides no message.
        return self.filterset.qs

    @cached_property
    def filterset(self) -> MessageFilter:
        asked = self.request.GET.copy()
        asked.setdefault("show", UNREAD)
        return MessageFilter(asked, queryset=self.scoped())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked = self.filterset.form
        return super().get_context_data(
            filter_form=asked, shows_unread=asked["show"].value() == UNREAD, now=timezone.now(), **kwargs
        )


class MessageOpenView(PagePermissionMixin, SingleObjectMixin, View):
    """Mark one own message as read and lead to what it is about. By POST: opening an address changes nothing."""

    http_method_names = ["post"]
    page_permission = "desk.use"

    def get_queryset(self) -> QuerySet[Message]:
        return Message.objects.of(self.request.user)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        message = self.get_object()
        services.mark_read(message, user=request.user)
        return redirect(message.url or reverse("messaging:list"))


class ReadAllView(PagePermissionMixin, View):
    """Mark everything as read that had come when the list was shown."""

    http_method_names = ["post"]
    page_permission = "desk.use"

    def post(self, request: HttpRequest) -> HttpResponse:
        try:
            until = parse_datetime(request.POST.get("until", ""))
        except ValueError:
            until = None
        if until is not None and timezone.is_naive(until):
            until = None
        services.mark_all_read(request.user, until=until)
        notes.success(request, _("All messages are marked as read."))
        return redirect("messaging:list")


class ChoicesView(PagePermissionMixin, FormView):
    """What comes at once, what with the daily e-mail, what stays in the portal."""

    page_permission = "desk.use"
    template_name = "messaging/choices.html"
    form_class = ChoicesForm
    success_url = reverse_lazy("messaging:choices")

    def get_form_kwargs(self) -> dict[str, Any]:
        user = self.request.user
        preference = Preference.objects.filter(user=user).first() or Preference(user=user)
        return super().get_form_kwargs() | {"preference": preference}

    def form_valid(self, form: ChoicesForm) -> HttpResponse:
        services.choose(self.request.user, digest=form.cleaned_data["digest"], ways=form.ways)
        notes.success(self.request, _("Your choices are kept."))
        return super().form_valid(form)


class OutboxView(PagePermissionMixin, ExportMixin, FilteredMixin, StaffListMixin, ListView):
    """What left the portal, what waits and what failed."""

    page_permission = "messaging.view_outbox"
    model = Delivery
    template_name = "messaging/outbox.html"
    filterset_class = DeliveryFilter
    keyset_order = ("-made_at", "-id")
    orders = {"made": Order(gettext_lazy("Made on"), ("-made_at", "-id"))}
    columns = {
        "kind": gettext_lazy("Kind"),
        "state": gettext_lazy("State"),
        "attempts": pgettext_lazy("message", "Attempts"),
        "next": gettext_lazy("Next attempt"),
        "made": gettext_lazy("Made on"),
    }
    export_act, export_name = "messaging.export_outbox", "outbox"

    def export_header(self) -> list[str]:
        return exports.delivery_header()

    def export_rows(self, found: QuerySet[Delivery]) -> Iterator[list[Any]]:
        return exports.delivery_rows(found)

    def scoped(self) -> QuerySet[Delivery]:
        return Delivery.objects.with_words()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            filter_form=self.filterset.form, troubled=Delivery.objects.troubled().count(), **kwargs
        )


class RetryView(ActView):
    """Try one failed delivery again."""

    model = Delivery
    permission_required = "messaging.retry_delivery"
    success_message = gettext_lazy("The message is sent again.")

    def act(self, obj: Delivery, form) -> Delivery:
        return outbox.retry(obj, actor=self.request.user)

    def get_success_url(self, obj: Delivery, result: Delivery | None) -> str:
        return reverse("messaging:outbox")


class RetryAllView(PagePermissionMixin, View):
    """Try everything again that failed."""

    http_method_names = ["post"]
    page_permission = "messaging.retry_delivery"

    def post(self, request: HttpRequest) -> HttpResponse:
        number = outbox.retry_all(actor=request.user)
        notes.success(
            request,
            ngettext("%(number)d message is sent again.", "%(number)d messages are sent again.", number)
            % {"number": number},
        )
        return redirect("messaging:outbox")
