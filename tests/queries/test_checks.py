"""Each check, on both engines and contribution by contribution, against rows written by hand.

A fixture is a YAML file, CHECK.yaml, with `records` as those of the stored queries have them, and
for damage that no record can do to the graph `drop` (subject and predicate) and `add` (TriG).
`hits` are all rows the check must give: focus, path, value, as far as it has them. `spared` are
nodes that come near and must not hit.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
import yaml
from query_fixtures import (
    DESKS,
    SHORT,
    dataset_of,
    on_pyoxigraph,
    on_rdflib,
    repeated,
    shortened,
    store_of,
    vocabulary,
)

from kg.mapping.context import load_context
from kg.mapping.quads import Mapper
from kg.mapping.statements import Statements
from kg.shacl import ShaclResult
from kg.sparql.guard import check_query
from kg.validation.checks import Checks
from kg.validation.surroundings import Surroundings
from kg.vocabulary.shipped import shipped
from kg.vocabulary.terms import DEFAULT_BASE, PROV, SKOS, XSD

# rdflib warns of its own use of a deprecated name.
pytestmark = pytest.mark.filterwarnings("ignore:Dataset:DeprecationWarning")

HERE = Path(__file__).parent / "checks"
FOLDER = shipped("queries") / "checks"
CHECKS = {check.file.stem: check for check in Checks((FOLDER,), FOLDER).all}
PREFIXES = {**SHORT, "prov:": PROV, "skos:": SKOS, "xsd:": XSD}
HEAD = "".join(f"PREFIX {prefix} <{space}>\n" for prefix, space in PREFIXES.items())
DECORATORS = ("summary", "problem", "principle", "solution", "code", "severity", "message")

Row = tuple[str, ...]


@dataclass(frozen=True)
class Fixture:
    """The graph of a fixture, the rows a check must give on it, and the nodes it must spare."""

    store: ox.Store
    hits: list[Row]
    spared: list[str]


@lru_cache
def fixture(name: str) -> Fixture:
    content = yaml.safe_load((HERE / f"{name}.yaml").read_text(encoding="utf-8"))
    # What the fixture says once and means several times is written out.
    store = store_of(json.loads(json.dumps(content["records"], default=str)))
    for subject, predicate in content.get("drop", ()):
        for quad in list(store.quads_for_pattern(_node(subject), _node(predicate), None)):
            store.remove(quad)
    text = f"BASE <{DEFAULT_BASE}>\n{HEAD}{content.get('add', '')}"
    store.extend(ox.parse(text, format=ox.RdfFormat.TRIG))
    hits = [tuple(str(cell) for cell in row) for row in content["hits"]]
    return Fixture(store, hits, content["spared"])


def _node(name: str) -> ox.NamedNode:
    prefix, _, local = name.partition(":")
    return ox.NamedNode(PREFIXES[f"{prefix}:"] + local)


def _short(term: str | None) -> str | None:
    """Return a term as a fixture writes it; one of the reused vocabularies with its prefix."""
    for prefix in ("prov:", "skos:"):
        if term and term.startswith(f"<{PREFIXES[prefix]}"):
            return prefix + term[1:-1].removeprefix(PREFIXES[prefix])
    return shortened(term)


def _rows(answer: Any) -> list[Row]:
    """Return the rows of an answer, in their order, empty cells left out."""
    places = [
        answer.columns.index(name) for name in ("focus", "path", "value") if name in answer.columns
    ]
    return [tuple(cell for place in places if (cell := _short(row[place]))) for row in answer.rows]


@pytest.mark.parametrize("name", CHECKS)
def test_hits(name: str) -> None:
    told, query = fixture(name), CHECKS[name].query
    answer = on_pyoxigraph(told.store, query)
    assert sorted(_rows(answer)) == sorted(told.hits)
    assert len(set(answer.rows)) == len(answer.rows)
    assert on_rdflib(dataset_of(told.store), query) == answer, "rdflib gives other rows"
    assert on_pyoxigraph(repeated(told.store), query) == answer, "repeated triples change the rows"


@pytest.mark.parametrize("name", CHECKS)
def test_what_is_spared_is_there(name: str) -> None:
    told = fixture(name)
    assert told.spared
    for node in told.spared:
        assert list(told.store.quads_for_pattern(_node(node), None, None)), f"there is no {node}"
        assert node not in {row[0] for row in told.hits}


@pytest.mark.parametrize("name", CHECKS)
def test_asked_of_one_node_it_gives_the_rows_of_that_node(name: str) -> None:
    told, check = fixture(name), CHECKS[name]
    whole = _rows(on_pyoxigraph(told.store, check.query))
    for focus in {row[0] for row in told.hits} | set(told.spared):
        rows = _rows(on_pyoxigraph(told.store, check.bound([_node(focus)])))
        assert rows == [row for row in whole if row[0] == focus]
    every = {_node(row[0]) for row in told.hits}
    assert _rows(on_pyoxigraph(told.store, check.bound(every))) == whole


@pytest.mark.parametrize("name", CHECKS)
def test_contribution_by_contribution_it_gives_the_same_rows(name: str) -> None:
    """What a check follows is all it needs of the articles that are in the store already."""
    told = fixture(name)
    mapper = Mapper(load_context(shipped("ontology") / "context.jsonld"), DEFAULT_BASE)
    checks = Checks((FOLDER,), FOLDER)
    desks = tuple(quad.triple for quad in mapper.desks(DESKS))
    found = set()
    for graph in told.store.named_graphs():
        if not re.search("/article/|/graph/assessments$", graph.value):
            continue
        quads = list(told.store.quads_for_pattern(None, None, None, graph))
        around = Surroundings(vocabulary(), told.store, frozenset((graph.value,)), desks)
        for code, result in checks.results(Statements.of(quads), around):
            if code == CHECKS[name].code:
                found.add(_row(result))
    assert found == set(told.hits)


@pytest.mark.parametrize("name", [name for name in CHECKS if CHECKS[name].follows])
def test_what_a_change_breaks_elsewhere_is_found(name: str, tmp_path: Path) -> None:
    """Every node stands in a graph of its own, and each statement of it comes or goes."""
    (tmp_path / f"{name}.rq").write_text(CHECKS[name].query, encoding="utf-8")
    checks = Checks((tmp_path,), tmp_path)
    store = _each_in_its_graph(fixture(name).store)
    whole = _with_vocabulary(store)
    query = CHECKS[name].bound({quad.subject for quad in store})
    every = set(_rows(on_pyoxigraph(whole, query)))
    for quad in [quad for quad in store if str(quad.predicate) in CHECKS[name].reads]:
        graph = quad.graph_name
        full = list(store.quads_for_pattern(None, None, None, graph))
        whole.remove(quad)
        without = set(_rows(on_pyoxigraph(whole, query)))
        whole.add(quad)

        going = Surroundings(vocabulary(), store, frozenset((graph.value,)))
        fewer = [each for each in full if each != quad]
        found = {_row(result) for _, result in checks.results(Statements.of(fewer), going)}
        assert without - every <= found <= without, f"{quad} goes"

        store.remove(quad)
        coming = Surroundings(vocabulary(), store, frozenset((graph.value,)))
        found = {_row(result) for _, result in checks.results(Statements.of(full), coming)}
        assert every - without <= found <= every, f"{quad} comes"
        store.add(quad)


def test_the_documentation_names_what_a_change_elsewhere_can_affect() -> None:
    pages = (FOLDER.parents[1] / "docs/validate.md").read_text(encoding="utf-8")
    table = pages[pages.index("| follows |") : pages.index("Their queries pass")]
    assert set(re.findall(r"`([a-z]+-[a-z-]+)`", table)) == {
        name for name, check in CHECKS.items() if check.follows
    }


def _each_in_its_graph(store: ox.Store) -> ox.Store:
    """Return what records say, each node's statements in a graph of their own."""
    known = {triple.subject for triple in vocabulary().triples}
    found = ox.Store()
    for quad in store:
        if quad.subject not in known:
            graph = ox.NamedNode(
                f"{DEFAULT_BASE}graph/of/{quad.subject.value.rpartition('id/')[2]}"
            )
            found.add(ox.Quad(*quad.triple, graph))
    return found


def _with_vocabulary(store: ox.Store) -> ox.Store:
    whole = ox.Store()
    whole.extend(store)
    whole.extend(ox.Quad(*triple) for triple in vocabulary().triples)
    return whole


def _row(result: ShaclResult) -> Row:
    cells = (result.focus_node, result.path, result.value)
    return tuple(_said(cell) for cell in cells if cell)


def _said(cell: str) -> str:
    return _short(f"<{cell}>" if cell.startswith("http") else str(ox.Literal(cell))) or ""


@pytest.mark.parametrize("name", CHECKS)
def test_the_head_says_all(name: str) -> None:
    check = CHECKS[name]
    lines = [line[2:] for line in check.query.splitlines() if line.startswith("#+")]
    head = yaml.safe_load("\n".join(lines))
    assert {*DECORATORS, "follows"} == set(head)
    assert all(str(head[key]).strip() for key in DECORATORS)
    assert head["code"] == name
    assert head["message"][0].isupper()
    assert not re.search(r"\b(?:IRI|RDF|SHACL|triple|node|predicate|kg:)\b", head["message"])


@pytest.mark.parametrize("name", CHECKS)
def test_it_is_portable_ordered_and_bindable(name: str) -> None:
    check = CHECKS[name]
    check_query(check.query + "\n# service: the guard parses it")
    assert "VALUES ?focus { UNDEF }" in check.query
    assert "ORDER BY ?focus" in check.query
    words = set(re.findall(r"\w+", check.query))
    assert not {"FROM", "SERVICE", "MINUS"} & words
    # An article's own graph is where two checks look for what only its record may say.
    assert "GRAPH" not in words or name in ("event-without-claim", "claim-in-other-graph")


def test_every_check_has_its_fixture() -> None:
    assert {file.stem for file in HERE.glob("*.yaml")} == set(CHECKS)


def test_nothing_is_found_in_an_article_without_claims() -> None:
    store = store_of([{"article": {"id": "nothing-said"}}])
    for check in CHECKS.values():
        assert on_pyoxigraph(store, check.query).rows == []
