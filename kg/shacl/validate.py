"""Validate a graph against shapes: compile the shapes once, then check them set by set."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pyoxigraph as ox

from kg.errors import CallError
from kg.shacl.graph import Data, Graph, read_graph
from kg.shacl.loading import Refused, load_shapes
from kg.shacl.model import Shape, Violation
from kg.shacl.report import ShaclReport, result_of
from kg.shacl.run import Run
from kg.shacl.sparql_constraints import SHAPES_GRAPH
from kg.shacl.terms import Term, plain, rdflib_term_as_token

if TYPE_CHECKING:
    import rdflib


@dataclass(frozen=True)
class CompiledShapes:
    """Shapes ready to be checked over any graph, any number of times."""

    graph: Graph
    shapes: tuple[Shape, ...]

    def run(
        self,
        data: Data,
        store: Callable[[], ox.Store],
        focus_nodes: Collection[Term] | None = None,
    ) -> Run:
        """Return a run of one validation of `data`."""
        return Run(data, store, None if focus_nodes is None else frozenset(focus_nodes))

    def violations(self, run: Run) -> Iterator[Violation]:
        """Yield what violates the shapes in a run."""
        for shape in self.shapes:
            yield from run.check(shape)


def compile_shapes(graph: Graph, refused: Refused | None = None) -> CompiledShapes:
    """Compile a shapes graph.

    Args:
        graph: the shapes graph.
        refused: told of each shape that cannot be used, which is then left out.

    Raises:
        DataError: a shape is malformed, or uses what this engine does not have, and nobody is told.
    """
    return CompiledShapes(graph, tuple(load_shapes(graph, refused)))


def validate(
    data: str | Path | rdflib.Graph | Graph,
    shapes: str | Path | rdflib.Graph | Graph,
    focus_nodes: Collection[str | rdflib.term.Node] | None = None,
) -> ShaclReport:
    """Validate `data` against `shapes`.

    Args:
        data: a file, a folder of Turtle files, or a graph, with all that the shapes look at,
            classes and schemes included.
        shapes: a file, a folder of Turtle files (subfolders left out), or a graph.
        focus_nodes: the only nodes to check, as IRIs, as ``_:`` and the name of a blank node, or as
            rdflib has them; without them every target is checked.

    Raises:
        CallError: a file cannot be read, a folder has none, the focus nodes are one text, or one
            is no IRI.
        DataError: a file is no RDF, or a shape is malformed or unsupported.
    """
    if isinstance(focus_nodes, str):
        raise CallError(f"focus_nodes takes several nodes; write ['{focus_nodes}']")
    for source in (data, shapes):
        if source is None:
            raise CallError("validate takes data and shapes: files, folders or graphs of rdflib")
        if isinstance(source, str | Path):
            _refuse_empty(Path(source))
    compiled = compile_shapes(read_graph(shapes))
    graph = read_graph(data)
    nodes = None if focus_nodes is None else {_node(node) for node in focus_nodes}
    run = compiled.run(graph, cache(lambda: store_of(graph, compiled.graph)), nodes)
    results = [result_of(violation) for violation in compiled.violations(run)]
    absent = sorted(nodes - graph.nodes) if nodes else ()
    silent = [
        f"{plain(node)}: no triple of the data has this node as its subject" for node in absent
    ]
    return ShaclReport.of(results, [*run.notes, *silent])


def store_of(data: Graph, shapes: Graph) -> ox.Store:
    """Return an embedded store with the data, and the shapes in a graph of their own."""
    store = ox.Store()
    name = ox.NamedNode(SHAPES_GRAPH[1:-1])
    for graph, where in ((data, ox.DefaultGraph()), (shapes, name)):
        triples = ox.parse(graph.ntriples, format=ox.RdfFormat.N_TRIPLES)
        store.bulk_extend(
            ox.Quad(quad.subject, quad.predicate, quad.object, where) for quad in triples
        )
    return store


def _refuse_empty(place: Path) -> None:
    if place.is_dir() and not any(place.glob("*.ttl")):
        raise CallError(f"{place} has no Turtle file (*.ttl) in it")


def _node(node: str | rdflib.term.Node) -> Term:
    # rdflib's nodes are strings too, without what tells a blank node from an IRI.
    if type(node) is str:
        if node.startswith("_:"):
            return node
        try:
            return str(ox.NamedNode(node))
        except ValueError as error:
            raise CallError(f"The focus node '{node}' is no IRI: {error}") from error
    return rdflib_term_as_token(cast("rdflib.term.Node", node))
