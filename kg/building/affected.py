"""What has to be derived anew: the nodes whose derived quads rest on what changed.

What derived quads rest on is told here and nowhere else. Besides its own properties,

- an actor's rest on the actors it acts for, and a place's on the places around it;
- an event's on the events it is part of, on the origins of its sides, and on the claims about it;
- a claim's on its article, its speakers and those it is based on, with their origins and offices,
  on its assessments, and on all claims about its events, as these corroborate each other;
- a denial's and a figure's also on the claims of all events connected with its own, which they can
  contradict, and so on what these events are part of;
- an assessment's on the others of its claim, and on what it puts in place of the claim.

Each of these leads from a node to others, so what changed is followed backwards. The graph as it is
now suffices for that: a path that no longer leads to something that changed breaks off at a node
that changed itself. Only claims and assessments that are gone no longer lead to the event or claim
that rested on them, and an event no longer to what it was part of; there what was lost tells it.

Ontology, schemes, reference data and desks are no part of this: when they change, or the rules here
with the version of the package, everything is made anew.
"""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox

from kg.building.closures import closure
from kg.building.properties import Node, Nodes, Properties, Some
from kg.vocabulary.terms import KG, KGS, PROV

_ACTS_FOR, _WITHIN, _PART_OF = KG + "actsFor", KG + "isWithin", KG + "isPartOf"
_HOLDS, _OFFICE_OF = KG + "holdsOffice", KG + "isOfficeOf"
_SIDES = KG + "isFrom", KG + "isTo", KG + "hasParty"
_VOICES = PROV + "wasAttributedTo", KG + "isBasedOn"
_ARTICLE, _ABOUT, _ASSESSES = PROV + "wasDerivedFrom", KG + "isAbout", KG + "assesses"
_REPLACEMENT = KG + "hasReplacement"
_LOST = _ABOUT, _ASSESSES, _PART_OF
_POLARITY, _BASIS, _DENIED = KG + "hasPolarity", KG + "rangeBasis", Node(KGS + "polarity/denied")
_WORDED = KG + "hasValue", KG + "hasPlace"


class Touched:
    """The graphs that a build touches, as they were before."""

    def __init__(self, store: ox.Store) -> None:
        """Watch `store`."""
        self._store = store
        self._before: dict[ox.NamedNode, set[ox.Triple]] = {}

    def note(self, graph: ox.NamedNode) -> None:
        """Remember what is in `graph`, before it is touched."""
        if graph not in self._before:
            self._before[graph] = self._triples(graph)

    def changed(self) -> set[ox.Triple]:
        """Return the triples that were and are no more, or are and were not, in any graph."""
        before = set().union(*self._before.values())
        now = set().union(*map(self._triples, self._before))
        return {triple for triple in before ^ now if not self._is_elsewhere(triple)}

    def _triples(self, graph: ox.NamedNode) -> set[ox.Triple]:
        return {quad.triple for quad in self._store.quads_for_pattern(None, None, None, graph)}

    def _is_elsewhere(self, triple: ox.Triple) -> bool:
        quads = self._store.quads_for_pattern(triple.subject, triple.predicate, triple.object)
        return any(quad.graph_name not in self._before for quad in quads)


def affected(store: ox.Store, changed: Iterable[ox.Triple]) -> set[Node]:
    """Return the nodes to derive for after a change.

    Args:
        store: as it is after the change.
        changed: the triples that came or went.
    """
    graph = Some(store, frozenset())
    changed = list(changed)
    nodes = {triple.subject for triple in changed} | {
        triple.object for triple in changed if triple.predicate.value in _LOST
    }
    own = {node for node in nodes if isinstance(node, Node)}
    actors = _however_far(graph, _ACTS_FOR, own)
    holders = _linking(graph, [_HOLDS], own | _linking(graph, [_OFFICE_OF], actors))
    places = _however_far(graph, _WITHIN, own)
    events = _however_far(graph, _PART_OF, own) | _linking(graph, _SIDES, actors)
    replacing = _linking(graph, [_REPLACEMENT], own | _linking(graph, _WORDED, own))
    claims = own | _linking(graph, _VOICES, actors | holders) | _linking(graph, [_ARTICLE], own)
    claims |= _linked(graph, _ASSESSES, own | replacing)
    assessments = _linking(graph, [_ASSESSES], claims)
    spoken_of = own | _linked(graph, _ABOUT, claims)
    beside = _linking(graph, [_ABOUT], spoken_of)
    contradicting = _contradicting(graph, events | spoken_of)
    return actors | places | events | claims | assessments | spoken_of | beside | contradicting


def _contradicting(graph: Properties, events: Nodes) -> set[Node]:
    """Return the denials and figures of all that is connected with `events`."""
    wholes = set().union(*(closure(graph, event, _PART_OF) for event in events))
    claims = _linking(graph, [_ABOUT], _however_far(graph, _PART_OF, wholes))
    return {
        claim
        for claim in claims
        if _DENIED in graph.values(claim, _POLARITY) or graph.values(claim, _BASIS)
    }


def _linked(graph: Properties, predicate: str, nodes: Nodes) -> set[Node]:
    return {value for node in nodes for value in graph.values(node, predicate)}


def _linking(graph: Properties, predicates: Iterable[str], nodes: Nodes) -> set[Node]:
    return {
        subject
        for predicate in predicates
        for node in nodes
        for subject in graph.subjects(predicate, node)
    }


def _however_far(graph: Properties, predicate: str, nodes: Nodes) -> set[Node]:
    """Return `nodes` and all that `predicate` leads to them from."""
    reached, waiting = set(nodes), list(nodes)
    while waiting:
        found = graph.subjects(predicate, waiting.pop()) - reached
        reached |= found
        waiting += found
    return reached
