"""Paths: followed from sets they lead where rdflib's lead, and back again."""

from __future__ import annotations

import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from rdflib.paths import InvPath, MulPath, OneOrMore, ZeroOrMore, ZeroOrOne
from rdflib.paths import Path as RdflibPath

from kg.errors import DataError
from kg.shacl.graph import Graph, read_graph
from kg.shacl.paths import (
    Alternative,
    Inverse,
    Path,
    Predicate,
    Repeated,
    Sequence,
    as_sparql,
    follow,
    inverted,
    parse_path,
    steps,
)

NODES = [f"urn:n{number}" for number in range(5)]
PREDICATES = ["urn:p", "urn:q"]
TRIPLES = st.lists(
    st.tuples(st.sampled_from(NODES), st.sampled_from(PREDICATES), st.sampled_from(NODES)),
    max_size=12,
)
PREDICATE = st.sampled_from(PREDICATES).map(lambda iri: Predicate(f"<{iri}>"))
PATHS = st.recursive(
    PREDICATE,
    lambda inner: st.one_of(
        inner.map(Inverse),
        st.lists(inner, min_size=2, max_size=3).map(lambda each: Sequence(tuple(each))),
        st.lists(inner, min_size=2, max_size=3).map(lambda each: Alternative(tuple(each))),
        st.builds(
            lambda path, how: Repeated(path, *how),
            inner,
            st.sampled_from([(0, True), (1, True), (0, False)]),
        ),
    ),
    max_leaves=5,
)
SHACL = "@prefix sh: <http://www.w3.org/ns/shacl#> . "


def _graph(triples: list[tuple[str, str, str]]) -> Graph:
    return Graph((f"<{s}>", f"<{p}>", f"<{o}>") for s, p, o in triples)


def _pairs(path: Path, graph: Graph, nodes: list[str] = NODES) -> set[tuple[str, str]]:
    found = follow(path, {f"<{node}>" for node in nodes}, graph)
    assert all(len(set(ends)) == len(ends) for ends in found.values())
    return {(node, end) for node, ends in found.items() for end in ends}


def _rdflib(path: Path) -> rdflib.URIRef | RdflibPath:
    if isinstance(path, Predicate):
        return rdflib.URIRef(path.iri[1:-1])
    if isinstance(path, Inverse):
        return InvPath(_rdflib(path.path))
    if isinstance(path, Sequence):
        first, *rest = map(_rdflib, path.steps)
        for step in rest:
            first = first / step
        return first
    if isinstance(path, Alternative):
        first, *rest = map(_rdflib, path.choices)
        for choice in rest:
            first = first | choice
        return first
    how = ZeroOrOne if not path.again else OneOrMore if path.least else ZeroOrMore
    return MulPath(_rdflib(path.path), how)


@given(TRIPLES, PATHS)
def test_paths_lead_where_those_of_rdflib_lead(
    triples: list[tuple[str, str, str]], path: Path
) -> None:
    # Walking back, rdflib 7 finds a path of no steps only at nodes that are in the graph.
    triples = [*triples, *((node, "urn:other", node) for node in NODES)]
    graph = rdflib.Graph()
    for s, p, o in triples:
        graph.add((rdflib.URIRef(s), rdflib.URIRef(p), rdflib.URIRef(o)))
    expected = {
        (f"<{node}>", f"<{end}>")
        for node in NODES
        for end in graph.objects(rdflib.URIRef(node), _rdflib(path))
    }

    assert _pairs(path, _graph(triples)) == expected


@given(TRIPLES, PATHS)
def test_an_inverted_path_leads_back(triples: list[tuple[str, str, str]], path: Path) -> None:
    graph = _graph(triples)
    there = _pairs(path, graph)

    assert _pairs(inverted(path), graph) == {(end, node) for node, end in there}
    assert _pairs(inverted(inverted(path)), graph) == there


@given(PATHS)
def test_a_path_inverted_twice_is_itself_once_its_inner_steps_are_turned(path: Path) -> None:
    turned = inverted(path)

    assert inverted(inverted(turned)) == turned


@given(TRIPLES, PATHS)
def test_sets_lead_where_their_nodes_lead(triples: list[tuple[str, str, str]], path: Path) -> None:
    graph = _graph(triples)

    assert _pairs(path, graph) == {pair for node in NODES for pair in _pairs(path, graph, [node])}


@given(TRIPLES, PATHS)
def test_without_the_predicates_it_reads_a_path_leads_nowhere_new(
    triples: list[tuple[str, str, str]], path: Path
) -> None:
    read = {predicate for _, predicate, _ in steps(path)}
    other = [each for each in triples if f"<{each[1]}>" in read]

    assert _pairs(path, _graph(triples)) == _pairs(path, _graph(other))


WRITTEN = {
    "<urn:p>": "<urn:p>",
    "[ sh:inversePath <urn:p> ]": "^<urn:p>",
    "( <urn:p> <urn:q> )": "<urn:p>/<urn:q>",
    "[ sh:alternativePath ( <urn:p> <urn:q> ) ]": "<urn:p>|<urn:q>",
    "[ sh:zeroOrMorePath <urn:p> ]": "<urn:p>*",
    "[ sh:oneOrMorePath <urn:p> ]": "<urn:p>+",
    "[ sh:zeroOrOnePath <urn:p> ]": "<urn:p>?",
    "( <urn:p> [ sh:zeroOrMorePath [ sh:inversePath <urn:q> ] ] )": "<urn:p>/((^<urn:q>)*)",
    "[ sh:inversePath ( <urn:p> <urn:q> ) ]": "^(<urn:p>/<urn:q>)",
}


def _parsed(turtle: str) -> Path:
    data = f"{SHACL}<urn:shape> sh:path {turtle} ."
    graph = read_graph(rdflib.Graph().parse(data=data, format="turtle"))
    (node,) = graph.values("<urn:shape>", "<http://www.w3.org/ns/shacl#path>")
    return parse_path(graph, node)


@pytest.mark.parametrize("turtle", WRITTEN)
def test_paths_are_read_and_written_as_sparql_does(turtle: str) -> None:
    assert as_sparql(_parsed(turtle)) == WRITTEN[turtle]


FIRST = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#first>"
REST = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#rest>"
BROKEN = {
    '"p"': "is no path",
    "[]": "a path is an IRI, a list, or has one of",
    "( <urn:p> )": "two or more",
    "[ sh:alternativePath <urn:p> ]": "none that is well formed",
    "[ sh:alternativePath ( <urn:p> ) ]": "two or more",
    "[ sh:alternativePath () ]": "two or more",
    "[ sh:inversePath <urn:p>, <urn:q> ]": "twice",
    "[ sh:inversePath <urn:p> ; sh:oneOrMorePath <urn:p> ]": "has one of",
    f"_:a . _:a {FIRST} <urn:p> ; {REST} _:a": "none that is well formed",
    f"_:a . _:a {FIRST} <urn:p>, <urn:q> ; {REST} ( <urn:p> )": "none that is well formed",
    f"_:a . _:a {FIRST} <urn:p>": "none that is well formed",
    "_:a . _:a sh:inversePath _:a": "contains itself",
    "_:a . _:a sh:alternativePath ( <urn:p> _:a )": "contains itself",
    " . ".join(
        [
            "_:a30 . _:a0 sh:inversePath <urn:p>",
            *(f"_:a{n + 1} sh:alternativePath ( _:a{n} _:a{n} )" for n in range(30)),
        ]
    ): "more than 1,000 steps",
}


@pytest.mark.parametrize("turtle", BROKEN, ids=lambda turtle: turtle[:60])
def test_a_broken_path_is_refused(turtle: str) -> None:
    with pytest.raises(DataError, match=BROKEN[turtle]):
        _parsed(turtle)
