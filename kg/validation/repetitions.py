"""What a record says twice in the same words, of which the graph keeps one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, get_origin

from kg.records.document import Path, Problem
from kg.records.model import Part
from kg.records.reader import Reading

_WITH_LISTS = ("actors", "events", "evidence", "claims")
_PARTS = ("quantity", "route")
_WITHOUT_IDS = ("mentions", "assessments")


def repetitions(reading: Reading) -> Iterator[Problem]:
    """Yield every item of a list that an earlier one of the same list equals.

    Items with ids are left out: one id twice is an error of its own.
    """
    for section in _WITH_LISTS:
        for path, item in reading.items(section):
            yield from _in_part(path, item)
            for name in _PARTS if section == "claims" else ():
                if part := getattr(item, name):
                    yield from _in_part((*path, name), part)
    for section in _WITHOUT_IDS:
        items = list(reading.items(section))
        for index in _again([item for _, item in items]):
            yield _problem(items[index][0], f"This says what another of the {section} says")
    yield from _of_one_day(reading)


def _of_one_day(reading: Reading) -> Iterator[Problem]:
    """Yield every assessment that differs from one of the same claim, desk and day."""
    first: dict[tuple[str, str, str], Part] = {}
    for path, one in reading.items("assessments"):
        earlier = first.setdefault((one.claim, one.by, one.dated), one)
        if earlier != one:
            message = (
                f"'{one.by}' assesses {one.claim} on {one.dated} a second time; "
                "keep one, or correct the day"
            )
            yield Problem("same-day-assessment", message, path, value=one.claim)


def _in_part(path: Path, part: Part) -> Iterator[Problem]:
    for name, key in _lists_of(type(part)):
        values = getattr(part, name)
        if len(values) > 1:
            for index in _again(values):
                value = values[index]
                words = f"'{value}' stands here" if isinstance(value, str) else "This stands here"
                yield _problem((*path, key, index), f"{words} already")


def _again(items: Iterable[Any]) -> Iterator[int]:
    """Yield the index of every item that an earlier one equals."""
    seen = set()
    for index, item in enumerate(items):
        if item in seen:
            yield index
        seen.add(item)


def _problem(path: Path, words: str) -> Problem:
    return Problem("repeated-item", f"{words}; once is enough", path, severity="warning")


@cache
def _lists_of(part: type[Part]) -> list[tuple[str, str]]:
    """Return the fields of a part that are lists, by name and by key."""
    return [
        (name, field.alias or name)
        for name, field in part.model_fields.items()
        if get_origin(field.annotation) is tuple
    ]
