"""What RDF says that no shape looks at: told, so that nobody takes it for judged."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

import pyoxigraph as ox

from kg.records.document import Problem
from kg.shacl import ShaclResult
from kg.validation.graph_results import graph_result
from kg.validation.surroundings import Surroundings
from kg.vocabulary.terms import DERIVED, KG, OWL, RDF_TYPE, RDFS, SKOS

Found = Iterator[tuple[str, ShaclResult]]
_MOST_TOLD = 20
_ARTICLE = ox.NamedNode(f"{KG}Article")
# Ours, and those in which ontology and schemes are written, which an export carries.
_OURS = (KG, OWL, SKOS, RDFS, RDF_TYPE.removesuffix("type"))


def strangers(
    quads: Sequence[ox.Quad], surroundings: Surroundings, judged: Collection[str]
) -> Found:
    """Yield code and result for each class, node and named graph that stands outside all rules.

    Args:
        quads: what a contribution says in RDF.
        surroundings: reference data and the last build.
        judged: classes that shapes have as their target, those of a workspace included.
    """
    yield from _classes(quads, judged)
    yield from _without_class(quads, surroundings)
    yield from _graphs(quads, surroundings)


def _classes(quads: Sequence[ox.Quad], judged: Collection[str]) -> Found:
    nodes: dict[str, dict[str, None]] = {}
    known = set()
    for quad in quads:
        if quad.predicate.value != RDF_TYPE:
            continue
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode):
            node, name = quad.subject.value, quad.object.value
            if name.startswith(_OURS) or name in judged:
                known.add(node)
            else:
                nodes.setdefault(name, {})[node] = None
    for name, members in nodes.items():
        unjudged = [node for node in members if node not in known]
        if unjudged:
            others = f", as {len(unjudged) - 1:,} more are" if unjudged[1:] else ""
            message = (
                f"This is a {name}{others}. No shape is about that class, so that nothing was "
                "judged. Give it a class of ours as well: kg:Person, kg:Organization, kg:Place."
            )
            problem = Problem("foreign-class", message, severity="warning", value=name)
            yield _found(problem, unjudged[0], RDF_TYPE)


def _without_class(quads: Sequence[ox.Quad], surroundings: Surroundings) -> Found:
    typed = {quad.subject for quad in quads if quad.predicate.value == RDF_TYPE}
    lacking: dict[ox.NamedNode, None] = {}
    for quad in quads:
        node, predicate = quad.subject, quad.predicate.value
        ours = predicate.startswith(KG) and predicate not in DERIVED
        if ours and node not in typed and isinstance(node, ox.NamedNode):
            lacking[node] = None
    nodes = [node for node in lacking if not _has_class(surroundings.describe(node))]
    for number, node in enumerate(nodes[:_MOST_TOLD], 1):
        rest = len(nodes) - number if number == _MOST_TOLD else 0
        message = (
            "Nothing says what this is, so that no shape is about it and nothing was judged. "
            "Give it its class: a kg:Claim, a kg:Place."
            f"{f' {rest:,} more have none.' if rest else ''}"
        )
        yield _found(Problem("class-missing", message), node.value, RDF_TYPE)


def _has_class(known: Iterable[ox.Triple]) -> bool:
    return any(triple.predicate.value == RDF_TYPE for triple in known)


def _graphs(quads: Sequence[ox.Quad], surroundings: Surroundings) -> Found:
    base = surroundings.base
    articles = {quad.subject for quad in quads if quad.object == _ARTICLE}
    seen = set()
    for quad in quads:
        graph = quad.graph_name
        if graph in seen or not isinstance(graph, ox.NamedNode):
            continue
        seen.add(graph)
        relative = graph.value.removeprefix(base)
        known = graph.value.startswith(f"{base}graph/") or surroundings.has(relative)
        if not known and graph not in articles:
            message = (
                "This stands in a graph that is no article's, so that it cannot be replaced or "
                f"retracted with one. Name the graph after the article: {base}article/ARTICLE-ID."
            )
            node = quad.subject.value if isinstance(quad.subject, ox.NamedNode) else graph.value
            problem = Problem("foreign-graph", message, severity="warning", value=graph.value)
            yield _found(problem, node)


def _found(problem: Problem, node: str, path: str | None = None) -> tuple[str, ShaclResult]:
    return graph_result(problem, "strangers", node, path)
