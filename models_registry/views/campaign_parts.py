"""City staff write the parts of a campaign: windows, criteria, and what units owe, per kind, per unit, or pasted."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import BaseFormSet, formset_factory, inlineformset_factory
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import View

from mobilization.core.errors import Conflict, DomainError
from mobilization.core.views import add_refusal
from mobilization.units.models import Unit
from models_registry.forms.campaigns import (
    CriterionForm,
    KindTargetsForm,
    PartForm,
    PasteForm,
    UnitTargetsForm,
    WindowForm,
)
from models_registry.models import Campaign, CampaignWindow
from models_registry.readiness import points_by_level
from models_registry.services.campaigns import save_windows
from models_registry.services.criteria import Wanted, save_criteria
from models_registry.services.targets import (
    OWING_KINDS,
    Pasted,
    read_pasted,
    save_kind_targets,
    save_targets,
    units_of,
)
from models_registry.views.campaigns import CampaignMixin

WindowFormSet = inlineformset_factory(
    Campaign, CampaignWindow, WindowForm, extra=3, can_delete=True, can_delete_extra=False
)
CriterionFormSet = formset_factory(
    CriterionForm,
    extra=3,
    can_delete=True,
    can_delete_extra=False,
    can_order=True,
    max_num=60,
    validate_max=True,
    absolute_max=100,
)
UNITS_A_PAGE = 50


class PartView(CampaignMixin, View):
    """One part of a campaign on a page of its own."""

    template_name = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Fetch the campaign, for those who may change it."""
        self.request, self.kwargs = request, kwargs
        self.object = self.get_object()
        return super().dispatch(request, *args, **kwargs)

    def answer(self, *, status: int = 200, **context: Any) -> HttpResponse:
        """Show the page."""
        return render(self.request, self.template_name, {"campaign": self.object, **context}, status=status)

    def seen(self) -> dict[str, int]:
        """Return what a form begins with: the version that is shown."""
        return {"seen_version": self.object.version}

    def refused(self, form: PartForm, refusal: DomainError) -> None:
        """Put the refusal into ``form``; what somebody else changed meanwhile can be looked at, then saved over."""
        if isinstance(refusal, Conflict):
            form.look_again_at(self.object)
        add_refusal(form, refusal)


class WindowsView(PartView):
    """The dated windows of a campaign, all on one page."""

    template_name = "models_registry/windows.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the windows."""
        return self.show(WindowFormSet(instance=self.object), PartForm(initial=self.seen()))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Save all windows or none."""
        formset, version = WindowFormSet(request.POST, instance=self.object), PartForm(request.POST)
        if not (formset.is_valid() and version.is_valid()):
            return self.show(formset, version, status=422)
        changed = formset.save(commit=False)
        try:
            seen = version.seen()
            save_windows(self.object, changed, formset.deleted_objects, actor=request.user, seen_version=seen)
        except DomainError as refusal:
            self.refused(version, refusal)
            return self.show(formset, version, status=409)
        messages.success(request, _("The windows are saved."))
        return redirect(self.object)

    def show(self, formset: BaseFormSet, version: PartForm, *, status: int = 200) -> HttpResponse:
        """Show the page."""
        return self.answer(formset=formset, version=version, status=status)


class CriteriaView(PartView):
    """The criteria, in their order; how many points each level adds up to."""

    template_name = "models_registry/campaign_criteria.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the list with room for more."""
        rows = [
            {"pk": one.pk, "text": one.text, "level": one.level, "weight": one.weight}
            for one in self.object.criteria.all()
        ]
        return self.show(CriterionFormSet(initial=rows), PartForm(initial=self.seen()))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Save the whole list or nothing."""
        formset, version = CriterionFormSet(request.POST), PartForm(request.POST)
        if not (formset.is_valid() and version.is_valid()):
            return self.show(formset, version, status=422)
        try:
            seen = version.seen()
            save_criteria(self.object, _wanted(formset), actor=request.user, seen_version=seen)
        except DomainError as refusal:
            self.refused(version, refusal)
            return self.show(formset, version, status=409)
        messages.success(request, _("The criteria are saved."))
        again = "more" in request.POST
        return redirect(reverse("models_registry:criteria", args=[self.object.pk]) if again else self.object)

    def show(self, formset: BaseFormSet, version: PartForm, *, status: int = 200) -> HttpResponse:
        """Show the page."""
        points = points_by_level(self.object.criteria.all())
        return self.answer(formset=formset, version=version, points=points, status=status)


class TargetsView(PartView):
    """What each unit of a kind owes, and what single units owe instead, as a table to search in."""

    template_name = "models_registry/campaign_targets.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show both."""
        return self.show(self.kinds_form(), self.units_form())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Save the one that was sent; the units shown keep search and page."""
        is_kinds = "kinds" in request.POST
        kinds = self.kinds_form(request.POST if is_kinds else None)
        units = self.units_form(None if is_kinds else request.POST)
        form = kinds if is_kinds else units
        if not form.is_valid():
            return self.show(kinds, units, status=422)
        try:
            seen, numbers = form.seen(), form.numbers()
            if is_kinds:
                save_kind_targets(self.object, numbers, actor=request.user, seen_version=seen)
            elif numbers:
                save_targets(self.object, numbers, actor=request.user, seen_version=seen)
        except DomainError as refusal:
            self.refused(form, refusal)
            return self.show(kinds, units, status=409)
        messages.success(request, _("The targets are saved."))
        return redirect(request.get_full_path())

    def kinds_form(self, data: Any = None) -> KindTargetsForm:
        """Return the form of the kinds."""
        there = dict(self.object.kind_targets.values_list("unit_kind", "number"))
        there_now = {*units_of(self.object).order_by().values_list("kind", flat=True).distinct(), *there}
        kinds = [kind for kind in OWING_KINDS if kind in there_now]
        return KindTargetsForm(data, kinds=kinds, initial=there | self.seen())

    def units_form(self, data: Any = None) -> UnitTargetsForm:
        """Return the form of the units of this page of the search."""
        found = units_of(self.object).search(self.query())
        self.page = Paginator(found, UNITS_A_PAGE).get_page(self.request.GET.get("page"))
        units = list(self.page.object_list)
        there = self.object.targets.filter(unit__in=units).values_list("unit", "number")
        initial = {f"unit{unit}": number for unit, number in there}
        return UnitTargetsForm(data, units=units, initial=initial | self.seen())

    def query(self) -> str:
        """Return what is searched for; what no name can hold finds all."""
        return self.request.GET.get("q", "")[:100].replace("\x00", " ")

    def show(self, kinds: KindTargetsForm, units: UnitTargetsForm, *, status: int = 200) -> HttpResponse:
        """Show the page."""
        of_kind = dict(self.object.kind_targets.values_list("unit_kind", "number"))
        rows = [(unit, units[f"unit{unit.pk}"], of_kind.get(unit.kind)) for unit in units.units]
        context = {"kinds": kinds, "units": units, "rows": rows, "page": self.page, "q": self.query()}
        return self.answer(**context, status=status)


class PasteTargetsView(PartView):
    """Targets out of two columns of a workbook: shown first, with what is wrong at which line; then saved."""

    template_name = "models_registry/campaign_paste.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Ask for the lines."""
        return self.answer(form=PasteForm(initial=self.seen()))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show what the lines say, or save them where all are right."""
        form = PasteForm(request.POST)
        if not form.is_valid():
            return self.answer(form=form, status=422)
        read = read_pasted(form.cleaned_data["lines"], self.object)
        if "save" not in request.POST or read.wrong or not read.right:
            form.look_again_at(self.object)
            return self.show(form, read, status=422 if read.wrong else 200)
        try:
            save_targets(self.object, dict(read.right), actor=request.user, seen_version=form.seen())
        except DomainError as refusal:
            self.refused(form, refusal)
            return self.show(form, read, status=409)
        messages.success(request, _("The targets of %(n)d units are saved.") % {"n": len(read.right)})
        return redirect(reverse("models_registry:targets", args=[self.object.pk]))

    def show(self, form: PasteForm, read: Pasted, *, status: int) -> HttpResponse:
        """Show what the lines say beside what is owed now."""
        there = self.there(read.right)
        rows = [(unit, there.get(unit.pk), number) for unit, number in read.right]
        return self.answer(form=form, read=read, rows=rows, status=status)

    def there(self, right: list[tuple[Unit, int]]) -> dict[int, int]:
        """Return the own targets that the units have now."""
        found = self.object.targets.filter(unit__in=[unit for unit, _number in right])
        return dict(found.values_list("unit", "number"))


def _wanted(formset: BaseFormSet) -> list[Wanted]:
    rows = [form.cleaned_data for form in formset.ordered_forms if form.cleaned_data.get("text")]
    return [Wanted(row["pk"], row["level"], row["text"], row["weight"]) for row in rows]
