"""Which affirmed claims a denial reaches, and which figures are more than others allow.

A denied occurrence reaches every aspect of its event and of the parts of that; any other denied
aspect reaches the same and narrower aspects of every event of one root.

A figure exceeds another where its certain low is above the other's certain high, though the other
includes it: the other's event is its own or one that holds it, the other's aspect and items are
its own or broader, and the other's period holds its own. Both are actual or ongoing, or both
expected. A counted item that the other leaves unsaid is included where each of its own falls under
one of the other's.

Claims that were withdrawn reach nothing and are not reached. Figures of one scope are sorted by
what they allow, so that only those that contradict are looked at one by one.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from itertools import chain
from typing import NamedTuple

from kg.building.closures import Broader, closure, inside, tops
from kg.building.figures import certain_range
from kg.building.properties import Node, Nodes, Properties, Statement
from kg.building.withdrawals import is_withdrawn
from kg.vocabulary.terms import KG, KGS

_ABOUT, _PART_OF = KG + "isAbout", KG + "isPartOf"
_ASPECT, _POLARITY, _MODALITY = (KG + name for name in ("hasAspect", "hasPolarity", "hasModality"))
_COUNTED = KG + "countedItem"
_BEGIN, _END = KG + "periodEarliest", KG + "periodLatest"
_OCCURRENCE = Node(KGS + "aspect/occurrence")
_AFFIRMED, _DENIED = Node(KGS + "polarity/affirmed"), Node(KGS + "polarity/denied")
# Figures are compared within what is there, and within what is to come.
_TIMES = {
    Node(KGS + "modality/actual"): "present",
    Node(KGS + "modality/ongoing"): "present",
    Node(KGS + "modality/expected"): "expected",
}


def contradicting(graph: Properties, broader: Broader) -> Iterator[Statement]:
    """Yield what denials reach and what figures exceed.

    Args:
        graph: with the claims.
        broader: what concepts fall under.
    """
    claims = graph.wanted_with(_ABOUT)
    yield from _Denials(graph, broader).reached(claims)
    yield from _Figures(graph, broader).exceeded(claims)


class _Denials:
    """What denials reach among the affirmed claims, which are kept by event and aspect."""

    def __init__(self, graph: Properties, broader: Broader) -> None:
        self._graph = graph
        self._broader = broader
        self._affirmed: dict[Node, dict[Node, list[Node]]] = {}

    def reached(self, claims: Nodes) -> Iterator[Statement]:
        for claim in claims:
            if _stands(self._graph, claim, _DENIED):
                yield claim, "reaches", set(self._reached(claim))

    def _reached(self, denial: Node) -> Iterator[Node]:
        for event in self._graph.values(denial, _ABOUT):
            for aspect in self._graph.values(denial, _ASPECT):
                if aspect == _OCCURRENCE:
                    wholes: Nodes = {event}
                else:
                    wholes = tops(self._graph, event, _PART_OF)
                for part in {each for whole in wholes for each in self._parts(whole)}:
                    for affirmed, found in self._affirmed_of(part).items():
                        if aspect == _OCCURRENCE or aspect in self._broader(affirmed):
                            yield from found

    def _parts(self, whole: Node) -> set[Node]:
        return inside(self._graph, whole, _PART_OF)

    def _affirmed_of(self, event: Node) -> dict[Node, list[Node]]:
        if event not in self._affirmed:
            found = self._affirmed[event] = defaultdict(list)
            for claim in self._graph.subjects(_ABOUT, event):
                if _stands(self._graph, claim, _AFFIRMED):
                    for aspect in self._graph.values(claim, _ASPECT):
                        found[aspect].append(claim)
        return self._affirmed[event]


class _Scope(NamedTuple):
    """What a figure counts, its event aside."""

    aspect: Node
    time: str
    items: frozenset[Node]
    begin: str | None
    end: str | None

    def lies_in(self, other: _Scope, broader: Broader) -> bool:
        """Whether `other` counts all that this one does."""
        return (
            self.time == other.time
            and other.aspect in broader(self.aspect)
            and (other.begin is None or (self.begin is not None and self.begin >= other.begin))
            and (other.end is None or (self.end is not None and self.end <= other.end))
            and all(not other.items.isdisjoint(broader(item)) for item in self.items)
        )


class _Figure(NamedTuple):
    """The certain ends of a claim's figure, and all that it can be said to count."""

    least: Decimal
    most: Decimal
    scopes: list[_Scope]


# Claims of one scope by what they allow at most, the amounts apart, so that these can be searched.
_Ranked = tuple[list[Decimal], list[Node]]


class _Figures:
    """The figures that stand, which are kept by event and scope."""

    def __init__(self, graph: Properties, broader: Broader) -> None:
        self._graph = graph
        self._broader = broader
        self._figures: dict[Node, _Figure | None] = {}
        self._ranked: dict[Node, dict[_Scope, _Ranked]] = {}

    def exceeded(self, claims: Nodes) -> Iterator[Statement]:
        for claim in claims:
            if figure := self._figure(claim):
                yield claim, "exceeds", set(self._exceeded(claim, figure))

    def _exceeded(self, claim: Node, figure: _Figure) -> Iterator[Node]:
        abouts = self._graph.values(claim, _ABOUT)
        for event in set(chain.from_iterable(closure(self._graph, e, _PART_OF) for e in abouts)):
            for scope, (amounts, others) in self._ranked_of(event).items():
                fewer = bisect_left(amounts, figure.least)
                if fewer and any(own.lies_in(scope, self._broader) for own in figure.scopes):
                    yield from others[:fewer]

    def _ranked_of(self, event: Node) -> dict[_Scope, _Ranked]:
        if event not in self._ranked:
            found: dict[_Scope, list[tuple[Decimal, str, Node]]] = defaultdict(list)
            for claim in self._graph.subjects(_ABOUT, event):
                if figure := self._figure(claim):
                    for scope in figure.scopes:
                        found[scope].append((figure.most, claim.value, claim))
            self._ranked[event] = {
                scope: ([most for most, _, _ in ranked], [claim for _, _, claim in ranked])
                for scope, ranked in ((scope, sorted(each)) for scope, each in found.items())
            }
        return self._ranked[event]

    def _figure(self, claim: Node) -> _Figure | None:
        if claim not in self._figures:
            ends = certain_range(self._graph, claim)
            stands = ends and _stands(self._graph, claim, _AFFIRMED)
            self._figures[claim] = _Figure(*ends, self._scopes(claim)) if ends and stands else None
        return self._figures[claim]

    def _scopes(self, claim: Node) -> list[_Scope]:
        items = frozenset(self._graph.values(claim, _COUNTED))
        begin, end = self._graph.literal(claim, _BEGIN), self._graph.literal(claim, _END)
        return [
            _Scope(aspect, _TIMES[modality], items, begin, end)
            for aspect in self._graph.values(claim, _ASPECT)
            for modality in self._graph.values(claim, _MODALITY)
            if modality in _TIMES
        ]


def _stands(graph: Properties, claim: Node, polarity: Node) -> bool:
    return polarity in graph.values(claim, _POLARITY) and not is_withdrawn(graph, claim)
