"""One step of a registration's form: shown as it was left, saved, merged with what somebody else saved meanwhile."""

from contextlib import suppress
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst, get_text_list
from django.utils.translation import gettext as _
from django.views.generic import View

from mobilization.core.errors import NOT_SEEN, Conflict, DomainError
from mobilization.core.views import add_refusal, number_in, seen_in
from models_registry import services, versions
from models_registry.forms.filing import STEPS, RegistrationForm, texts_of, typed_in
from models_registry.lineage import latest_published
from models_registry.locks import what_happened
from models_registry.merging import Clash, Merged, merge
from models_registry.models import Registration, ReviewStep, WorkingCopy
from models_registry.views.checklist import deadline_of, page_after, refused_fields, saved_words, steps_of
from models_registry.views.filing import OwnRegistrationMixin
from models_registry.windows import Closing, closing_of

SAVED_COOKIE = "typing-saved"
"""Tells the browser, which keeps a copy of its own, what has arrived: registration and step."""
ATTEMPTS = 3
MINE, THEIRS, ANEW = "mine", "theirs", "anew"


class EditView(OwnRegistrationMixin, View):
    """What is typed stays, whatever is wrong with it; nothing of others is overwritten."""

    permission_required = "models_registry.view_registration"
    template_name = "models_registry/edit.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Find the registration, and the fields of this step that may be written in its state."""
        self.object = self.get_object()
        self.step = kwargs["step"]
        asked = STEPS.get(self.step, ("", ()))[1]
        self.names = tuple(name for name in asked if name in self.object.editable_fields)
        if not asked or (not self.names and request.method != "POST"):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the step as it was saved, or as the user left it without saving."""
        copy = services.typing_of(request.user, self.object, self.step)
        form = self.form()
        if copy is None:
            return self.answer(form)
        merged = self.merged(form, copy.typed, copy.base_version)
        saved = texts_of(self.object, self.names)
        if all(
            form.read(name, merged.texts.get(name, saved[name])) == form.read(name, saved[name])
            for name in saved
        ):
            services.forget_typing(request.user, self.object, self.step)
            return self.answer(form)
        form.show_typed(merged.texts)
        base = copy.base_version if merged.clashes else self.object.version
        return self.answer(form, restored=copy, merged=merged, base=base)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Save the step, then go where the button says: on, or to the whole."""
        if not self.names or self.closing.read_only:
            return self.refused_whole()
        if "forget" in request.POST:
            services.forget_typing(request.user, self.object, self.step)
            return self.kept(redirect(request.path))
        data = request.POST.copy()
        if seen_in(data) is None:
            return self.refused_unseen(data)
        clashes = self.apply_choices(data)
        if clashes:
            self.keep_typing()
            form = self.form(data)
            form.add_error(None, _("Choose for each field which text shall stay."))
            return self.answer(form, status=422, merged=Merged({}, [], clashes), base=self.base_typed_over())
        return self.save(data)

    def save(self, data: QueryDict) -> HttpResponse:
        """Merge with what is saved by now, and save; somebody may be quicker once more, and once more."""
        for _attempt in range(ATTEMPTS):
            form = self.form(data)
            merged = self.merged(form, typed_in(data, self.names), seen_in(data))
            for name, text in merged.texts.items():
                data[name] = text
            data["seen_version"] = str(self.object.version)
            form = self.form(data)
            if merged.clashes:
                self.keep_typing()
                add_refusal(form, Conflict(what_happened(self.object, actor=self.request.user)))
                return self.answer(form, status=409, merged=merged, base=self.base_typed_over())
            if not form.is_valid():
                self.keep_typing()
                return self.answer(form, status=422)
            try:
                services.save_draft(
                    self.object,
                    form.data_to_save(),
                    actor=self.request.user,
                    seen_version=self.object.version,
                )
            except Conflict:
                data["seen_version"] = str(self.object.version)
                self.object = self.get_object()
                self.names = tuple(name for name in self.names if name in self.object.editable_fields)
                if self.names:
                    continue
                break
            except DomainError as refusal:
                add_refusal(form, refusal)
                self.keep_typing()
                return self.answer(form, status=422)
            return self.saved(merged)
        return self.refused_whole()

    def refused_unseen(self, data: QueryDict) -> HttpResponse:
        """Show what was typed over an unknown version; saved again, it stands over the one of today."""
        self.keep_typing()
        data["seen_version"] = str(self.object.version)
        form = self.form(data)
        form.add_error(None, NOT_SEEN)
        return self.answer(form, status=409)

    def saved(self, merged: Merged) -> HttpResponse:
        """Tell that it is saved, and together with what, then lead on."""
        services.forget_typing(self.request.user, self.object, self.step)
        if merged.taken:
            words = {"who": self.object.changed_by or _("The portal"), "fields": self.labels(merged.taken)}
            messages.success(
                self.request, _("Saved, together with what %(who)s wrote meanwhile at: %(fields)s.") % words
            )
        else:
            messages.success(self.request, saved_words(self.object, self.step))
        return self.kept(redirect(self.next_url()))

    def kept(self, response: HttpResponse) -> HttpResponse:
        """Tell the browser that it may drop its own copy of this step."""
        response.set_cookie(SAVED_COOKIE, f"{self.object.pk}.{self.step}", max_age=12 * 3600, samesite="Lax")
        return response

    def refused_whole(self) -> HttpResponse:
        """Show what was typed beside the reason why it cannot be saved any more; nothing of it is lost."""
        self.keep_typing()
        typed = typed_in(self.request.POST, STEPS[self.step][1])
        context = {
            "registration": self.object,
            "typed": [(label_of(name), text) for name, text in typed.items() if text],
            "why": self.closing.sentence or what_happened(self.object, actor=self.request.user),
        }
        return render(self.request, "models_registry/moved_on.html", context, status=409)

    # Parts of the answer -----------------------------------------------------------------------------------------

    @cached_property
    def returned(self) -> ReviewStep | None:
        """Return the step that sent the registration back, while it is back."""
        return (
            self.object.steps.returns().order_by("-version").first() if self.object.returned_by_id else None
        )

    @cached_property
    def closing(self) -> Closing:
        """Return whether the window for handing in has closed."""
        return closing_of(self.object, timezone.localdate())

    def form(self, data: Any = None) -> RegistrationForm:
        """Return the form of this step, with the reviewer's remarks at their fields."""
        remarks = versions.remarks_of(self.object, self.returned) if self.returned else []
        last_year = self.object.previous if self.object.is_draft else None
        return RegistrationForm(
            data,
            instance=self.object,
            names=self.names,
            remarks=remarks,
            last_year=last_year,
            source=self.source,
        )

    @cached_property
    def source(self) -> Registration | None:
        """Return the published year of the model after which this draft is made."""
        model = self.object.model
        if not self.object.is_draft or self.object.previous_id or not model.replicated_from_id:
            return None
        return latest_published(model.replicated_from)

    def merged(self, form: RegistrationForm, mine: dict[str, str], seen: int | None) -> Merged:
        """Return ``mine``, typed over version ``seen``, together with what is saved by now."""
        if seen is None or seen == self.object.version:
            return Merged(dict(mine))
        row = versions.version_of(self.object, seen)
        base = texts_of(row, self.names) if row else {}
        return merge(base, mine, texts_of(self.object, self.names), read=form.read)

    def apply_choices(self, data: QueryDict) -> list[Clash]:
        """Carry out what was chosen field by field, and return the clashes about which nothing was."""
        left, saved = [], texts_of(self.object, self.names)
        for name in data.getlist("clash"):
            if name not in self.names:
                continue
            choice, mine, theirs = data.get(f"choice_{name}"), data.get(f"mine_{name}", ""), saved[name]
            if choice == MINE:
                data[name] = mine
            elif choice == THEIRS:
                data[name] = theirs
            elif choice != ANEW:
                left.append(Clash(name, "", mine, theirs))
        return left

    def keep_typing(self) -> None:
        """Keep what was sent, as autosave does; text that cannot be kept stays in the page that is answered."""
        typed = typed_in(self.request.POST, STEPS[self.step][1])
        with suppress(DomainError):
            services.keep_typing(
                self.request.user, self.object, self.step, typed, base_version=self.base_typed_over()
            )

    def base_typed_over(self) -> int:
        """Return the version over which the text was typed that the browser sent."""
        return number_in(self.request.POST, "base") or seen_in(self.request.POST) or self.object.version

    def next_url(self) -> str:
        """Return where the button leads: back here, on, or to the whole to be read."""
        if "stay" in self.request.POST:
            return self.request.path
        if "next" in self.request.POST:
            return page_after(self.object, self.step)
        return reverse("models_registry:preview", args=[self.object.pk])

    def labels(self, names: list[str]) -> str:
        return get_text_list([str(label_of(name)) for name in names], _("and"))

    def answer(
        self,
        form: RegistrationForm,
        *,
        status: int = 200,
        restored: WorkingCopy | None = None,
        merged: Merged | None = None,
        base: int | None = None,
    ) -> HttpResponse:
        """Show the step with its form, what two people changed, the reviewer's remarks and the other steps."""
        form.mark_last_year()
        form.mark_carried()
        if self.closing.read_only:
            form.make_readonly()
        context = {
            "form": form,
            "registration": self.object,
            "steps": steps_of(self.object, self.step, form.texts(), form.slips()),
            "refused": refused_fields(form),
            "step": self.step,
            "step_title": STEPS[self.step][0],
            "names": " ".join(self.names),
            "returned": self.returned,
            "closing": self.closing,
            "deadline": deadline_of(self.object),
            "restored": restored,
            "unsaved": status != 200 or restored is not None,  # noqa: PLR2004 -- the answer that all is well
            "base": base or self.object.version,
            "clashes": self.shown_clashes(merged.clashes if merged else []),
            "taken": self.labels(merged.taken) if merged and merged.taken else "",
            "others": services.others_typing(self.request.user, self.object, self.step),
        }
        return render(self.request, self.template_name, context, status=status)

    def shown_clashes(self, clashes: list[Clash]) -> list[dict[str, Any]]:
        """Return both texts of each clash, in words."""
        shown = []
        for clash in clashes:
            words = dict(Registration._meta.get_field(clash.name).flatchoices)
            shown.append(
                {
                    "name": clash.name,
                    "label": capfirst(label_of(clash.name)),
                    "mine": clash.mine,
                    "my_words": words.get(clash.mine, clash.mine),
                    "their_words": words.get(clash.theirs, clash.theirs),
                }
            )
        return shown


def label_of(name: str) -> Any:
    """Return what a field is called."""
    return Registration._meta.get_field(name).verbose_name
