"""What is done beside a registration: declaring, appraising, notes, surveys."""

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.generic import View

from mobilization.appraisal import services
from mobilization.appraisal.comparison import comparison, may_compare
from mobilization.appraisal.forms import DeclareForm, NoteForm, SheetForm, SurveyForm
from mobilization.appraisal.models import Appraisal, Note, SurveyFile
from mobilization.appraisal.permissions import level_under_appraisal
from mobilization.appraisal.services.sheets import criteria_of, must_declare_first
from mobilization.appraisal.services.surveys import level_surveyed
from mobilization.core.errors import Conflict, DomainError, NotAllowed, version_seen
from mobilization.core.views import ActView, ObjectPermissionMixin, add_refusal, seen_in
from models_registry.models import Registration
from models_registry.recusal import bar_of, refuse_barred
from models_registry.views.queue import neighbours


class BesideMixin(ObjectPermissionMixin):
    """A registration that the user may read, and where one goes on from what was done beside it."""

    def get_queryset(self) -> QuerySet:
        """Return what the user may read."""
        visible = Registration.objects.visible_to(self.request.user)
        return visible.select_related("unit__heir", "campaign", "model")

    def get_success_url(self, obj: Registration, result: Any) -> str:
        """Return to the registration, still within the queue where one came out of it."""
        walking = "queue" in self.request.POST or "queue" in self.request.GET
        return obj.get_absolute_url() + ("?queue=1" if walking else "")


class DeclareView(BesideMixin, ActView):
    """Declare that no relation exists, or which."""

    permission_required = "appraisal.declare"
    form_class = DeclareForm
    success_message = _("Your declaration is written down.")

    def act(self, obj: Registration, form: DeclareForm) -> Any:
        """Write it down."""
        return services.declare(obj, reviewer=self.request.user, **form.cleaned_data)


class NoteView(BesideMixin, ActView):
    """Write a note."""

    permission_required = "appraisal.write_note"
    form_class = NoteForm
    success_message = _("The note is written.")

    def act(self, obj: Registration, form: NoteForm) -> Any:
        """Write it."""
        return services.write_note(obj, author=self.request.user, **form.cleaned_data)


class NoteRemoveView(ActView):
    """Take an own note away."""

    permission_required = "appraisal.remove_note"
    success_message = _("The note is taken away.")

    def get_queryset(self) -> QuerySet:
        """Return the notes that the user may read."""
        return Note.objects.visible_to(self.request.user).select_related("registration__unit")

    def act(self, obj: Note, form: None) -> None:
        """Take it away."""
        services.remove_note(obj, actor=self.request.user)

    def get_success_url(self, obj: Note, result: None) -> str:
        """Return to the registration."""
        return obj.registration.get_absolute_url()


class SurveyView(BesideMixin, View):
    """Record what was found on site."""

    permission_required = "appraisal.record_survey"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Ask for day, members and findings; whoever must not decide on it is told so at once."""
        self.object = obj = self.get_object()
        try:
            refuse_barred(request.user, obj, level_surveyed(obj))
        except NotAllowed as refusal:
            messages.error(request, str(refusal))
            return redirect(obj)
        return self.page(SurveyForm())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Record it, or show it again."""
        self.object = obj = self.get_object()
        form = SurveyForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.page(form, status=422)
        try:
            services.record_survey(obj, actor=request.user, **form.cleaned_data)
        except DomainError as refusal:
            add_refusal(form, refusal)
            return self.page(form, status=422)
        messages.success(request, _("The survey is recorded."))
        return redirect(obj)

    def page(self, form: SurveyForm, *, status: int = 200) -> HttpResponse:
        """Show the form."""
        context = {"form": form, "registration": self.object}
        return render(self.request, "appraisal/survey.html", context, status=status)


class SurveyFileView(ObjectPermissionMixin, View):
    """Hand a file of a survey over to whoever reads the survey."""

    permission_required = "appraisal.view_survey_file"

    def get_queryset(self) -> QuerySet:
        """Return the files of the registrations that the user may read."""
        seen = Registration.objects.visible_to(self.request.user).values("pk")
        found = SurveyFile.objects.filter(survey__registration__in=seen)
        return found.select_related("survey__registration__unit__heir")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer the file as an attachment."""
        return self.get_object().as_attachment()


class SheetView(BesideMixin, View):
    """The own score sheet: kept while one writes, then handed in; afterwards the others' beside it."""

    permission_required = "appraisal.appraise"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the sheet as it stands."""
        self.object = self.get_object()
        return self.page(self.form())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Keep it, or hand it in; what is not right is shown again with all that was typed."""
        self.object = obj = self.get_object()
        form = self.form(request.POST)
        if not form.is_valid():
            return self.page(form, status=422)
        hand_in = "hand_in" in request.POST
        try:
            services.save_sheet(
                obj,
                appraiser=request.user,
                scores=form.scores(),
                comment=form.cleaned_data["comment"],
                hand_in=hand_in,
                seen_version=version_seen(seen_in(request.POST)),
            )
        except DomainError as refusal:
            add_refusal(form, refusal)
            return self.page(form, status=409 if isinstance(refusal, Conflict) else 422)
        messages.success(request, _("The sheet is handed in.") if hand_in else _("The sheet is kept."))
        return redirect(self.get_success_url(obj, None) if hand_in else request.get_full_path())

    def form(self, data: Any = None) -> SheetForm:
        """Return the form of the sheet as it stands, bound to ``data`` where given."""
        self.level = level_under_appraisal(self.object)
        self.criteria = criteria_of(self.object, self.level)
        sheets = Appraisal.objects.of(self.object, self.level)
        self.sheet = sheets.filter(appraiser=self.request.user).first()
        return SheetForm(data, criteria=self.criteria, sheet=self.sheet)

    def page(self, form: SheetForm, *, status: int = 200) -> HttpResponse:
        """Show the sheet; the others' only where they may be read."""
        obj, user = self.object, self.request.user
        final = self.sheet is not None and self.sheet.is_handed_in and self.sheet.seen_version == obj.version
        compares = may_compare(user, obj)
        walking = "queue" in self.request.GET or "queue" in self.request.POST
        context = {
            "registration": obj,
            "form": form,
            "sheet": self.sheet,
            "final": final,
            "most": sum((Decimal(one.weight) for one in self.criteria if one.weight), Decimal(0)),
            "bar": bar_of(user, obj, self.level),
            "must_declare": must_declare_first(user, obj, self.level),
            "declare_form": DeclareForm(auto_id="declare_%s"),
            "comparison": comparison(obj, self.level, self.criteria) if compares else None,
            "walk": neighbours(self.request, obj) if walking else None,
            "walking": walking,
        }
        return render(self.request, "appraisal/sheet.html", context, status=status)
