"""What a node leads to by one property, at whatever distance; circles are survived."""

from __future__ import annotations

from kg.building.properties import Node, Nodes, Properties
from kg.vocabulary.terms import KGS, SKOS

_CONCEPT = (Node(SKOS + "Concept"),)
_BROADER = SKOS + "broader"


def closure(graph: Properties, start: Node, predicate: str) -> set[Node]:
    """Return `start` and all that `predicate` leads to from there."""
    reached = {start}
    waiting = [start]
    while waiting:
        for node in graph.values(waiting.pop(), predicate):
            if node not in reached:
                reached.add(node)
                waiting.append(node)
    return reached


def tops(graph: Properties, start: Node, predicate: str) -> set[Node]:
    """Return what in the closure leads no further; `start` itself where all runs in circles."""
    reached = closure(graph, start, predicate)
    return {node for node in reached if not graph.values(node, predicate)} or {start}


def inside(graph: Properties, whole: Node, predicate: str) -> set[Node]:
    """Return `whole` and all that `predicate` leads to it from."""
    reached = {whole}
    waiting = [whole]
    while waiting:
        found = graph.subjects(predicate, waiting.pop()) - reached
        reached |= found
        waiting += found
    return reached


class Broader:
    """What concepts of our schemes fall under, each found once; others stand for themselves."""

    def __init__(self, graph: Properties) -> None:
        """Ask `graph` for concepts."""
        self._graph = graph
        self._found: dict[Node, Nodes] = {}

    def concepts(self) -> set[Node]:
        """Return the concepts to derive for."""
        return {node for node in self._graph.wanted_of(_CONCEPT) if node.value.startswith(KGS)}

    def __call__(self, node: Node) -> Nodes:
        """Return a concept and all that is broader, at whatever distance."""
        if node not in self._found:
            ours = node.value.startswith(KGS) and self._graph.is_a(node, _CONCEPT)
            self._found[node] = closure(self._graph, node, _BROADER) if ours else {node}
        return self._found[node]
