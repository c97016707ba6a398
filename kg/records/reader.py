"""Read record files: YAML, JSON or NDJSON to typed records, with every problem at its place.

One broken value does not hide the others: it is reported, taken out, and the rest of the record
goes on to the later checks. A reading with problems is never mapped.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path as FilePath
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from kg.errors import did_you_mean
from kg.records import model
from kg.records.document import (
    MAX_BYTES,
    Document,
    Path,
    Problem,
    decode,
    parse_yaml,
)
from kg.records.json_document import parse_json

RECORD_SUFFIXES = (".yaml", ".yml", ".json", ".ndjson")
MAX_BULK_BYTES = 1_000_000_000

_SECTIONS: dict[str, tuple[type[model.Part], str]] = {
    "actors": (model.Actor, "actor"),
    "places": (model.Place, "place"),
    "events": (model.Event, "event"),
    "evidence": (model.Evidence, "evidence"),
    "claims": (model.Claim, "claim"),
    "mentions": (model.Mention, "mention"),
    "assessments": (model.Assessment, "assessment"),
}
_PARTS: dict[str, tuple[type[model.Part], str]] = {
    **_SECTIONS,
    "article": (model.Article, "article"),
    "acts_for": (model.Office, "office"),
    "retracted": (model.Retracted, "retraction"),
    "quantity": (model.Quantity, "quantity"),
    "quote": (model.Quote, "quote"),
    "date": (model.ClaimDate, "date"),
    "route": (model.Route, "route"),
    "replacement": (model.Replacement, "replacement"),
}
# Stand-ins for an article's broken keys, so that its claims are still checked.
_STAND_INS = {
    "id": "unidentified",
    "title": "-",
    "publisher": "unknown-outlet",
    "published": "0001",
    "language": "en",
    "text": "-",
    "sha256": "0" * 64,
}


@dataclass(frozen=True)
class Reading:
    """One record as read from a file.

    Attributes:
        file: the file it stands in.
        document: the data with its positions; None where the file is not readable.
        record: the typed record or assessment file without its broken parts; None where too
            little is left.
        problems: what is wrong, in the order of the file.
        broken: paths of values that were taken out.
        kept: section name to the original indices of the items that `record` holds.
    """

    file: FilePath
    document: Document | None
    record: model.Record | model.AssessmentFile | None
    problems: tuple[Problem, ...] = ()
    broken: frozenset[Path] = frozenset()
    kept: dict[str, list[int]] = field(default_factory=dict)

    def items(self, section: str) -> Iterator[tuple[Path, Any]]:
        """Yield each kept item of `section` with its path in the file."""
        values = getattr(self.record, section, ())
        indices = self.kept.get(section, range(len(values)))
        for index, value in zip(indices, values, strict=True):
            yield (section, index), value

    @cached_property
    def declared(self) -> dict[str, frozenset[str]]:
        """Section name to the ids written in it, broken items included."""
        data = self.document.data if self.document else None
        found: dict[str, frozenset[str]] = {}
        for section in ("actors", "places", "events", "evidence", "claims"):
            items = data.get(section) if isinstance(data, dict) else None
            found[section] = frozenset(
                item["id"]
                for item in (items if isinstance(items, list) else ())
                if isinstance(item, dict) and isinstance(item.get("id"), str)
            )
        return found

    @property
    def article(self) -> model.Article | None:
        """The article the record is of; None for an assessment file or an unreadable one."""
        return self.record.article if isinstance(self.record, model.Record) else None


def read(file: FilePath, content: bytes) -> Iterator[Reading]:
    """Yield the records in `content`, the bytes of `file`; more than one only from NDJSON."""
    bulk = file.suffix == ".ndjson"
    text = decode(content, MAX_BULK_BYTES if bulk else MAX_BYTES)
    if isinstance(text, Problem):
        yield Reading(file, None, None, (text,))
    elif bulk:
        for number, line in enumerate(text.split("\n"), start=1):
            if line.strip():
                yield _interpret(file, parse_json(line, number))
    else:
        yield _interpret(file, parse_json(text) if file.suffix == ".json" else parse_yaml(text))


def _interpret(file: FilePath, document: Document | Problem) -> Reading:
    if isinstance(document, Problem):
        return Reading(file, None, None, (document,))
    data = document.data
    if not isinstance(data, dict):
        what = "empty" if data is None else "no mapping of keys to values"
        problem = Problem("wrong-type", f"A record begins with 'communique: 1'; this one is {what}")
        return Reading(file, document, None, (*document.problems, problem))
    assessments_alone = "assessments" in data and not {"article", "claims"} & data.keys()
    return _validate(file, document, model.AssessmentFile if assessments_alone else model.Record)


def _validate(
    file: FilePath, document: Document, kind: type[model.Record | model.AssessmentFile]
) -> Reading:
    again = list(_duplicates(document))
    problems = [*document.problems, *again]
    record: model.Record | model.AssessmentFile | None
    kept: dict[str, list[int]] = {}
    broken: set[Path] = set()
    try:
        record = kind.model_validate(document.data)
    except ValidationError as error:
        details = error.errors(include_url=False)
        problems += [_problem(detail, document.data) for detail in details]
        broken = {tuple(detail["loc"]) for detail in details}
        record, kept = _salvage(document.data, details, kind)
    if record and again:
        record, kept = _without(record, kept, {problem.path[:2] for problem in again})
    problems.sort(key=lambda problem: problem.position or document.position(problem.path))
    return Reading(file, document, record, tuple(problems), frozenset(broken), kept)


def _without(
    record: model.Record | model.AssessmentFile, kept: dict[str, list[int]], paths: set[Path]
) -> tuple[model.Record | model.AssessmentFile, dict[str, list[int]]]:
    """Leave out items whose id was taken already, so that nothing is said of them twice."""
    kept = dict(kept)
    changes = {}
    for section in {str(path[0]) for path in paths}:
        values = getattr(record, section, ())
        pairs = [
            (index, value)
            for index, value in zip(kept.get(section, range(len(values))), values, strict=True)
            if (section, index) not in paths
        ]
        kept[section] = [index for index, _ in pairs]
        changes[section] = tuple(value for _, value in pairs)
    return record.model_copy(update=changes), kept


def _duplicates(document: Document) -> Iterator[Problem]:
    for section, (_, noun) in _SECTIONS.items():
        items = document.data.get(section)
        seen: dict[str, int] = {}
        for index, item in enumerate(items if isinstance(items, list) else ()):
            name = item.get("id") if isinstance(item, dict) else None
            if not isinstance(name, str):
                continue
            if name in seen:
                line = document.position((section, seen[name], "id")).line
                message = f"The {noun} id '{name}' is taken already on line {line}"
                yield Problem("duplicate-id", message, (section, index, "id"), value=name)
            seen.setdefault(name, index)


def _salvage(
    data: dict[str, Any],
    details: list[ErrorDetails],
    kind: type[model.Record | model.AssessmentFile],
) -> tuple[model.Record | model.AssessmentFile | None, dict[str, list[int]]]:
    """Take out what is broken until the rest is a record; None where no article is left."""
    rest = copy.deepcopy(data)
    for _ in range(4):
        for detail in details:
            _take_out(rest, tuple(detail["loc"]), missing=detail["type"] == "missing")
        kept = {
            section: [index for index, item in enumerate(rest[section]) if item is not None]
            for section in _SECTIONS
            if isinstance(rest.get(section), list)
        }
        whole = {
            key: [item for item in value if item is not None] if key in kept else value
            for key, value in rest.items()
        }
        try:
            return kind.model_validate(whole), kept
        except ValidationError as error:
            details = [_relocated(detail, kept) for detail in error.errors(include_url=False)]
    return None, {}


def _relocated(detail: ErrorDetails, kept: dict[str, list[int]]) -> ErrorDetails:
    section, *rest = detail["loc"]
    if section in kept and rest:
        detail["loc"] = (section, kept[str(section)][int(rest[0])], *rest[1:])
    return detail


def _take_out(data: dict[str, Any], loc: Path, *, missing: bool) -> None:
    """Remove the value at `loc`, with the item around it where something is missing there."""
    if loc[0] == "communique":
        data["communique"] = 1
    elif loc[0] == "article" and isinstance(data.get("article"), dict) and len(loc) > 1:
        article, key = data["article"], str(loc[1])
        if key in _STAND_INS:
            article[key] = _STAND_INS[key]
        else:
            article.pop(key, None)
    elif len(loc) == 1 or not isinstance(data.get(str(loc[0])), list):
        data.pop(str(loc[0]), None)
    elif len(loc) == 2 or (len(loc) == 3 and missing):
        data[str(loc[0])][int(loc[1])] = None
    elif isinstance(item := data[str(loc[0])][int(loc[1])], dict):
        item.pop(str(loc[2]), None)


def _problem(detail: ErrorDetails, data: Any) -> Problem:
    """Say in the analyst's words what pydantic found at one place."""
    path = tuple(detail["loc"])
    part, noun = _part_at(path[:-1])
    whose = _named(noun, path, data)
    key = path[-1]
    kind, given = detail["type"], detail.get("input")
    if kind == "missing" or (given is None and kind.endswith("_type")):
        where = path[:-1] if kind == "missing" else path
        return Problem("missing-key", f"{whose} lacks its '{key}'", where, value=str(key))
    if kind == "too_short":
        return Problem("missing-key", f"{whose} names no {key}", path, value=str(key))
    if kind == "extra_forbidden":
        known = [field.alias or name for name, field in part.model_fields.items()]
        hint = did_you_mean(str(key), known)
        return Problem("unknown-key", f"{whose} has no key '{key}'{hint}", path, value=str(key))
    code = kind if "-" in kind else "wrong-type" if kind.endswith("_type") else "invalid-value"
    return Problem(code, f"{whose}, {key}: {_reason(detail)}", path, value=_short(given))


_REASONS = {
    "string_type": "text is expected here",
    "tuple_type": "a list is expected here",
    "model_type": "a mapping of keys to values is expected here",
    "int_type": "a whole number is expected here",
    "string_too_short": "it is empty",
    "string_pattern_mismatch": "it does not look right",
    "less_than_equal": "this version reads format 1",
    "greater_than_equal": "this version reads format 1",
}
_PATTERN_REASONS = {
    "sha256": "write the 64 hexadecimal digits, lower case, of the text's SHA-256",
    "url": "write a whole address, as https://example.org/a",
    "source": "write a whole address, as https://example.org/a",
    "language": "write a language tag such as en or pt-BR",
}


def _reason(detail: ErrorDetails) -> str:
    if detail["type"] == "string_pattern_mismatch":
        return _PATTERN_REASONS[str(detail["loc"][-1])]
    return _REASONS.get(detail["type"], detail["msg"])


def _part_at(path: Path) -> tuple[type[BaseModel], str]:
    for step in reversed(path):
        if isinstance(step, str) and step in _PARTS:
            return _PARTS[step]
    return model.Record, "record"


def _named(noun: str, path: Path, data: Any) -> str:
    """Return ``claim c3`` or ``claim c3: quantity`` for the part at `path`."""
    section = path[0]
    if section not in _SECTIONS or len(path) < 2 or not isinstance(data, dict):
        return f"The {noun}"
    outer = _SECTIONS[str(section)][1]
    items = data.get(str(section))
    index = path[1]
    item = items[index] if isinstance(items, list) and isinstance(index, int) else None
    keys = item if isinstance(item, dict) else {}
    name = keys.get("id") or keys.get("as_stated") or keys.get("claim")
    label = f"{outer} {name}" if isinstance(name, str) else f"{outer} {int(index) + 1}"
    return f"The {noun} of {label}" if noun != outer else label[0].upper() + label[1:]


def _short(value: Any) -> str | None:
    if value is None or isinstance(value, dict | list | tuple):
        return None
    text = str(value)
    return text if len(text) <= 80 else text[:77] + "..."
