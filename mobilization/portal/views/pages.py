"""Pages without records of their own: open data, and what search engines ask for."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.generic import TemplateView

from mobilization.units.models import Unit

PAGES = ("home", "model_list", "dialogue_list", "award_list", "statistics", "unit_list", "open_data")
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
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


def sitemap(request: HttpRequest) -> HttpResponse:
    """Name the main pages and the units; models are found from there."""
    paths = [reverse(f"portal:{name}") for name in PAGES]
    units = Unit.objects.in_force().values_list("pk", flat=True)
    paths += [reverse("portal:unit_detail", args=[pk]) for pk in units]
    addresses = [f"{settings.SITE_URL}{path}" for path in paths]
    return render(request, "portal/sitemap.xml", {"addresses": addresses}, content_type="application/xml")
