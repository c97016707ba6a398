"""The derived graph: what queries would otherwise compute again and again.

Closures and roots, one name for what several records declare, joint speakers, the latest status,
what was withdrawn. All of it follows from the rest of the graph and is made anew at each build.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain

import pyoxigraph as ox

from kg.vocabulary.terms import (
    ACTOR_TYPES,
    DERIVED_GRAPH,
    EVENT_TYPES,
    KG,
    KGS,
    PROV,
    RDF_TYPE,
    SKOS,
    XSD,
)

_TYPE = ox.NamedNode(RDF_TYPE)
_CLAIM = ox.NamedNode(KG + "Claim")
_DISPUTED = ox.NamedNode(KGS + "status/disputed")
_TRUE = ox.Literal("true", datatype=ox.NamedNode(XSD + "boolean"))
_JOINT = ", "
_Pairs = dict[ox.NamedNode, set[ox.NamedNode]]
_Statement = tuple[ox.NamedNode, str, Iterable[ox.NamedNode | ox.Literal]]


def derived_quads(store: ox.Store, base: str) -> set[ox.Quad]:
    """Return the quads of ``id:graph/derived`` for what `store` holds.

    Closures are reflexive and transitive and survive circles; an actor's origins are the tops of
    what it acts for, and an unnamed source has none.
    """
    graph = ox.NamedNode(base + DERIVED_GRAPH)
    return {
        ox.Quad(subject, ox.NamedNode(KG + name), value, graph)
        for subject, name, values in chain(_closures(store), _shortcuts(store))
        for value in values
    }


def _closures(store: ox.Store) -> Iterator[_Statement]:
    events, wholes = _instances(store, EVENT_TYPES), _pairs(store, KG + "isPartOf")
    for event in set(events):
        closure = _closure(event, wholes)
        yield event, "isInEvent", closure
        yield event, "hasRootEvent", _tops(event, closure, wholes)
    places, around = _instances(store, ("Place",)), _pairs(store, KG + "isWithin")
    for place in set(places):
        yield place, "isInPlace", _closure(place, around)
    broader = _pairs(store, SKOS + "broader")
    for concept in _concepts(store):
        yield concept, "fallsUnder", _closure(concept, broader)
    named = [name for name in ACTOR_TYPES if name != "UnnamedSource"]
    principals = _pairs(store, KG + "actsFor")
    for actor in set(_instances(store, named)):
        yield actor, "hasOrigin", _tops(actor, _closure(actor, principals), principals)


def _shortcuts(store: ox.Store) -> Iterator[_Statement]:
    names = _names(store)
    for node in names.keys() & set(_instances(store, (*EVENT_TYPES, "Place", *ACTOR_TYPES))):
        yield node, "isShownAs", [ox.Literal(names[node])]
    for claim, speakers in _pairs(store, PROV + "wasAttributedTo").items():
        if len(speakers) > 1:
            inorder = sorted(speakers, key=lambda speaker: speaker.value)
            iris = [speaker.value for speaker in inorder]
            words = [names.get(speaker, speaker.value) for speaker in inorder]
            yield claim, "jointSpeakers", [ox.Literal(_JOINT.join(iris))]
            yield claim, "jointSpeakerNames", [ox.Literal(_JOINT.join(words))]
    for claim, status in _latest_statuses(store):
        yield claim, "hasLatestStatus", [status]
    for claim in _withdrawn(store):
        yield claim, "isWithdrawn", [_TRUE]


def _names(store: ox.Store) -> dict[ox.NamedNode, str]:
    """Return one name of everything that has any, the first in order where there are several."""
    names: dict[ox.NamedNode, str] = {}
    for quad in store.quads_for_pattern(None, ox.NamedNode(SKOS + "prefLabel"), None):
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.Literal):
            name = quad.object.value
            names[quad.subject] = min(name, names.get(quad.subject, name))
    return names


def _latest_statuses(store: ox.Store) -> Iterator[tuple[ox.NamedNode, ox.NamedNode]]:
    """Yield each assessed claim with the status of its latest day, disputed where desks differ."""
    statuses = _pairs(store, KG + "hasStatus")
    latest: dict[ox.NamedNode, tuple[str, set[ox.NamedNode]]] = {}
    dated = ox.NamedNode(KG + "dated")
    for assessment, claims in _pairs(store, KG + "assesses").items():
        for quad in store.quads_for_pattern(assessment, dated, None):
            day = getattr(quad.object, "value", "")  # days of one form sort as their text does
            for claim in claims:
                last, found = latest.get(claim, ("", set()))
                if day >= last:
                    also = found if day == last else set()
                    latest[claim] = day, also | statuses.get(assessment, set())
    for claim, (_, found) in latest.items():
        yield claim, found.pop() if len(found) == 1 else _DISPUTED


def _withdrawn(store: ox.Store) -> Iterator[ox.NamedNode]:
    """Yield the claims that were retracted, by themselves or with their article."""
    derived_from = ox.NamedNode(PROV + "wasDerivedFrom")
    for quad in store.quads_for_pattern(None, ox.NamedNode(KG + "retractedOn"), None):
        parts = store.quads_for_pattern(None, derived_from, quad.subject)
        for node in (quad.subject, *(part.subject for part in parts)):
            is_claim = ox.Quad(node, _TYPE, _CLAIM, quad.graph_name) in store
            if is_claim and isinstance(node, ox.NamedNode):
                yield node


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
