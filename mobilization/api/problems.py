"""How the API says no: a status, and for each parameter that is wrong a sentence in the language asked for."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Schema
from ninja.errors import HttpError, ValidationError


class Problem(Schema):
    """One thing that is wrong: where it stands, and what to do about it."""

    loc: list[str]
    msg: str


class Problems(Schema):
    """The answer to a request that could not be understood."""

    detail: list[Problem]


class BadParameter(Exception):
    """A parameter has the right form and means nothing (an unknown unit, a damaged cursor)."""

    def __init__(self, name: str, message: str, *, place: str = "query") -> None:
        super().__init__(message)
        self.problem = {"loc": [place, name], "msg": message}


class NotFound(Exception):
    """There is nothing published under this address."""

    def __init__(self, name: str, message: str) -> None:
        super().__init__(message)
        self.problem = {"loc": ["path", name], "msg": message}


def install(api: NinjaAPI) -> None:
    """Have ``api`` answer every refusal in the one form."""

    @api.exception_handler(ValidationError)
    def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
        problems = [{"loc": _place(found), "msg": _sentence(found)} for found in error.errors]
        return api.create_response(request, {"detail": problems}, status=422)

    @api.exception_handler(BadParameter)
    def bad(request: HttpRequest, error: BadParameter) -> HttpResponse:
        return api.create_response(request, {"detail": [error.problem]}, status=422)

    @api.exception_handler(NotFound)
    def missing(request: HttpRequest, error: NotFound) -> HttpResponse:
        return api.create_response(request, {"detail": [error.problem]}, status=404)

    @api.exception_handler(Http404)
    def nowhere(request: HttpRequest, error: Http404) -> HttpResponse:
        problem = {"loc": ["path"], "msg": _("There is nothing here.")}
        return api.create_response(request, {"detail": [problem]}, status=404)

    @api.exception_handler(HttpError)
    def refused(request: HttpRequest, error: HttpError) -> HttpResponse:
        problem = {"loc": ["request"], "msg": _("This request cannot be read.")}
        return api.create_response(request, {"detail": [problem]}, status=error.status_code)


def _place(found: dict[str, Any]) -> list[str]:
    """Return "query" or "path", and the parameter; ninja's name of its model and the place in a list are left out."""
    place, *inner = found["loc"]
    named = found.get("ctx", {}).get("parameter")
    names = [named] if named else [part for part in inner if isinstance(part, str)][-1:]
    return [str(place), *names]


def _sentence(found: dict[str, Any]) -> str:
    kind, context = found["type"], found.get("ctx", {})
    if "sentence" in context:  # by a validator of ours
        return str(context["sentence"])
    if kind == "enum":
        context = {"expected": context["expected"].replace(" or ", ", ")}
    # "date_parsing", "date_from_datetime_parsing" and their like say the same to whoever asks.
    sentence = (
        _sentences().get(kind) or _sentences().get(kind.split("_")[0]) or _("This value is not understood.")
    )
    return sentence % context


def _sentences() -> dict[str, str]:
    return {
        "missing": _("This parameter is required."),
        "extra_forbidden": _("There is no such parameter."),
        "enum": _("Choose one of: %(expected)s."),
        "greater_than_equal": _("The number must be at least %(ge)s."),
        "less_than_equal": _("The number must be at most %(le)s."),
        "string_too_long": _("This is longer than %(max_length)s characters."),
        "date": _("Write the date as year-month-day, for example 2026-11-22."),
        "int": _("Write a whole number."),
        "bool": _("Write true or false."),
    }
