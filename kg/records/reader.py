"""Read record files: YAML, JSON or NDJSON to typed records, with every problem at its place.

One broken value does not hide the others: it is reported, taken out, and the rest of the record
goes on to the later checks. A reading with problems is never mapped.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path as FilePath
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from kg.errors import did_you_mean, nearest
from kg.records import model
from kg.records.document import (
    MAX_BYTES,
    Document,
    Path,
    Position,
    Problem,
    decode,
    parse_yaml,
)
from kg.records.json_document import parse_json
from kg.records.salvage import Salvage, without

RECORD_SUFFIXES = (".yaml", ".yml", ".json", ".ndjson")
MAX_BULK_BYTES = 1_000_000_000
_NO_RECORDS = Problem(
    "no-records", "This file holds no record", position=Position(1, 1), severity="warning"
)


@dataclass(frozen=True)
class Reading:
    """One record as read from a file.

    Attributes:
        file: the file it stands in.
        document: the data with its positions; None where the file is not readable.
        record: the typed record or assessment file without its broken parts; None where too
            little is left.
        problems: what is wrong, in the order of the file.
        broken: paths of values that were taken out, or have a stand-in.
        kept: section name to the original indices of the items that `record` holds.
        remains: section name to the items that lack too much to be in `record`, by their original
            indices; what is left of them can be looked at.
    """

    file: FilePath
    document: Document | None
    record: model.Record | model.AssessmentFile | None
    problems: tuple[Problem, ...] = ()
    broken: frozenset[Path] = frozenset()
    kept: dict[str, list[int]] = field(default_factory=dict)
    remains: dict[str, dict[int, Any]] = field(default_factory=dict)

    def items(self, section: str) -> Iterator[tuple[Path, Any]]:
        """Yield each kept item of `section` with its path in the file."""
        values = getattr(self.record, section, ())
        indices = self.kept.get(section, range(len(values)))
        for index, value in zip(indices, values, strict=True):
            yield (section, index), value

    def looked_at(self, section: str) -> Iterator[tuple[Path, Any]]:
        """Yield each item of `section` with its path, what is left of broken ones included.

        What is found at a path that `is_broken` is to be left unsaid.
        """
        yield from self.items(section)
        for index, value in self.remains.get(section, {}).items():
            yield (section, index), value

    def is_broken(self, path: Path) -> bool:
        """Whether what stands at `path` was reported as broken, or is a part of that."""
        return any(path[:length] in self.broken for length in range(1, len(path) + 1))

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
    elif bulk and (not text or text.isspace()):
        yield Reading(file, None, None, (_NO_RECORDS,))
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
    salvage = Salvage(document.data, kind)
    try:
        record: model.Record | model.AssessmentFile | None = kind.model_validate(document.data)
    except ValidationError as error:
        details = error.errors(include_url=False)
        problems += [_problem(detail, document.data) for detail in _causes(details)]
        record = salvage.record(details)
    kept, remains = salvage.kept, salvage.remains
    if record:
        record, kept = without(record, kept, {problem.path[:2] for problem in again})
    problems.sort(key=lambda problem: problem.position or document.position(problem.path))
    return Reading(
        file, document, record, tuple(problems), frozenset(salvage.broken), kept, remains
    )


def _causes(details: list[ErrorDetails]) -> Iterator[ErrorDetails]:
    """Leave out that a key is missing where it stands there misspelt."""
    meant = {
        (*detail["loc"][:-1], nearest(str(detail["loc"][-1]), _keys(tuple(detail["loc"][:-1]))))
        for detail in details
        if detail["type"] == "extra_forbidden"
    }
    for detail in details:
        if detail["type"] != "missing" or tuple(detail["loc"]) not in meant:
            yield detail


def _duplicates(document: Document) -> Iterator[Problem]:
    for section, (_, noun) in model.SECTIONS.items():
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


def _keys(path: Path) -> list[str]:
    """Return the keys that the part at `path` may have."""
    part, _ = _part_at(path)
    return [field.alias or name for name, field in part.model_fields.items()]


def _problem(detail: ErrorDetails, data: Any) -> Problem:
    """Say in the analyst's words what pydantic found at one place."""
    path = tuple(detail["loc"])
    _, noun = _part_at(path[:-1])
    whose = _named(noun, path, data)
    key = path[-1]
    kind, given = detail["type"], detail.get("input")
    if isinstance(key, int) and kind == "model_type":
        what = "a list" if isinstance(given, list) else f"'{_short(given)}'"
        whole = f"{whose} is {'empty' if given is None else what}"
        return Problem("wrong-type", f"{whole}; {_REASONS[kind]}", path, value=_short(given))
    if kind == "missing" or (given is None and kind.endswith("_type")):
        where = path[:-1] if kind == "missing" else path
        return Problem("missing-key", f"{whose} lacks its '{key}'", where, value=str(key))
    if kind == "too_short":
        return Problem("missing-key", f"{whose} names no {key}", path, value=str(key))
    if kind == "extra_forbidden":
        known = _keys(path[:-1])
        said = f"{whose} has no key '{key}'{did_you_mean(str(key), known)}"
        if len(path) == 1 and key in known:
            said = f"A file of assessments alone has no '{key}'; a record, with its article, has"
        return Problem("unknown-key", said, path, value=str(key))
    code = kind if "-" in kind else "wrong-type" if kind.endswith("_type") else "invalid-value"
    item = f"{path[-2]} {key + 1}" if isinstance(key, int) else key
    return Problem(code, f"{whose}, {item}: {_reason(detail)}", path, value=_short(given))


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
    "url": "write a whole web address, as https://example.org/a",
    "source": "write a whole web address, as https://example.org/a",
    "language": "write a language tag such as en or pt-BR",
}


def _reason(detail: ErrorDetails) -> str:
    if detail["type"] == "string_pattern_mismatch":
        return _PATTERN_REASONS[str(detail["loc"][-1])]
    return _REASONS.get(detail["type"], detail["msg"])


def _part_at(path: Path) -> tuple[type[BaseModel], str]:
    for step in reversed(path):
        if isinstance(step, str) and step in model.PARTS:
            return model.PARTS[step]
    return model.Record, "record"


def _named(noun: str, path: Path, data: Any) -> str:
    """Return ``claim c3`` or ``claim c3: quantity`` for the part at `path`."""
    section = path[0]
    if section not in model.SECTIONS or len(path) < 2 or not isinstance(data, dict):
        return f"The {noun}"
    outer = model.SECTIONS[str(section)][1]
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
