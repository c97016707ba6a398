"""Three ways to judge damaged records by the shipped shapes, and one answer.

The set-based engine on the whole graph, pySHACL on the same graph, and each record by itself as a
contribution to a store that holds the others.
"""

from __future__ import annotations

import logging
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

import kg
from kg.shacl.graph import Graph, Triple
from kg.shacl.reference import as_rdflib, validate_with_pyshacl
from kg.shacl.report import ShaclResult, result_of
from kg.shacl.terms import RDF_TYPE, is_iri, is_literal, literal, plain, sh, token, xsd
from kg.shacl.values import compare, is_well_formed
from kg.validation.shapes import Shapes
from kg.validation.surroundings import Surroundings

sys.path.append(str(Path(__file__).parents[2] / "benchmarks"))
from generate_records import write_workspace

# rdflib logs a traceback for every ill-typed literal; those are planted here.
logging.getLogger("rdflib.term").setLevel(logging.CRITICAL)

BASE = "https://w3id.org/communique/id/"
SCHEME = "https://w3id.org/communique/scheme/"
CLASS = "https://w3id.org/communique/ontology#"
XSD = xsd("")[1:-1]
Records = dict[str, list[Triple]]
# Focus node, path, component, value and severity, and the shape.
Found = tuple[str, str | None, str, str | None, str, str]


@dataclass(frozen=True, repr=False)
class Bench:
    """Good records, mapped; what surrounds them; the shipped shapes, compiled once."""

    records: Records
    surroundings: Surroundings
    shapes: Shapes

    @cached_property
    def reference(self) -> tuple[Triple, ...]:
        """The ontology, the schemes, the reference data and the desks."""
        return tuple(self.surroundings.everything())

    @cached_property
    def rdflib_reference(self) -> rdflib.Graph:
        return as_rdflib(Graph(self.reference))

    @cached_property
    def rdflib_shapes(self) -> rdflib.Graph:
        return as_rdflib(self.shapes.graph)

    def by_sets(self, records: Records) -> list[ShaclResult]:
        """Judge the whole graph with the set-based engine."""
        data = Graph((*self.reference, *_all(records)))
        run = self.shapes.compiled.run(data, ox.Store)
        return [result_of(each) for each in self.shapes.compiled.violations(run)]

    def by_pyshacl(self, records: Records) -> list[ShaclResult]:
        """Judge the same graph with pySHACL."""
        own = [triple for triple in _all(records) if triple not in self._known]
        added = as_rdflib(Graph(map(_comparable, own)))
        data = self.rdflib_reference
        try:
            for triple in added:
                data.add(triple)
            return list(validate_with_pyshacl(data, self.rdflib_shapes).results)
        finally:
            for triple in added:
                data.remove(triple)

    def by_contribution(self, records: Records) -> list[tuple[str, ShaclResult]]:
        """Judge each record as a contribution to a store with the others and its good self."""
        found = []
        for graph, triples in records.items():
            others = {name: each for name, each in records.items() if name != graph}
            store = _store({**others, graph: self.records[graph]})
            around = replace(self.surroundings, store=store, replaced=frozenset((graph,)))
            found += list(self.shapes.results(Graph(triples), around))
        return found

    @cached_property
    def _known(self) -> set[Triple]:
        return set(self.reference)


def _all(records: Records) -> list[Triple]:
    return [triple for triples in records.values() for triple in triples]


def _store(records: Records) -> ox.Store:
    store = ox.Store()
    for graph, triples in records.items():
        lines = "".join(f"{s} {p} {o} <{graph}> .\n" for s, p, o in triples)
        store.load(lines.encode(), format=ox.RdfFormat.N_QUADS)
    return store


def _comparable(triple: Triple) -> Triple:
    """Return a triple with an ill-typed literal of an unknown type: comparing such ends pySHACL.

    So it is as little of its datatype as before.
    """
    subject, predicate, value = triple
    if is_literal(value) and not is_well_formed(value):
        return subject, predicate, token(literal(value).lexical, "urn:x:ill-formed")
    return triple


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    root = tmp_path_factory.mktemp("agree")
    write_workspace(root, 4, claims=9)
    workspace = kg.open(root)
    workspace.build()
    workspace.export(str(root / "all.nq"), reference=False)
    records: Records = {}
    for quad in ox.parse(path=root / "all.nq"):
        name = plain(str(quad.graph_name))
        if name.startswith(f"{BASE}article/"):
            triple = (str(quad.subject), str(quad.predicate), str(quad.object))
            records.setdefault(name, []).append(triple)
    gate = workspace._gate
    desks = tuple(quad.triple for quad in gate.mapper.desks(gate.desks))
    return Bench(records, Surroundings(workspace.vocabulary, desks=desks), gate.shapes)


# A damage takes the triple hit and any other, and gives what stands in its place.
Damage = Callable[[Triple, Triple], list[Triple]]


def _of_literal(change: Callable[[str, str], str]) -> Damage:
    """Return the damage to a literal's text and datatype; other values stay."""

    def damage(hit: Triple, _: Triple) -> list[Triple]:
        subject, predicate, value = hit
        if not is_literal(value):
            return [hit]
        words = literal(value)
        return [(subject, predicate, change(words.lexical, plain(words.datatype)))]

    return damage


def _of_iri(change: Callable[[str], str]) -> Damage:
    """Return the damage to an IRI that is a value; other values stay."""

    def damage(hit: Triple, _: Triple) -> list[Triple]:
        subject, predicate, value = hit
        return [(subject, predicate, change(plain(value)) if is_iri(value) else value)]

    return damage


def _typed(lexical: str, datatype: str) -> str:
    """Return a literal; a language goes with its datatype."""
    return token(lexical, None if datatype.endswith("langString") else datatype)


DAMAGES: dict[str, Damage] = {
    "dropped": lambda hit, _: [],
    "two values": lambda hit, other: [hit, (hit[0], hit[1], other[2])],
    "of another predicate": lambda hit, other: [(hit[0], other[1], hit[2])],
    "value of another": lambda hit, other: [(hit[0], hit[1], other[2])],
    "said of another": lambda hit, other: [(other[0], hit[1], hit[2])],
    "of a class beside": lambda hit, other: [hit, (hit[0], RDF_TYPE, f"<{CLASS}Claim>")],
    "of no class": lambda hit, _: [hit] if hit[1] != RDF_TYPE else [],
    "a string": _of_literal(lambda text, _: token(text)),
    "a language": _of_literal(lambda text, _: token(text, language="ko")),
    "a decimal": _of_literal(lambda text, _: token(text, XSD + "decimal")),
    "a year": _of_literal(lambda text, _: token(text[:4], XSD + "gYear")),
    "ill-formed": _of_literal(lambda text, kind: _typed(f"{text}x", kind)),
    "empty": _of_literal(lambda text, kind: _typed("", kind)),
    "white space": _of_literal(lambda text, kind: _typed(" ", kind)),
    "below zero": _of_literal(lambda text, _: token("-5", XSD + "integer")),
    "beyond all": _of_literal(lambda text, _: token("999999999", XSD + "integer")),
    "an old day": _of_literal(lambda text, _: token("1024-01-01", XSD + "date")),
    "no day": _of_literal(lambda text, _: token("2024-02-30", XSD + "date")),
    "an IRI": _of_literal(lambda text, _: f"<{BASE}actor/russia>"),
    "a literal": _of_iri(token),
    "dangling": _of_iri(lambda iri: f"<{iri}-gone>"),
    "out of its scheme": _of_iri(lambda iri: f"<{SCHEME}modality/actual>"),
    "of no scheme": _of_iri(lambda iri: f"<{SCHEME}nothing/at-all>"),
    "elsewhere": _of_iri(lambda iri: "<https://example.org/elsewhere>"),
    "itself": lambda hit, _: [(hit[0], hit[1], hit[0])],
    "renamed": lambda hit, _: [(hit[0].replace("/c", "/C--"), hit[1], hit[2])],
}
DAMAGE = st.tuples(st.sampled_from(sorted(DAMAGES)), st.integers(0, 10**6), st.integers(0, 10**6))


def _damaged(records: Records, damages: Sequence[tuple[str, int, int]]) -> Records:
    found = {graph: list(triples) for graph, triples in records.items()}
    good = _all(records)
    for name, which, other in damages:
        graph = sorted(found)[which % len(found)]
        hit = found[graph].pop(which % len(found[graph]))
        found[graph] += DAMAGES[name](hit, good[other % len(good)])
    return {graph: list(dict.fromkeys(triples)) for graph, triples in found.items()}


def _found(result: ShaclResult) -> Found:
    return (
        result.focus_node,
        result.path,
        result.component,
        result.value,
        result.severity,
        result.source_shape,
    )


def _in_words(results: Any) -> list[str]:
    return sorted(map(str, results))


def test_good_records_have_no_results(bench: Bench) -> None:
    assert bench.by_sets(bench.records) == []
    assert bench.by_pyshacl(bench.records) == []
    assert bench.by_contribution(bench.records) == []


def _unordered(result: ShaclResult, data: Graph, shapes: Graph) -> bool:
    """Whether a result says that a value has no order to one of the values it must come before.

    pySHACL orders what has no order, an integer and a day say, by the names of their datatypes.
    """
    shape, focus = f"<{result.source_shape}>", f"<{result.focus_node}>"
    others = [
        value
        for name in ("lessThan", "lessThanOrEquals")
        for predicate in shapes.values(shape, sh(name))
        for value in data.values(focus, predicate)
    ]
    values = [value for _, _, value in data.described((focus,)) if plain(value) == result.value]
    return any(compare(value, other) is None for value in values for other in others)


# Shrinking would take minutes.
@settings(max_examples=10, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(damages=st.lists(DAMAGE, min_size=20, max_size=60))
def test_all_engines_agree(bench: Bench, damages: list[tuple[str, int, int]]) -> None:
    records = _damaged(bench.records, damages)
    data = Graph(_all(records))

    by_sets = bench.by_sets(records)

    by_pyshacl = Counter(map(_found, bench.by_pyshacl(records)))
    unseen = Counter(_found(each) for each in by_sets if _unordered(each, data, bench.shapes.graph))
    only_sets = Counter(map(_found, by_sets)) - by_pyshacl - unseen
    assert _in_words(only_sets.items()) == []
    assert _in_words((by_pyshacl - Counter(map(_found, by_sets))).items()) == []
    shown = bench.shapes.shown_at
    whole = {
        (_found(each)[0], shown.get(each.source_shape, each.path), *_found(each)[2:])
        for each in by_sets
    }
    contributed = bench.by_contribution(records)
    assert _in_words({_found(each) for _, each in contributed} - whole) == []
    # A contribution tells a person once what two shapes say with one code of one value.
    codes = bench.shapes.codes
    told = {(code, each.focus_node, each.path, each.value) for code, each in contributed}
    lacking = {
        each
        for each in whole
        if (codes.get(each[5], "shape-violated"), each[0], each[1], each[3]) not in told
    }
    assert _in_words(lacking) == []
