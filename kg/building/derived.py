"""The derived graph: what queries would otherwise compute again and again.

Closures and roots, one name for what several records declare, joint speakers, directions, what was
withdrawn; origins, verdicts, agreements, corroboration, revisions and what contradicts have modules
of their own. All of it follows from the rest of the graph. What a statement's subject rests on is
told in `affected`: what is derived here from more than that would not be derived anew when it
changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

import pyoxigraph as ox

from kg.building.agreements import agreement_dates
from kg.building.closures import Broader, closure, tops
from kg.building.contradicting import contradicting
from kg.building.corroboration import corroboration
from kg.building.origins import ATTRIBUTED, BASED, NAMED, Origins
from kg.building.properties import Everything, Node, Nodes, Properties, Some, Statement
from kg.building.revisions import revisions
from kg.building.verdicts import Verdicts
from kg.building.withdrawals import is_withdrawn
from kg.vocabulary.terms import ACTOR_TYPES, DERIVED_GRAPH, EVENT_TYPES, KG, SKOS, XSD

_CLAIM, _PLACE = (Node(KG + "Claim"),), (Node(KG + "Place"),)
_EVENTS = tuple(Node(KG + name) for name in EVENT_TYPES)
_SHOWN = (*_EVENTS, *_PLACE, *(Node(KG + name) for name in ACTOR_TYPES))
_NAME, _PART_OF, _WITHIN = SKOS + "prefLabel", KG + "isPartOf", KG + "isWithin"
_FROM, _TO, _PARTY = KG + "isFrom", KG + "isTo", KG + "hasParty"
_TRUE = ox.Literal("true", datatype=Node(XSD + "boolean"))
_JOINT = ", "


def derived_quads(store: ox.Store, base: str, nodes: Nodes | None = None) -> set[ox.Quad]:
    """Return the quads of ``id:graph/derived`` for what `store` holds.

    Closures are reflexive and transitive and survive circles; an actor's origins are the tops of
    what it acts for, and an unnamed source has none.

    Args:
        store: with all other graphs.
        base: of its IRIs.
        nodes: return only quads of these subjects; of all where it is None.
    """
    graph = Everything(store) if nodes is None else Some(store, nodes)
    name = Node(base + DERIVED_GRAPH)
    return {
        ox.Quad(subject, Node(KG + predicate), value, name)
        for subject, predicate, found in _statements(graph)
        if graph.wants(subject)
        for value in found
    }


def _statements(graph: Properties) -> Iterable[Statement]:
    origins, broader, verdicts = Origins(graph), Broader(graph), Verdicts(graph)
    claims = (claim for claim in graph.wanted_of(_CLAIM) if is_withdrawn(graph, claim))
    return chain(
        ((actor, "hasOrigin", origins.of_actor(actor)) for actor in graph.wanted_of(NAMED)),
        ((concept, "fallsUnder", broader(concept)) for concept in broader.concepts()),
        ((claim, "isWithdrawn", [_TRUE]) for claim in claims),
        _closures(graph),
        _shortcuts(graph),
        _sides(graph, origins),
        _origins(graph, origins),
        verdicts.statements(),
        agreement_dates(graph, verdicts),
        corroboration(graph, origins, broader),
        contradicting(graph, broader),
        revisions(graph, origins),
    )


def _closures(graph: Properties) -> Iterator[Statement]:
    for event in graph.wanted_of(_EVENTS):
        yield event, "isInEvent", closure(graph, event, _PART_OF)
        yield event, "hasRootEvent", tops(graph, event, _PART_OF)
    for place in graph.wanted_of(_PLACE):
        yield place, "isInPlace", closure(graph, place, _WITHIN)


def _shortcuts(graph: Properties) -> Iterator[Statement]:
    for node in graph.wanted_of(_SHOWN):
        name = graph.literal(node, _NAME)
        if name is not None:
            yield node, "isShownAs", [ox.Literal(name)]
    for claim in graph.wanted_with(ATTRIBUTED):
        together = graph.values(claim, ATTRIBUTED)
        if len(together) > 1:
            inorder = sorted(together, key=str)
            labels = (graph.literal(speaker, _NAME) or speaker.value for speaker in inorder)
            yield claim, "jointSpeakers", [_joined(together)]
            yield claim, "jointSpeakerNames", [ox.Literal(_JOINT.join(labels))]


def _sides(graph: Properties, origins: Origins) -> Iterator[Statement]:
    for event in graph.wanted_with(_FROM, _TO, _PARTY):
        senders, receivers = graph.values(event, _FROM), graph.values(event, _TO)
        sides = senders | receivers | graph.values(event, _PARTY)
        yield event, "involves", set().union(sides, *map(origins.of_actor, sides))
        if senders and receivers:
            ends = f"{_joined(senders).value} > {_joined(receivers).value}"
            yield event, "direction", [ox.Literal(ends)]


def _origins(graph: Properties, origins: Origins) -> Iterator[Statement]:
    for claim in graph.wanted_with(ATTRIBUTED, BASED):
        yield claim, "originatesWith", origins.of_claim(claim)
        yield claim, "saidOnBehalfOf", origins.behind(claim)


def _joined(nodes: Nodes) -> ox.Literal:
    """Return the IRIs in order, joined."""
    return ox.Literal(_JOINT.join(sorted(node.value for node in nodes)))
