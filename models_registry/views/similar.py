"""Models like the one whose title is being typed: a part of the form's page, and a page of its own without scripts."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.generic import View

from mobilization.core.views import number_in
from models_registry.models import Registration
from models_registry.similar import similar_models

LONGEST_TITLE = 300


class SimilarView(View):
    """Answers GET for scripts and POST for the button of the form, whose texts are too long for an address."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Let officials in."""
        if not request.user.has_perm("models_registry.start_registration"):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the models that are like the title in the address."""
        return self.answer(request.GET)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the models that are like the title in the form."""
        return self.answer(request.POST)

    def answer(self, sent: Any) -> HttpResponse:
        """Look for ``title``; the registration that is being written is left out."""
        title = sent.get("title", "")[:LONGEST_TITLE].replace("\x00", "")
        own = Registration.objects.of_own_units(self.request.user).filter(pk=number_in(sent, "registration"))
        besides = own.values_list("model", flat=True).first()
        context = {"title": title, "similar": similar_models(title, self.request.user, besides=besides)}
        return render(self.request, "models_registry/similar.html", context)
