"""View parts that every app shares. Here, and nowhere else, a refusal of the domain becomes a message."""

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.db.models import Model, QuerySet
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.views.generic import View
from django.views.generic.detail import SingleObjectMixin
from django.views.generic.list import MultipleObjectMixin
from django_filters import FilterSet

from mobilization.core.errors import DomainError
from mobilization.core.paging import KeysetPaginator

PAGE_SIZES = (25, 50, 100)
MOST_DIGITS = 9
"""Numbers of so many digits fit every column."""


class PagePermissionMixin:
    """A page for those who hold ``page_permission`` anywhere at all; for everybody else it is 404."""

    page_permission = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Ask the policy, then go on."""
        if not request.user.has_perm(self.page_permission):
            raise Http404
        return super().dispatch(request, *args, **kwargs)


class ObjectPermissionMixin(SingleObjectMixin):
    """Fetch the object from ``get_queryset()`` (already scoped) and ask ``permission_required`` about it.

    What one may not see, or not do, is 404: existence is not told.
    """

    permission_required = ""

    def get_object(self, queryset: QuerySet | None = None) -> Model:
        """Return the object, or raise ``Http404``."""
        if not self.permission_required:
            raise ImproperlyConfigured(f"{type(self).__name__} names no permission")
        found = super().get_object(queryset)
        if not self.request.user.has_perm(self.permission_required, found):
            raise Http404
        return found


class ActView(ObjectPermissionMixin, View):
    """One act on one object by POST: ``act(obj, form)`` calls one transition; success and refusal become messages.

    With ``form_class`` the act takes words or dates: an invalid form is shown again by ``form_invalid`` with all that
    was typed.
    """

    http_method_names = ["post"]
    form_class: type[BaseForm] | None = None
    success_message: Any = ""

    def act(self, obj: Model, form: BaseForm | None) -> Any:
        """Carry out the act; may raise ``DomainError``."""
        raise NotImplementedError

    def get_form(self, obj: Model) -> BaseForm | None:
        """Return the bound form of this act, or None when it takes none."""
        return self.form_class(self.request.POST, self.request.FILES) if self.form_class else None

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Check, act, tell, lead on."""
        self.object = obj = self.get_object()
        form = self.get_form(obj)
        if form is not None and not form.is_valid():
            return self.form_invalid(obj, form)
        try:
            result = self.act(obj, form)
        except DomainError as refusal:
            return self.refused(obj, form, refusal)
        if self.success_message:
            messages.success(request, self.success_message)
        return redirect(self.get_success_url(obj, result))

    def refused(self, obj: Model, form: BaseForm | None, refusal: DomainError) -> HttpResponse:
        """Tell why; a refusal that belongs to fields is shown at them."""
        if form is not None and refusal.fields and set(refusal.fields) <= set(form.fields):
            add_refusal(form, refusal)
            return self.form_invalid(obj, form)
        messages.error(self.request, str(refusal))
        return redirect(self.get_success_url(obj, None))

    def form_invalid(self, obj: Model, form: BaseForm) -> HttpResponse:
        """Answer a form that is not right; pages with room for the form override this and show it again."""
        for errors in form.errors.values():
            for sentence in errors:
                messages.error(self.request, sentence)
        return redirect(self.get_success_url(obj, None))

    def get_success_url(self, obj: Model, result: Any) -> str:
        """Return where the actor goes on."""
        return obj.get_absolute_url()


def add_refusal(form: BaseForm, refusal: DomainError) -> None:
    """Put a domain refusal into ``form``: at its fields where it names some the form has, else above the form."""
    if refusal.message:
        form.add_error(None, ValidationError(refusal.message, code=refusal.code))
    for name, sentences in refusal.fields.items():
        form.add_error(name if name in form.fields else None, list(sentences))


def seen_in(data: QueryDict) -> int | None:
    """Return the version that stood before the eyes of whoever sent ``data``; None if none is told."""
    return number_in(data, "seen_version")


def number_in(data: QueryDict, name: str) -> int | None:
    """Return the number ``name`` of what a browser sent, None where it is none."""
    sent = data.get(name, "")
    return int(sent) if sent.isascii() and sent.isdigit() and len(sent) <= MOST_DIGITS else None


class FilteredMixin:
    """The rows of ``scoped()`` that the filters of the address leave: for a list, and for the same rows as a file.

    A filter that makes no sense finds nothing and says so at its field.
    """

    filterset_class: type[FilterSet]

    def scoped(self) -> QuerySet:
        """Return the rows that the reader may see, before any filter."""
        raise NotImplementedError

    @cached_property
    def filterset(self) -> FilterSet:
        """Return the filter, bound to the address."""
        return self.filterset_class(self.request.GET, self.scoped(), request=self.request)

    def get_queryset(self) -> QuerySet:
        """Return the filtered rows."""
        return self.filterset.qs if self.filterset.is_valid() else self.scoped().none()

    def filters_set(self) -> list[str]:
        """Return the names of the filters in use, for the log; not what was typed, which may name a person."""
        asked = self.request.GET
        return sorted(name for name in self.filterset_class.base_filters if asked.get(name))


class KeysetListMixin(MultipleObjectMixin):
    """Page a generic list by key: ``?cursor=``, ``?per_page=``; the context gets ``page`` and ``object_list``."""

    keyset_order: tuple[str, ...] = ("-pk",)
    paginate_by = None

    def get_keyset_order(self) -> tuple[str, ...]:
        """Return the order in force; lists with several orders override this."""
        return self.keyset_order

    def rows_of(self, found: QuerySet) -> Iterable[Any]:
        """Return what is read of the rows of a page; lists that show few of many columns override this."""
        return found

    def first_rows(self, order: tuple[str, ...], number: int) -> Iterable[Any] | None:
        """Return the rows of the first page where there is a shorter way to them; None where there is none."""
        return None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the page at the cursor of the address."""
        queryset = kwargs.pop("object_list", None)
        queryset = self.object_list if queryset is None else queryset
        paginator = KeysetPaginator(
            queryset, self.get_keyset_order(), self.per_page(), self.rows_of, self.first_rows
        )
        page = paginator.page(self.request.GET.get("cursor"))
        return super().get_context_data(object_list=page.items, page=page, page_sizes=PAGE_SIZES, **kwargs)

    def per_page(self) -> int:
        """Return the page size that the address asks for, one of ``PAGE_SIZES``."""
        sizes = {str(size): size for size in PAGE_SIZES}
        return sizes.get(self.request.GET.get("per_page", ""), PAGE_SIZES[0])
