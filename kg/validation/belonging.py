"""Whether what RDF says of an article's own nodes stands in that article's graph.

Who may replace or retract a claim is decided by its graph. A statement on a claim elsewhere would
alter it behind the back of whoever recorded the article.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import pyoxigraph as ox

from kg.records.document import Problem
from kg.shacl import ShaclResult
from kg.validation.graph_results import graph_result
from kg.validation.surroundings import Surroundings
from kg.vocabulary.terms import ASSESSMENTS_GRAPH, DERIVED, DERIVED_GRAPH, KG, PROV, RDF_TYPE

_ARTICLE = ox.NamedNode(f"{KG}Article")
_TYPE = ox.NamedNode(RDF_TYPE)
_FROM = ox.NamedNode(f"{PROV}wasDerivedFrom")
_OWN = re.compile(r"(?:article|claim|evidence|source|mention)/([^/]+)")


def misplaced(
    quads: Sequence[ox.Quad], surroundings: Surroundings
) -> Iterator[tuple[str, ShaclResult]]:
    """Yield code and result for each node of an article that is spoken of outside its graph.

    Nodes that say themselves which article they come from are left to the check of that name.

    Args:
        quads: what a contribution says in RDF.
        surroundings: the last build.
    """
    base = surroundings.base
    described = {quad.subject for quad in quads if quad.object == _ARTICLE}
    placed = {(quad.subject, quad.graph_name) for quad in quads if quad.predicate == _FROM}
    made = {ox.NamedNode(base + name) for name in (DERIVED_GRAPH, ASSESSMENTS_GRAPH)}
    seen = set()
    for quad in quads:
        node, graph = quad.subject, quad.graph_name
        if node in seen or graph in made or quad.predicate.value in DERIVED:
            continue
        article = _article_of(node, base)
        if article is None or graph == article or (node, graph) in placed:
            continue
        if isinstance(graph, ox.NamedNode):
            message = (
                "This is said in the graph of another article than the one it belongs to. "
                "Move it to the graph of its own article."
            )
        elif article in described or not _is_news(quad, surroundings):
            continue
        else:
            message = (
                "An article that is recorded already has this, and what is said here would change "
                "it. Hand in the whole article anew, or leave this out."
            )
        seen.add(node)
        yield _found(Problem("claim-in-other-graph", message), quad)


def _article_of(node: object, base: str) -> ox.NamedNode | None:
    """Return the article that a node belongs to by its address."""
    if not isinstance(node, ox.NamedNode) or not node.value.startswith(base):
        return None
    match = _OWN.match(node.value.removeprefix(base))
    return ox.NamedNode(f"{base}article/{match[1]}") if match else None


def _is_news(quad: ox.Quad, surroundings: Surroundings) -> bool:
    """Whether the last build has the node, and does not say of it what `quad` says."""
    known = surroundings.describe(quad.subject) if isinstance(quad.subject, ox.NamedNode) else []
    return any(triple.predicate == _TYPE for triple in known) and quad.triple not in known


def _found(problem: Problem, quad: ox.Quad) -> tuple[str, ShaclResult]:
    node = str(getattr(quad.subject, "value", ""))
    return graph_result(problem, "belonging", node, quad.predicate.value)
