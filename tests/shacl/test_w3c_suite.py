"""The W3C's SHACL test suite: every test of SHACL Core and of SHACL-SPARQL, none left out."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pyoxigraph as ox
import pytest

from kg.errors import DataError
from kg.shacl.graph import Graph
from kg.shacl.paths import as_sparql, parse_path
from kg.shacl.terms import Term, sh
from kg.shacl.validate import compile_shapes, store_of

SUITE = Path(__file__).resolve().parents[3] / "shared" / "w3c" / "shacl"
MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
SHT = "http://www.w3.org/ns/shacl-test#"
# In the suite's folder, but not in its manifest; passed all the same.
UNLISTED = {"sparql/component/nodeValidator-001"}


class W3cTest(NamedTuple):
    """One entry of a manifest."""

    name: str
    file: Path


def _parsed(file: Path) -> Graph:
    """Blank nodes keep their labels, so that the results expected name the shapes of the file."""
    quads = ox.parse(path=file, base_iri=file.as_uri())
    return Graph((str(quad.subject), str(quad.predicate), str(quad.object)) for quad in quads)


_graph = cache(_parsed)


def _tests(folder: str) -> list[W3cTest]:
    found = []
    for file in sorted((SUITE / folder).rglob("*.ttl")):
        graph = _graph(file)
        for name in graph.subjects(f"<{MF}action>"):
            label = f"{file.parent.relative_to(SUITE)}/{name[1:-1].rpartition('/')[2]}"
            found.append(W3cTest(label, file))
    return found


CORE, SPARQL = (_tests(folder) if SUITE.is_dir() else [] for folder in ("core", "sparql"))


def _entry(test: W3cTest) -> tuple[Graph, Graph, Term]:
    """Return the data graph, the shapes graph and the expected result of a test."""
    graph = _graph(test.file)
    (name,) = graph.subjects(f"<{MF}action>")
    (action,) = graph.values(name, f"<{MF}action>")
    (result,) = graph.values(name, f"<{MF}result>")
    graphs = []
    for part in ("dataGraph", "shapesGraph"):
        (where,) = graph.values(action, f"<{SHT}{part}>")
        graphs.append(_graph(Path(where[len("<file://") : -1])))
    return graphs[0], graphs[1], result


def _expected(graph: Graph, report: Term) -> Counter[tuple[str | None, ...]]:
    found: Counter[tuple[str | None, ...]] = Counter()
    for result in graph.values(report, sh("result")):

        def one(name: str, result: Term = result) -> Term | None:
            return next(iter(graph.values(result, sh(name))), None)

        path = one("resultPath")
        found[
            one("focusNode"),
            path and as_sparql(parse_path(graph, path)),
            one("value"),
            one("sourceConstraintComponent"),
            one("resultSeverity"),
            one("sourceShape"),
            one("sourceConstraint"),
            one("resultMessage"),
        ] += 1
    return found


def _found(data: Graph, shapes: Graph, *, messages: set[str | None]) -> Counter[object]:
    compiled = compile_shapes(shapes)
    run = compiled.run(data, lambda: store_of(data, shapes))
    return Counter(
        (
            violation.focus,
            violation.path and as_sparql(violation.path.path),
            violation.value,
            violation.component,
            violation.shape.severity,
            violation.shape.node,
            violation.source,
            # A message is compared where the expected results have it.
            next((message for message in violation.messages if message in messages), None),
        )
        for violation in compiled.violations(run)
    )


@pytest.mark.parametrize("test", CORE + SPARQL, ids=lambda test: test.name)
def test_the_w3c_suite_is_passed(test: W3cTest) -> None:
    data, shapes, result = _entry(test)
    if result == f"<{SHT}Failure>":
        with pytest.raises(DataError, match="malformed"):
            compile_shapes(shapes)
        return
    expected = _expected(_graph(test.file), result)

    found = _found(data, shapes, messages={each[-1] for each in expected})

    assert found == expected


def test_no_test_of_the_suite_is_left_out() -> None:
    listed = [test for test in SPARQL if test.name not in UNLISTED]

    assert (len(CORE), len(listed)) == (98, 22)
