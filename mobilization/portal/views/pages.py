"""Pages without records of their own: open data, and what search engines ask for."""

from django.conf import settings
from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.generic import TemplateView

from mobilization.units.models import Unit
from models_registry.models import Registration, SkilledModel

PAGES = ("home", "model_list", "dialogue_list", "award_list", "statistics", "unit_list", "open_data")
MODELS_PER_MAP = 5000
"""Few enough for a page that can be kept; the protocol allows 50,000."""
LAST_NUMBER = 2**63 - 1 - MODELS_PER_MAP
REFUSED = ("/desk/", "/accounts/", "/verify/", "/language/")


class OpenDataView(TemplateView):
    """What the open interface gives, and where its description stands."""

    template_name = "portal/open_data.html"


def robots(request: HttpRequest) -> HttpResponse:
    """Keep search engines off what is not for them."""
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in REFUSED),
        f"Sitemap: {settings.SITE_URL}/sitemap.xml",
        f"Sitemap: {settings.SITE_URL}{reverse('portal:sitemap_models')}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


def sitemap(request: HttpRequest) -> HttpResponse:
    """Name the main pages and the units; the models have maps of their own."""
    paths = [reverse(f"portal:{name}") for name in PAGES]
    units = Unit.objects.in_force().values_list("pk", flat=True)
    return _map(request, [*paths, *(reverse("portal:unit_detail", args=[pk]) for pk in units)])


def sitemap_models(request: HttpRequest) -> HttpResponse:
    """Name the maps of the models, each of which holds so many numbers of the register."""
    last = SkilledModel.objects.aggregate(last=Max("pk"))["last"] or 0
    parts = [reverse("portal:sitemap_part", args=[part]) for part in range(last // MODELS_PER_MAP + 1)]
    return _map(request, parts, "portal/sitemap_index.xml")


def sitemap_part(request: HttpRequest, part: int) -> HttpResponse:
    """Name the models of one part of which anything is published; a part without any is 404."""
    first = part * MODELS_PER_MAP
    if first > LAST_NUMBER:
        raise Http404
    numbered = Registration.objects.published().filter(model__gte=first, model__lt=first + MODELS_PER_MAP)
    codes = numbered.order_by("model__code").values_list("model__code", flat=True).distinct()
    paths = [reverse("portal:model_detail", args=[code]) for code in codes]
    if not paths:
        raise Http404
    return _map(request, paths)


def _map(request: HttpRequest, paths: list[str], template: str = "portal/sitemap.xml") -> HttpResponse:
    addresses = [f"{settings.SITE_URL}{path}" for path in paths]
    return render(request, template, {"addresses": addresses}, content_type="application/xml")
