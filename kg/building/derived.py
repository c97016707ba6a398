"""The derived graph: closures and roots that queries would otherwise compute again and again.

All of it follows from the rest of the graph and is made anew at each build.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from kg.vocabulary.terms import (
    ACTOR_TYPES,
    DERIVED_GRAPH,
    EVENT_TYPES,
    KG,
    KGS,
    RDF_TYPE,
    SKOS,
)

_TYPE = ox.NamedNode(RDF_TYPE)
_Pairs = dict[ox.NamedNode, set[ox.NamedNode]]


def derived_quads(store: ox.Store, base: str) -> set[ox.Quad]:
    """Return the quads of ``id:graph/derived`` for what `store` holds.

    Closures are reflexive and transitive and survive circles; an actor's origins are the tops of
    what it acts for, and an unnamed source has none.
    """
    graph = ox.NamedNode(base + DERIVED_GRAPH)
    derived: set[ox.Quad] = set()

    def add(subject: ox.NamedNode, name: str, values: Iterable[ox.NamedNode]) -> None:
        predicate = ox.NamedNode(KG + name)
        derived.update(ox.Quad(subject, predicate, value, graph) for value in values)

    events, wholes = _instances(store, EVENT_TYPES), _pairs(store, KG + "isPartOf")
    for event in events:
        closure = _closure(event, wholes)
        add(event, "isInEvent", closure)
        add(event, "hasRootEvent", _tops(event, closure, wholes))
    places, around = _instances(store, ("Place",)), _pairs(store, KG + "isWithin")
    for place in places:
        add(place, "isInPlace", _closure(place, around))
    broader = _pairs(store, SKOS + "broader")
    for concept in _concepts(store):
        add(concept, "fallsUnder", _closure(concept, broader))
    named = [name for name in ACTOR_TYPES if name != "UnnamedSource"]
    principals = _pairs(store, KG + "actsFor")
    for actor in _instances(store, named):
        add(actor, "hasOrigin", _tops(actor, _closure(actor, principals), principals))
    return derived


def _instances(store: ox.Store, classes: Iterable[str]) -> Iterator[ox.NamedNode]:
    for name in classes:
        for quad in store.quads_for_pattern(None, _TYPE, ox.NamedNode(KG + name)):
            if isinstance(quad.subject, ox.NamedNode):
                yield quad.subject


def _concepts(store: ox.Store) -> Iterator[ox.NamedNode]:
    for quad in store.quads_for_pattern(None, _TYPE, ox.NamedNode(SKOS + "Concept")):
        if isinstance(quad.subject, ox.NamedNode) and quad.subject.value.startswith(KGS):
            yield quad.subject


def _pairs(store: ox.Store, predicate: str) -> _Pairs:
    pairs: _Pairs = defaultdict(set)
    for quad in store.quads_for_pattern(None, ox.NamedNode(predicate), None):
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode):
            pairs[quad.subject].add(quad.object)
    return pairs


def _closure(start: ox.NamedNode, pairs: _Pairs) -> set[ox.NamedNode]:
    reached = {start}
    waiting = [start]
    while waiting:
        for node in pairs.get(waiting.pop(), ()):
            if node not in reached:
                reached.add(node)
                waiting.append(node)
    return reached


def _tops(start: ox.NamedNode, closure: set[ox.NamedNode], pairs: _Pairs) -> set[ox.NamedNode]:
    """Return what in the closure leads no further; `start` itself where all runs in circles."""
    return {node for node in closure if not pairs.get(node)} or {start}
