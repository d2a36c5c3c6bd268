"""The page that shows the description of the API."""

from typing import Any

from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from mobilization.api.api import api

_OPTIONAL = " | null"


class DocsView(TemplateView):
    """Every address with its parameters and the form of its answer, read from the OpenAPI description itself."""

    template_name = "api/docs.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the addresses."""
        schema = api.get_openapi_schema()
        return super().get_context_data(
            operations=[
                _operation(address, methods["get"], schema["components"]["schemas"])
                for address, methods in schema["paths"].items()
            ],
            **kwargs,
        )


def _operation(address: str, described: dict[str, Any], schemas: dict[str, Any]) -> dict[str, Any]:
    answer = described["responses"][200]["content"]["application/json"]["schema"]
    return {
        "address": address,
        "summary": _(described["summary"]),
        "description": _(described["description"]),
        "parameters": [_parameter(parameter, schemas) for parameter in described.get("parameters", [])],
        "answers": _answers(_name(answer), schemas),
    }


def _parameter(parameter: dict[str, Any], schemas: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": parameter["name"],
        "required": parameter.get("required", False),
        "type": _type(parameter["schema"], schemas).removesuffix(_OPTIONAL),
        "default": parameter["schema"].get("default"),
        "description": _described(parameter["schema"]),
    }


def _answers(name: str, schemas: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the objects of an answer, the outermost first, each with its members."""
    found, waiting = {}, [name]
    while waiting:
        name = waiting.pop(0)
        properties = schemas[name].get("properties", {})
        found[name] = [
            {"name": member, "type": _type(described, schemas), "description": _described(described)}
            for member, described in properties.items()
        ]
        referred = {_name(described) for described in properties.values()} - {""}
        waiting += [
            other
            for other in sorted(referred)
            if other not in found and other not in waiting and not _codes(other, schemas)
        ]
    return [{"name": name, "members": members} for name, members in found.items()]


def _described(schema: dict[str, Any]) -> str:
    """Return what a value means, in the language of the page."""
    text = schema.get("description") or _inner(schema).get("description", "")
    return _(text) if text else ""


def _codes(name: str, schemas: dict[str, Any]) -> list[str]:
    """Return the words that the named value can be; empty for objects."""
    return schemas[name].get("enum", [])


def _inner(schema: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of a value that may be null, without the null."""
    options = [
        option for option in schema.get("anyOf", schema.get("allOf", [])) if option.get("type") != "null"
    ]
    return options[0] if options else schema


def _name(schema: dict[str, Any]) -> str:
    """Return the name of the object that a value is, or is a list or mapping of; empty for plain values."""
    schema = _inner(schema)
    for part in (schema, schema.get("items"), schema.get("additionalProperties")):
        if isinstance(part, dict) and "$ref" in part:
            return part["$ref"].rsplit("/", 1)[-1]
    return ""


def _type(schema: dict[str, Any], schemas: dict[str, Any]) -> str:
    """Return the type of a value in a word or two: its codes, its format, or the object that it is."""
    optional = _OPTIONAL if any(option.get("type") == "null" for option in schema.get("anyOf", [])) else ""
    schema = _inner(schema)
    if schema.get("type") == "array":
        return f"[{_type(schema['items'], schemas)}]{optional}"
    if schema.get("type") == "object" and isinstance(schema.get("additionalProperties"), dict):
        return f"{{code: {_type(schema['additionalProperties'], schemas)}}}{optional}"
    name = _name(schema)
    codes = _codes(name, schemas) if name else schema.get("enum")
    if codes:
        return " | ".join(codes) + optional
    return (name or schema.get("format") or schema.get("type", "")) + optional
