"""What a contribution may refer to: reference data and the last build, looked up where they lie."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

import pyoxigraph as ox

from kg.shacl.graph import Graph, Triple
from kg.shacl.terms import Term, is_iri, plain
from kg.vocabulary.terms import DERIVED_GRAPH, KG, KGS, RDF_TYPE, RDFS, REFERENCE_GRAPH
from kg.vocabulary.vocabulary import Vocabulary

_TYPE = ox.NamedNode(RDF_TYPE)
_BELOW = ox.NamedNode(RDFS + "subClassOf")


@dataclass(frozen=True)
class Known:
    """What the vocabulary says, by node; made once, however many contributions stand before it."""

    vocabulary: Vocabulary

    @cached_property
    def described(self) -> dict[ox.NamedNode, list[ox.Triple]]:
        """Each node's triples."""
        return _by_subject(self.vocabulary.triples)

    def outgoing(self, node: ox.NamedNode) -> list[tuple[Term, Term]]:
        """Return predicate and object of a node's triples, as tokens."""
        found = self._outgoing.get(node)
        if found is None:
            triples = self.described.get(node, ())
            found = [(str(triple.predicate), str(triple.object)) for triple in triples]
            if found:
                self._outgoing[node] = found
        return found

    @cached_property
    def _outgoing(self) -> dict[ox.NamedNode, list[tuple[Term, Term]]]:
        return {}

    @cached_property
    def classes(self) -> Graph:
        """What lies below each class."""
        return Graph(
            (str(triple.subject), str(triple.predicate), str(triple.object))
            for triple in self.vocabulary.triples
            if triple.predicate == _BELOW
        )

    @cached_property
    def terms(self) -> list[ox.Triple]:
        """The triples of the ontology and the schemes, without the reference data."""
        return [
            triple
            for node, triples in self.described.items()
            if node.value.startswith((KG, KGS))
            for triple in triples
        ]


@dataclass(frozen=True)
class Surroundings:
    """The graph around a contribution.

    Attributes:
        vocabulary: schemes and reference data.
        store: the last build, None where there is none.
        replaced: IRIs of the graphs that the contribution replaces or that are gone; what only
            they hold counts as absent.
        desks: the triples of the desks that may assess.
        set_aside: IRIs of graphs that count as absent too, and of which it says no more: another
            process, or another file, says what becomes of them.
        known: the vocabulary by node; `dataclasses.replace` hands it on.
    """

    vocabulary: Vocabulary
    store: ox.Store | None = None
    replaced: frozenset[str] = frozenset()
    desks: tuple[ox.Triple, ...] = ()
    set_aside: frozenset[str] = frozenset()
    known: Known = None  # type: ignore[assignment]

    def __post_init__(self) -> None:
        """Look into the vocabulary anew where nobody hands on what is known of it."""
        if self.known is None:
            object.__setattr__(self, "known", Known(self.vocabulary))

    @property
    def base(self) -> str:
        """The IRI under which the data stands."""
        return self.vocabulary.base

    def has(self, relative: str) -> bool:
        """Whether the last build describes the node with this relative IRI, ``actor/russia``."""
        try:
            node = ox.NamedNode(self.base + relative)
        except ValueError:
            return False  # a name where an id belongs, such as "New York"
        return self.store is not None and any(
            True
            for quad in self.store.quads_for_pattern(node, _TYPE, None)
            if self._counts(quad.graph_name)
        )

    def record_paths(self, article: str) -> list[str]:
        """Return the files that the last build mapped `article` from, relative to the workspace."""
        run = ox.NamedNode(f"{self.base}run/{article}")
        if self.store is None:
            return []
        found = self.store.quads_for_pattern(run, ox.NamedNode(f"{KG}recordPath"), None)
        return [quad.object.value for quad in found if isinstance(quad.object, ox.Literal)]

    def graphs_of(self, node: ox.NamedNode) -> set[str]:
        """Return the IRIs of the graphs in which the last build has something about `node`."""
        found = self.store.quads_for_pattern(node, None, None) if self.store else ()
        graphs = (quad.graph_name for quad in found)
        return {
            graph.value
            for graph in graphs
            if isinstance(graph, ox.NamedNode) and self._counts(graph)
        }

    def declarations(self, node: ox.NamedNode) -> dict[str, frozenset[Triple]]:
        """Return the triples of `node` in the last build, by the IRI of the graph they are in.

        What hangs below the node's own IRI, an office, belongs to it.
        """
        found: dict[str, set[Triple]] = defaultdict(set)
        waiting = [node]
        while waiting and self.store is not None:
            for quad in self.store.quads_for_pattern(waiting.pop(), None, None):
                graph = quad.graph_name
                if isinstance(graph, ox.NamedNode) and self._counts(graph):
                    said = (str(quad.subject), str(quad.predicate), str(quad.object))
                    found[graph.value].add(said)
                    if isinstance(quad.object, ox.NamedNode) and quad.object.value.startswith(
                        f"{node.value}/"
                    ):
                        waiting.append(quad.object)
        return {graph: frozenset(triples) for graph, triples in found.items()}

    def outgoing(self, node: Term) -> Iterator[tuple[Term, Term]]:
        """Yield predicate and object of every triple of `node`, all as tokens."""
        if is_iri(node):
            name = ox.NamedNode(plain(node))
            yield from self.known.outgoing(name)
            for triple in self._desks.get(name, ()):
                yield str(triple.predicate), str(triple.object)
            if self.store is not None:
                for quad in self.store.quads_for_pattern(name, None, None):
                    if self._counts(quad.graph_name):
                        yield str(quad.predicate), str(quad.object)

    def incoming(self, node: Term) -> Iterator[tuple[Term, Term]]:
        """Yield subject and predicate of every triple of the last build that points at `node`.

        What the reference data points at is its own, and not for records to break.
        """
        if is_iri(node) and self.store is not None:
            for quad in self.store.quads_for_pattern(None, None, ox.NamedNode(plain(node))):
                if self._counts(quad.graph_name):
                    yield str(quad.subject), str(quad.predicate)

    def subclasses(self, name: Term) -> frozenset[Term]:
        """Return a class and all classes below it, as tokens."""
        return self.known.classes.subclasses(name)

    def is_pointed_at(self, node: ox.NamedNode) -> bool:
        """Whether any triple of the last build, those replaced included, points at `node`."""
        return self.store is not None and any(
            True for _ in self.store.quads_for_pattern(None, None, node)
        )

    def pointing_at(
        self, node: ox.NamedNode, predicate: ox.NamedNode
    ) -> Iterator[ox.NamedNode | ox.BlankNode | ox.Triple]:
        """Yield the subjects that point at `node` by `predicate` in the last build."""
        if self.store is not None:
            for quad in self.store.quads_for_pattern(None, predicate, node):
                if self._counts(quad.graph_name):
                    yield quad.subject

    def taken_out(self) -> Iterator[ox.Triple]:
        """Yield what the last build holds in the graphs that are replaced."""
        for graph in self.replaced:
            if self.store is not None:
                for quad in self.store.quads_for_pattern(None, None, None, ox.NamedNode(graph)):
                    yield quad.triple

    def everything(self) -> Iterator[Triple]:
        """Yield every triple around a contribution, as tokens."""
        for triple in (*self.vocabulary.triples, *self.desks):
            yield str(triple.subject), str(triple.predicate), str(triple.object)
        for quad in self.store or ():
            if self._counts(quad.graph_name):
                yield str(quad.subject), str(quad.predicate), str(quad.object)

    def describe(self, node: ox.NamedNode) -> list[ox.Triple]:
        """Return what is known of `node` outside the contribution."""
        known = [*self.known.described.get(node, ()), *self._desks.get(node, ())]
        if self.store is not None and not known:
            known = [
                quad.triple
                for quad in self.store.quads_for_pattern(node, None, None)
                if self._counts(quad.graph_name)
            ]
        return known

    @property
    def terms(self) -> list[ox.Triple]:
        """The triples of the ontology and the schemes, without the reference data."""
        return self.known.terms

    @cached_property
    def _desks(self) -> dict[ox.NamedNode, list[ox.Triple]]:
        return _by_subject(self.desks)

    def _counts(self, graph: ox.NamedNode | ox.BlankNode | ox.DefaultGraph) -> bool:
        if not isinstance(graph, ox.NamedNode):
            return False
        name = graph.value
        return name not in self._left_out and not name.startswith(self._runs)

    @cached_property
    def _left_out(self) -> frozenset[str]:
        ours = (self.base + REFERENCE_GRAPH, self.base + DERIVED_GRAPH)
        return self.replaced.union(self.set_aside, ours)

    @cached_property
    def _runs(self) -> str:
        return f"{self.base}run/"


def _by_subject(triples: Iterable[ox.Triple]) -> dict[ox.NamedNode, list[ox.Triple]]:
    index: dict[ox.NamedNode, list[ox.Triple]] = {}
    for triple in triples:
        if isinstance(triple.subject, ox.NamedNode):
            index.setdefault(triple.subject, []).append(triple)
    return index
