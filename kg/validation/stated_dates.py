"""Whether the days that RDF gives of a date are those that the date, as EDTF, means.

Records give the date alone and the mapping works out its days; RDF brings both.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

import pyoxigraph as ox

from kg.records.dates import parse_edtf
from kg.records.document import Problem
from kg.shacl import ShaclResult
from kg.validation.graph_results import graph_result
from kg.vocabulary.terms import KG

# A date as it is written, and the properties of its first and last day.
_DATES = {
    f"{KG}{name}": (f"{KG}{first}", f"{KG}{last}")
    for name, first, last in (
        ("date", "earliest", "latest"),
        ("said", "saidEarliest", "saidLatest"),
        ("published", "publishedEarliest", "publishedLatest"),
        ("released", "releasedEarliest", "releasedLatest"),
    )
}
_PROPERTIES = frozenset((*_DATES, *(bound for bounds in _DATES.values() for bound in bounds)))


def wrong_days(quads: Sequence[ox.Quad]) -> Iterator[tuple[str, ShaclResult]]:
    """Yield code and result for each date whose days are others than it means.

    Dates that are none, given twice or without days are left to the shapes.
    """
    said: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for quad in quads:
        if quad.predicate.value in _PROPERTIES and isinstance(quad.object, ox.Literal):
            subject = str(getattr(quad.subject, "value", quad.subject))
            said[subject][quad.predicate.value].add(quad.object.value)
    for node, values in said.items():
        for name, bounds in _DATES.items():
            stated = values.get(name, set())
            given = [values.get(bound, set()) for bound in bounds]
            if len(stated) != 1 or not any(given) or any(len(each) > 1 for each in given):
                continue
            (text,) = stated
            try:
                days = parse_edtf(text)
            except ValueError:
                continue
            meant = [{day.isoformat()} if day else set() for day in days]
            if meant != given:
                yield _found(node, name, text, meant, given)


def _found(
    node: str, name: str, text: str, meant: Sequence[set[str]], given: Sequence[set[str]]
) -> tuple[str, ShaclResult]:
    message = (
        f"The date {text} means {_span(meant)}, and the days beside it are {_span(given)}. "
        "Correct the one that is wrong."
    )
    problem = Problem("days-differ", message, value=text)
    return graph_result(problem, "dates", node, name)


def _span(days: Sequence[set[str]]) -> str:
    first, last = ("".join(each) or "an open end" for each in days)
    return first if first == last else f"{first} to {last}"
