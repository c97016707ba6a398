"""The derived graph: what queries would otherwise compute again and again.

Closures and roots, one name for what several records declare, joint speakers, directions, what was
withdrawn; verdicts, agreements and corroboration have modules of their own. All of it follows from
the rest of the graph and is made anew at each build.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

import pyoxigraph as ox

from kg.building.agreements import agreement_dates
from kg.building.corroboration import Surroundings, corroboration
from kg.building.properties import Statement, Values, Words, values, words
from kg.building.verdicts import judged_days, verdicts
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
_TRUE = ox.Literal("true", datatype=ox.NamedNode(XSD + "boolean"))
_JOINT = ", "


def derived_quads(store: ox.Store, base: str) -> set[ox.Quad]:
    """Return the quads of ``id:graph/derived`` for what `store` holds.

    Closures are reflexive and transitive and survive circles; an actor's origins are the tops of
    what it acts for, and an unnamed source has none.
    """
    graph = ox.NamedNode(base + DERIVED_GRAPH)
    names = words(store, SKOS + "prefLabel")
    attributed = values(store, PROV + "wasAttributedTo")
    tops, broader, withdrawn = _origins(store), _broader(store), set(_withdrawn(store))
    judged = judged_days(store)
    statuses = {claim: days[-1].verdict for claim, days in judged.items()}
    statements: Iterable[Statement] = chain(
        _listed("hasOrigin", tops),
        _listed("fallsUnder", broader),
        _listed("isWithdrawn", {claim: {_TRUE} for claim in withdrawn}),
        _closures(store),
        _shortcuts(store, attributed, names),
        _sides(store, tops),
        verdicts(store, judged, attributed, names),
        agreement_dates(store, statuses, withdrawn),
        corroboration(store, Surroundings(attributed, tops, broader, withdrawn)),
    )
    return {
        ox.Quad(subject, ox.NamedNode(KG + name), value, graph)
        for subject, name, found in statements
        for value in found
    }


def _listed(
    name: str, found: Mapping[ox.NamedNode, Iterable[ox.NamedNode | ox.Literal]]
) -> Iterator[Statement]:
    return ((subject, name, each) for subject, each in found.items())


def _origins(store: ox.Store) -> Values:
    named = [name for name in ACTOR_TYPES if name != "UnnamedSource"]
    principals = values(store, KG + "actsFor")
    return {
        actor: _tops(actor, _closure(actor, principals), principals)
        for actor in set(_instances(store, named))
    }


def _broader(store: ox.Store) -> Values:
    broader = values(store, SKOS + "broader")
    return {concept: _closure(concept, broader) for concept in _concepts(store)}


def _closures(store: ox.Store) -> Iterator[Statement]:
    wholes, around = values(store, KG + "isPartOf"), values(store, KG + "isWithin")
    for event in set(_instances(store, EVENT_TYPES)):
        closure = _closure(event, wholes)
        yield event, "isInEvent", closure
        yield event, "hasRootEvent", _tops(event, closure, wholes)
    for place in set(_instances(store, ("Place",))):
        yield place, "isInPlace", _closure(place, around)


def _shortcuts(store: ox.Store, speakers: Values, names: Words) -> Iterator[Statement]:
    shown = (*EVENT_TYPES, "Place", *ACTOR_TYPES)
    for node in names.keys() & set(_instances(store, shown)):
        yield node, "isShownAs", [ox.Literal(names[node])]
    for claim, together in speakers.items():
        if len(together) > 1:
            inorder = sorted(together, key=str)
            labels = (names.get(speaker, speaker.value) for speaker in inorder)
            yield claim, "jointSpeakers", [_joined(together)]
            yield claim, "jointSpeakerNames", [ox.Literal(_JOINT.join(labels))]


def _sides(store: ox.Store, tops: Values) -> Iterator[Statement]:
    senders, receivers, parties = (
        values(store, KG + name) for name in ("isFrom", "isTo", "hasParty")
    )
    for event in senders.keys() | receivers.keys() | parties.keys():
        sides = {side for ends in (senders, receivers, parties) for side in ends.get(event, ())}
        yield event, "involves", sides.union(*(tops.get(side, set()) for side in sides))
    for event in senders.keys() & receivers.keys():
        ends = f"{_joined(senders[event]).value} > {_joined(receivers[event]).value}"
        yield event, "direction", [ox.Literal(ends)]


def _joined(nodes: Iterable[ox.NamedNode]) -> ox.Literal:
    """Return the IRIs in order, joined."""
    return ox.Literal(_JOINT.join(sorted(node.value for node in nodes)))


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


def _closure(start: ox.NamedNode, pairs: Values) -> set[ox.NamedNode]:
    reached = {start}
    waiting = [start]
    while waiting:
        for node in pairs.get(waiting.pop(), ()):
            if node not in reached:
                reached.add(node)
                waiting.append(node)
    return reached


def _tops(start: ox.NamedNode, closure: set[ox.NamedNode], pairs: Values) -> set[ox.NamedNode]:
    """Return what in the closure leads no further; `start` itself where all runs in circles."""
    return {node for node in closure if not pairs.get(node)} or {start}
