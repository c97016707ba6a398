"""The class hierarchy as people read it: each class below its superclass, with its definition."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.vocabulary.terms import KG

if TYPE_CHECKING:
    from rdflib import Graph, URIRef


@dataclass(frozen=True)
class Branch:
    """A class in the tree: how deep it hangs, its IRI, label and definition."""

    depth: int
    iri: str
    label: str
    definition: str


def class_tree(graph: Graph) -> Iterator[Branch]:
    """Yield the ontology's own classes, superclasses first, siblings by name."""
    from rdflib import OWL, RDF, RDFS, URIRef

    own = {
        node
        for node in graph.subjects(RDF.type, OWL.Class)
        if isinstance(node, URIRef) and node.startswith(KG)
    }
    below: dict[URIRef | None, set[URIRef]] = defaultdict(set)
    for node in own:
        parents = own & set(graph.objects(node, RDFS.subClassOf))
        if not parents:
            below[None].add(node)
        for parent in parents:
            below[parent].add(node)
    yield from _branches(graph, below, None, 0)


def _branches(
    graph: Graph, below: dict[URIRef | None, set[URIRef]], parent: URIRef | None, depth: int
) -> Iterator[Branch]:
    from rdflib import SKOS

    for node in sorted(below[parent]):
        label = str(graph.value(node, SKOS.prefLabel) or "")
        definition = str(graph.value(node, SKOS.definition) or "")
        yield Branch(depth, str(node), label, definition)
        yield from _branches(graph, below, node, depth + 1)
