"""Load the ontology's Turtle files into owlready2, and be sure that something arrived.

owlready2 reads no Turtle, and an empty load is silent; so it is given N-Triples, and the classes
are counted on both sides.
"""

from __future__ import annotations

import io
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import DataError, EnvironmentFault
from kg.vocabulary.terms import KG

if TYPE_CHECKING:
    from rdflib import Graph


@dataclass(frozen=True)
class Ontology:
    """The ontology twice: as an rdflib graph, and in an owlready2 world with its namespace.

    ``ontology.namespace.Claim`` is the class of claims.
    """

    graph: Graph
    world: Any
    namespace: Any


def load_ontology(files: Iterable[Path]) -> Ontology:
    """Load Turtle files as one ontology.

    Raises:
        DataError: a file is no Turtle.
        EnvironmentFault: owlready2 did not take over every class.
    """
    from rdflib import Graph

    graph = Graph()
    for file in files:
        try:
            graph.parse(file, format="turtle")
        except Exception as error:  # rdflib's parsers share no root exception
            raise DataError(f"{file} is no Turtle that can be read: {error}") from error
    return from_graph(graph)


def from_graph(graph: Graph) -> Ontology:
    """Load an rdflib graph.

    Raises:
        EnvironmentFault: owlready2 did not take over every class.
    """
    world = load_world(graph.serialize(format="nt", encoding="utf-8"), class_iris(graph))
    return Ontology(graph, world, world.get_ontology(KG).get_namespace(KG))


def load_world(triples: bytes, classes: Collection[str]) -> Any:
    """Load N-Triples into an owlready2 world of their own.

    Args:
        triples: the ontology.
        classes: the IRIs of the classes that it declares.

    Raises:
        EnvironmentFault: owlready2 did not take over every class.
    """
    import owlready2

    world = owlready2.World()
    world.get_ontology(KG).load(fileobj=io.BytesIO(triples))
    arrived = {entity.iri for entity in world.classes()}
    if not classes or set(classes) - arrived:
        raise EnvironmentFault(
            f"owlready2 loaded {len(arrived)} of {len(classes)} classes of the ontology"
        )
    return world


def class_iris(graph: Graph) -> set[str]:
    """Return the IRIs of all classes that `graph` declares."""
    from rdflib import OWL, RDF, URIRef

    declared = graph.subjects(RDF.type, OWL.Class)
    return {str(subject) for subject in declared if isinstance(subject, URIRef)}
