"""Fixtures of the stored queries: hand-written records and the rows they must give.

A fixture is a YAML file, GROUP/NAME.yaml, with `records` in the record format and `cases`. What
every record has and no row depends on may be left out of it: the article's title (its id),
publisher (unknown-outlet), day (2024-10-18) and digest, a claim's quote (``words of ID``), its
modality (actual), polarity (affirmed) and speaker (unknown-outlet). Rows name IRIs in short:
``id:claim/a/c1``, ``kgs:aspect/route``, ``kg:Deployment``; null is an unbound column.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import yaml
from rdflib import Dataset, Literal, URIRef

from kg.building.derived import derived_quads
from kg.mapping.completing import complete, complete_assessment
from kg.mapping.context import load_context
from kg.mapping.quads import Mapper
from kg.records.model import AssessmentFile, Record
from kg.records.reader import read
from kg.vocabulary.shipped import shipped
from kg.vocabulary.terms import (
    DEFAULT_BASE,
    DERIVED_GRAPH,
    KG,
    KGS,
    RDF_TYPE,
    REFERENCE_GRAPH,
    SKOS,
    XSD,
)
from kg.vocabulary.vocabulary import Vocabulary

HERE = Path(__file__).parent
DESKS = {"example-desk": "Example desk", "second-desk": "Second desk"}
MAPPED_AT = datetime(2024, 12, 1, 12, tzinfo=UTC)
SHORT = {"id:": DEFAULT_BASE, "kgs:": KGS, "kg:": KG}
_MAPPER = Mapper(load_context(shipped("ontology") / "context.jsonld"), DEFAULT_BASE)
_DECLARED = tuple(DEFAULT_BASE + kind for kind in ("event/", "actor/", "place/"))

Row = tuple[str | None, ...]


class _Plain(yaml.SafeDumper):
    """Writes what a fixture shares between claims out in each: records know no anchors."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


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
def _labelled() -> dict[str, list[ox.Triple]]:
    """The reference triples by subject: terms, schemes, actors and places, notes left out."""
    wanted = {RDF_TYPE, SKOS + "prefLabel", SKOS + "altLabel", SKOS + "broader"}
    found: dict[str, list[ox.Triple]] = {}
    for triple in vocabulary().triples:
        predicate = triple.predicate.value
        is_data = getattr(triple.subject, "value", "").startswith(DEFAULT_BASE)
        if isinstance(triple.subject, ox.NamedNode) and (predicate in wanted or is_data):
            found.setdefault(triple.subject.value, []).append(triple)
    return found


def _reference(text: str) -> Iterator[ox.Triple]:
    """Yield the terms and schemes, and those actors and places that `text` names, and theirs."""
    triples = _labelled()
    waiting = [iri for iri in triples if iri.startswith((KG, KGS))]
    words = set(re.findall(r"[a-z0-9]+(?:-[a-z0-9]+)*", text)) | {"unknown-outlet"}
    waiting += [
        DEFAULT_BASE + kind + word
        for word in words
        for kind in ("actor/", "place/")
        if DEFAULT_BASE + kind + word in triples
    ]
    seen: set[str] = set()
    while waiting:
        iri = waiting.pop()
        if iri in seen:
            continue
        seen.add(iri)
        for triple in triples.get(iri, ()):
            yield triple
            if iri.startswith(DEFAULT_BASE) and isinstance(triple.object, ox.NamedNode):
                waiting.append(triple.object.value)


def full(record: dict[str, Any]) -> dict[str, Any]:
    """Return `record` with what a fixture may leave out."""
    if "article" not in record:
        return {"communique": 1, **record}
    article = record["article"]
    defaults = {
        "title": article["id"],
        "publisher": "unknown-outlet",
        "published": "2024-10-18",
        "language": "en",
        "text": f"articles/{article['id']}.txt",
        "sha256": "0" * 64,
    }
    claims = [
        {
            "modality": "actual",
            "polarity": "affirmed",
            "speaker": "unknown-outlet",
            "quote": {"exact": f"words of {claim['id']}", "start": 0},
            **claim,
        }
        for claim in record.get("claims", ())
    ]
    return {"communique": 1, **record, "article": {**defaults, **article}, "claims": claims}


def _quads(record: dict[str, Any]) -> Iterator[ox.Quad]:
    content = yaml.dump(full(record), Dumper=_Plain, allow_unicode=True).encode()
    (reading,) = read(Path("fixture.yaml"), content)
    assert not reading.problems, [problem.message for problem in reading.problems]
    typed = reading.record
    if isinstance(typed, AssessmentFile):
        yield from _MAPPER.assessments(
            complete_assessment(each, f"claim/{each.claim}") for each in typed.assessments
        )
        return
    assert isinstance(typed, Record)
    nodes = complete(typed, lambda _words: 0, lambda name: name in vocabulary().actors)
    yield from _MAPPER.article(typed.article.id, nodes)
    path = f"records/{typed.article.id}.yaml"
    yield from _MAPPER.run(typed.article.id, path, "0.1.0", MAPPED_AT)


def store_of(records: list[dict[str, Any]]) -> ox.Store:
    """Return a store with `records`, the reference data they name, and the derived graph."""
    store = ox.Store()
    reference = ox.NamedNode(DEFAULT_BASE + REFERENCE_GRAPH)
    text = yaml.safe_dump(records)
    store.bulk_extend(
        ox.Quad(triple.subject, triple.predicate, triple.object, reference)
        for triple in _reference(text)
    )
    store.bulk_extend(_MAPPER.desks(DESKS))
    for record in records:
        store.bulk_extend(_quads(record))
    store.bulk_extend(derived_quads(store, DEFAULT_BASE))
    return store


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
