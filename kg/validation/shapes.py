"""SHACL over the mapped graph, its results carried back to the lines of the records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.errors import CallError
from kg.shacl import ShaclResult
from kg.shacl import validate as validate_shacl
from kg.shacl.validate import load_graph
from kg.sparql.guard import check_constraint
from kg.validation.surroundings import Surroundings
from kg.vocabulary.terms import KGSH

if TYPE_CHECKING:
    from rdflib import Graph


@dataclass(frozen=True)
class Shapes:
    """The shapes of the package and of a workspace, and the code each gives its findings."""

    folders: tuple[Path, ...]

    @cached_property
    def graph(self) -> Graph:
        """All shapes in one graph.

        Raises:
            CallError: the query of a shape could do more than read the graph.
            DataError: a file is no Turtle.
        """
        from rdflib import SH, Graph

        graph = Graph()
        for folder in self.folders:
            graph += load_graph(folder)
        for predicate in (SH.select, SH.ask, SH.construct):
            for shape, text in graph.subject_objects(predicate):
                try:
                    check_constraint(str(text))
                except CallError as error:
                    raise CallError(f"The shape {shape} cannot be used: {error}") from error
        return graph

    @cached_property
    def codes(self) -> dict[str, str]:
        """Shape IRI to the code of its findings."""
        from rdflib import URIRef

        pairs = self.graph.subject_objects(URIRef(f"{KGSH}code"))
        return {str(shape): str(code) for shape, code in pairs}

    @cached_property
    def shown_at(self) -> dict[str, str]:
        """Shape IRI to the predicate that a person would mend, where the path is not that one."""
        from rdflib import URIRef

        pairs = self.graph.subject_objects(URIRef(f"{KGSH}shownAt"))
        return {str(shape): str(predicate) for shape, predicate in pairs}

    def results(
        self, quads: Sequence[ox.Quad], surroundings: Surroundings
    ) -> Iterator[tuple[str, ShaclResult]]:
        """Yield the code and result of everything that is wrong with the nodes of `quads`.

        Only nodes that `quads` describe are reported on; the ontology, the schemes and what is
        known of the nodes referred to are there to look at. (pySHACL can be given focus nodes, but
        searches them as a list at every target, and passes `sh:node` on values outside it.)
        """
        focus = {quad.subject.value for quad in quads if isinstance(quad.subject, ox.NamedNode)}
        triples = {quad.triple for quad in quads}
        triples.update(surroundings.terms)
        for node in _referred(quads, focus):
            triples.update(surroundings.describe(node))
        report = validate_shacl(_rdflib_graph(triples), self.graph)
        seen = set()
        for result in report.results:
            code = self.codes.get(result.source_shape, "shape-violated")
            path = self.shown_at.get(result.source_shape, result.path)
            same = (code, result.focus_node, path, result.value)
            if result.focus_node in focus and same not in seen:
                seen.add(same)
                yield code, replace(result, path=path)


def _referred(quads: Iterable[ox.Quad], described: set[str]) -> set[ox.NamedNode]:
    return {
        quad.object
        for quad in quads
        if isinstance(quad.object, ox.NamedNode) and quad.object.value not in described
    }


def _rdflib_graph(triples: Iterable[ox.Triple]) -> Graph:
    import oxrdflib  # noqa: F401  # registers the fast parser
    from rdflib import Graph, Literal

    text = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES)
    graph = Graph().parse(data=text, format="ox-nt")
    # pySHACL cannot compare a literal that is not of its own datatype; as plain text it is still
    # of the wrong one, and is reported.
    for subject, predicate, value in list(graph):
        if isinstance(value, Literal) and value.ill_typed:
            graph.remove((subject, predicate, value))
            graph.add((subject, predicate, Literal(str(value))))
    return graph
