"""The JSON Schema of a record, made from the typed model and the schemes' words."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from kg.records.model import Record

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def record_schema(terms: Callable[[str], Collection[str]]) -> dict[str, Any]:
    """Return the JSON Schema of a record file.

    Args:
        terms: scheme name to the words a record may write for it.
    """
    schema = Record.model_json_schema(by_alias=True)
    offices = schema["$defs"]["Actor"]["properties"]["acts_for"]
    office = offices["items"]
    schema["$defs"]["Actor"]["properties"]["acts_for"] = {
        "anyOf": [
            {"type": "string"},
            office,
            {"type": "array", "items": {"anyOf": [{"type": "string"}, office]}},
        ]
    }
    _close(schema, terms)
    return {"$schema": DIALECT, "title": "A Communique record", **_without_titles(schema)}


def _close(node: Any, terms: Callable[[str], Collection[str]]) -> None:
    """Put the words of its scheme in place of each ``x-scheme``."""
    if isinstance(node, dict):
        scheme = node.pop("x-scheme", None)
        if scheme:
            words = {"enum": _written(terms(scheme))}
            choices = node.get("anyOf", [])
            if any(choice.get("type") == "array" for choice in choices):
                node["anyOf"] = [words, {"type": "array", "items": words}]
            elif choices:
                node["anyOf"] = [words, {"type": "null"}]
            else:
                node.pop("type", None)
                node.update(words)
        for value in node.values():
            _close(value, terms)
    elif isinstance(node, list):
        for value in node:
            _close(value, terms)


def _written(words: Collection[str]) -> list[str | int]:
    """Return the words as an editor meets them: one in digits is a number to it unless quoted."""
    return [*sorted(words), *sorted(int(word) for word in words if word.isdecimal())]


def _without_titles(node: Any) -> Any:
    """Leave out the titles that pydantic makes from field names; they say nothing more."""
    if isinstance(node, dict):
        return {
            key: _without_titles(value)
            for key, value in node.items()
            if not (key == "title" and isinstance(value, str))
        }
    return [_without_titles(value) for value in node] if isinstance(node, list) else node


def assessments_schema(record: dict[str, Any]) -> dict[str, Any]:
    """Return the JSON Schema of a file of assessments alone, from that of a record."""
    keys = ("communique", "assessments")
    properties = {key: record["properties"][key] for key in keys}
    properties["assessments"] = {**properties["assessments"], "minItems": 1}
    return {
        **record,
        "title": "Assessments of a Communique workspace",
        "description": "What desks hold of claims; a claim is ARTICLE-ID/CLAIM-ID.",
        "properties": properties,
        "required": list(keys),
    }
