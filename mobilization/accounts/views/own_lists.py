"""What one keeps of a list: filters under a name and columns; each act leads back to the list."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View

from mobilization.accounts.forms import FilterNameForm
from mobilization.accounts.models import SavedFilter
from mobilization.accounts.services import own_lists
from mobilization.accounts.views.access import StaffRequiredMixin
from mobilization.core.errors import DomainError
from mobilization.core.lists import ALL, LONGEST_QUERY, OwnListMixin, clean_query, list_view
from mobilization.core.views import ActView


class OfListMixin(StaffRequiredMixin):
    """An act on one list, which the form names; a name that no list has is 404."""

    http_method_names = ["post"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Find the list."""
        self.page = request.POST.get("page", "")
        return super().dispatch(request, *args, **kwargs)

    @property
    def view(self) -> type[OwnListMixin]:
        """Return the list that is meant, or raise ``Http404``."""
        found = list_view(self.page)
        if found is None:
            raise Http404
        return found

    def query(self, *without: str) -> str:
        """Return the filter that the form carries: what the list knows, and nothing else."""
        names = [name for name in self.view.kept_parameters() if name not in without]
        sent = self.request.POST.get("query", "")
        return clean_query(QueryDict(sent if len(sent) <= LONGEST_QUERY else ""), names)

    def back(self, query: str) -> HttpResponse:
        """Lead to the list with ``query``."""
        return redirect(f"{reverse(self.page)}?{query or f'{ALL}=1'}")


class SaveFilterView(OfListMixin, View):
    """Keep the filter of the address under a name."""

    def post(self, request: HttpRequest) -> HttpResponse:
        """Keep it, tell, lead back."""
        query, form = self.query(), FilterNameForm(request.POST)
        if not form.is_valid():
            messages.error(request, " ".join(form.errors["name"]))
            return self.back(query)
        name = form.cleaned_data["name"]
        try:
            saved = own_lists.save_filter(request.user, self.page, name=name, query=query)
        except DomainError as refusal:
            messages.error(request, str(refusal))
            return self.back(query)
        messages.success(request, _("The filter is kept as “%(name)s”.") % {"name": saved.name})
        return self.back(saved.query)


class ChooseColumnsView(OfListMixin, View):
    """Choose which columns a list shows from now on."""

    def post(self, request: HttpRequest) -> HttpResponse:
        """Keep the known ones of those ticked; with ``usual`` the list shows its usual ones again."""
        ticked = [] if "usual" in request.POST else request.POST.getlist("columns")
        chosen = [name for name in self.view.columns if name in ticked]
        own_lists.choose_columns(request.user, self.page, chosen)
        messages.success(request, _("Your choice of columns is kept."))
        return self.back(self.query("columns"))


class FilterListView(StaffRequiredMixin, TemplateView):
    """The own filters of one list: rename, remove, begin with one."""

    template_name = "accounts/filters.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the filters of the list in the address."""
        page = self.request.GET.get("page", "")
        if list_view(page) is None:
            raise Http404
        own = SavedFilter.objects.filter(person=self.request.user, page=page)
        return super().get_context_data(filters=own, list_url=f"{reverse(page)}?{ALL}=1", **kwargs)


class OwnFilterAct(StaffRequiredMixin, ActView):
    """An act on one of the own filters; other people's do not exist."""

    def get_queryset(self) -> QuerySet[SavedFilter]:
        """Return the own ones."""
        return SavedFilter.objects.filter(person=self.request.user)

    def get_object(self, queryset: QuerySet | None = None) -> SavedFilter:
        """Return the filter of the address, or raise ``Http404``; who owns it may do everything with it."""
        found = (self.get_queryset() if queryset is None else queryset).filter(pk=self.kwargs["pk"]).first()
        if found is None:
            raise Http404
        return found

    def get_success_url(self, obj: SavedFilter, result: Any) -> str:
        """Return to the filters of the same list."""
        return f"{reverse('accounts:filters')}?page={obj.page}"


class RenameFilterView(OwnFilterAct):
    """Give a filter another name."""

    form_class = FilterNameForm
    success_message = gettext_lazy("The filter is renamed.")

    def act(self, obj: SavedFilter, form: FilterNameForm) -> None:
        """Rename."""
        own_lists.rename_filter(obj, form.cleaned_data["name"])


class RemoveFilterView(OwnFilterAct):
    """Forget a filter."""

    success_message = gettext_lazy("The filter is removed.")

    def act(self, obj: SavedFilter, form: None) -> None:
        """Remove."""
        own_lists.remove_filter(obj)


class StartFilterView(OwnFilterAct):
    """Let the list begin with a filter, or no longer with it."""

    success_message = gettext_lazy("Your choice is kept.")

    def act(self, obj: SavedFilter, form: None) -> None:
        """Choose."""
        own_lists.choose_start(obj, is_start=self.request.POST.get("start") == "1")
