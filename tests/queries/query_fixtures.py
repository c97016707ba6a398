"""Fixtures of the shipped queries on several engines; `kg.querying.fixtures` says what one is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import pyoxigraph as ox
from rdflib import Dataset, Literal, URIRef

from kg.mapping.context import load_context
from kg.mapping.quads import Mapper
from kg.querying.fixture_graph import FixtureGraphs
from kg.vocabulary.shipped import shipped
from kg.vocabulary.terms import (
    DEFAULT_BASE,
    DERIVED_GRAPH,
    KG,
    KGS,
    XSD,
)
from kg.vocabulary.vocabulary import Vocabulary

HERE = Path(__file__).parent
DESKS = {"example-desk": "Example desk", "second-desk": "Second desk"}
SHORT = {"id:": DEFAULT_BASE, "kgs:": KGS, "kg:": KG}
_DECLARED = tuple(DEFAULT_BASE + kind for kind in ("event/", "actor/", "place/"))

Row = tuple[str | None, ...]


@dataclass(frozen=True)
class Answer:
    """Columns and rows of one engine's answer, terms in N-Triples form."""

    columns: tuple[str, ...]
    rows: list[Row]

    def only(self, columns: Iterable[str]) -> list[Row]:
        """Return the rows cut to `columns`, as a fixture writes them."""
        places = [self.columns.index(column) for column in columns]
        return [tuple(shortened(row[place]) for place in places) for row in self.rows]


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    return Vocabulary((shipped("ontology"),), DEFAULT_BASE)


@lru_cache(maxsize=1)
def graphs() -> FixtureGraphs:
    mapper = Mapper(load_context(shipped("ontology") / "context.jsonld"), DEFAULT_BASE)
    return FixtureGraphs(vocabulary(), mapper, DESKS, DEFAULT_BASE)


def store_of(records: list[dict[str, Any]]) -> ox.Store:
    """Return a store with `records`, the reference data they name, and the derived graph."""
    return graphs().store_of(records)


def repeated(store: ox.Store) -> ox.Store:
    """Return a copy in which what several records may declare stands in four graphs.

    These are events, actors, places and their offices; pyoxigraph then gives such a triple four
    times.
    """
    copy = ox.Store()
    quads = list(store)
    copy.bulk_extend(quads)
    declared = [
        quad.triple
        for quad in quads
        if isinstance(quad.subject, ox.NamedNode)
        and quad.subject.value.startswith(_DECLARED)
        and quad.graph_name.value != DEFAULT_BASE + DERIVED_GRAPH
    ]
    for name in ("copy-1", "copy-2", "copy-3"):
        graph = ox.NamedNode(f"{DEFAULT_BASE}article/{name}")
        copy.bulk_extend(ox.Quad(*triple, graph) for triple in declared)
    return copy


def _rdflib_term(term: ox.NamedNode | ox.Literal | ox.BlankNode) -> URIRef | Literal:
    assert not isinstance(term, ox.BlankNode)
    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if term.language:
        return Literal(term.value, lang=term.language)
    plain = term.datatype.value == f"{XSD}string"
    datatype = None if plain else URIRef(term.datatype.value)
    return Literal(term.value, datatype=datatype, normalize=False)


def dataset_of(store: ox.Store) -> Dataset:
    """Return what `store` holds as an rdflib dataset whose default graph is the union."""
    dataset = Dataset(default_union=True)
    graphs: dict[str, Any] = {}
    for quad in store:
        name = quad.graph_name.value
        graph = graphs.setdefault(name, dataset.graph(URIRef(name)))
        graph.add(tuple(_rdflib_term(term) for term in quad.triple))
    return dataset


def on_pyoxigraph(store: ox.Store, query: str) -> Answer:
    solutions = store.query(query, use_default_graph_as_union=True)
    assert isinstance(solutions, ox.QuerySolutions)
    columns = tuple(variable.value for variable in solutions.variables)
    rows = [
        tuple(None if row[name] is None else str(row[name]) for name in columns)
        for row in solutions
    ]
    return Answer(columns, rows)


def on_rdflib(dataset: Dataset, query: str) -> Answer:
    result = dataset.query(query)
    columns = tuple(str(variable) for variable in result.vars or ())
    return Answer(columns, [tuple(_oxigraph_text(term) for term in row) for row in result])


def _oxigraph_text(term: Any) -> str | None:
    if term is None:
        return None
    if isinstance(term, URIRef):
        return str(ox.NamedNode(str(term)))
    assert isinstance(term, Literal)
    if term.language:
        return str(ox.Literal(str(term), language=term.language))
    datatype = ox.NamedNode(str(term.datatype)) if term.datatype else None
    return str(ox.Literal(str(term), datatype=datatype))


def shortened(term: str | None) -> str | None:
    """Return a term as a fixture writes it: a short IRI, or the text of a literal."""
    if term is None:
        return None
    if term.startswith("<"):
        iri = term[1:-1]
        for short, long in SHORT.items():
            if iri.startswith(long):
                return short + iri.removeprefix(long)
        return iri
    return unquoted(term).replace(DEFAULT_BASE, "id:").replace(KGS, "kgs:")


def unquoted(literal: str) -> str:
    """Return the text of a literal in N-Triples form."""
    (quad,) = ox.parse(f"<x:s> <x:p> {literal} .", format=ox.RdfFormat.N_TRIPLES)
    assert isinstance(quad.object, ox.Literal)
    return quad.object.value
