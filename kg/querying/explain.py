"""What a query makes an engine do, and how long it takes on the embedded store.

The embedded engine does not tell its plan to Python, so the plan is the query's algebra
(SPARQL 1.1, section 18), in which each operator names those below it; the times are its own.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any, NamedTuple

import pyoxigraph as ox

from kg.querying.ask import ask


class Explanation(NamedTuple):
    """The algebra as indented lines, the number of rows, and seconds to the first and the last."""

    plan: list[str]
    rows: int
    first: float
    last: float


def explain(store: ox.Store, query: str) -> Explanation:
    """Run `query` on `store` and tell how.

    Raises:
        CallError: the text is no SPARQL query.
        EnvironmentFault: the engine failed.
    """
    began = time.perf_counter()
    answer = ask(store, query)
    rows, first = 0, 0.0
    if not isinstance(answer, ox.QueryBoolean):
        for _ in answer:
            rows += 1
            first = first or time.perf_counter() - began
    last = time.perf_counter() - began
    return Explanation(list(_plan(query)), rows, first or last, last)


def _plan(query: str) -> Iterator[str]:
    from rdflib.plugins.sparql import prepareQuery

    yield from _operator(prepareQuery(query).algebra, 0)


def _operator(node: Any, depth: int) -> Iterator[str]:
    """Yield a line for an operator and, set in, lines for those it works on."""
    margin = "  " * depth
    if node.name == "BGP":
        yield f"{margin}BGP"
        for triple in node.triples:
            yield f"{margin}  {' '.join(term.n3() for term in triple)}"
        return
    yield f"{margin}{node.name}"
    for key in ("p", "p1", "p2"):
        below = node.get(key)
        if hasattr(below, "name"):
            yield from _operator(below, depth + 1)
