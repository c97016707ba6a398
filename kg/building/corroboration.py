"""How many origins make a claim, and whether one origin hides behind several articles.

Two affirmed claims say the same where they are of one event and aspect, both actual or ongoing or
else of one modality, and of no other value, items or day of signing. They agree in figures where
both give one and the certain ranges overlap; approximate means 20 percent either way, and an
unstated end bounds nothing.

Pairs of claims would be too many for an event that everybody speaks of. So claims that say
literally the same are taken together, and only what differs is compared.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

import pyoxigraph as ox

from kg.building.closures import Broader
from kg.building.figures import certain_range
from kg.building.origins import Origins
from kg.building.properties import Node, Nodes, Properties, Statement
from kg.building.withdrawals import is_withdrawn
from kg.vocabulary.terms import KG, KGS, PROV, XSD

_ABOUT, _ARTICLE = KG + "isAbout", PROV + "wasDerivedFrom"
_ASPECT, _POLARITY, _MODALITY = (KG + name for name in ("hasAspect", "hasPolarity", "hasModality"))
_VALUE, _COUNTED, _CONCERNED = (KG + name for name in ("hasValue", "countedItem", "concernsItem"))
_BEGIN, _END = KG + "earliest", KG + "latest"
_DATES = {Node(f"{KGS}aspect/{name}") for name in ("signing-date", "in-force-date")}
_HAPPENING = {Node(f"{KGS}modality/{name}") for name in ("actual", "ongoing")}
_PRESENT = Node(KGS + "modality/actual")
_AFFIRMED = Node(KGS + "polarity/affirmed")
_INTEGER = Node(XSD + "integer")
_EARLIEST, _LATEST = "0000", "9999-99"


class _Topic(NamedTuple):
    """What two claims of one event must have in common to be compared at all."""

    aspect: Node
    modality: Node


class _Content(NamedTuple):
    """What a claim says of its topic; nothing said of something contradicts nothing."""

    values: frozenset[Node]
    items: frozenset[Node]
    earliest: str
    latest: str
    figure: tuple[Decimal, Decimal] | None

    def says_the_same(self, other: _Content, broader: Broader) -> bool:
        """Whether values, items and days are compatible, figures aside."""
        return (
            (not self.values or not other.values or bool(self.values & other.values))
            and self.earliest <= other.latest
            and other.earliest <= self.latest
            and (not self.items or not other.items or _meet(self.items, other.items, broader))
        )

    def overlaps(self, other: _Content) -> bool:
        """Whether both give figures, and these overlap."""
        if not self.figure or not other.figure:
            return False
        (least, most), (other_least, other_most) = self.figure, other.figure
        return least <= other_most and other_least <= most


@dataclass
class _Voices:
    """Who says one content, and where."""

    claims: list[Node] = field(default_factory=list)
    origins: set[Node] = field(default_factory=set)
    articles: set[Node] = field(default_factory=set)


def corroboration(graph: Properties, origins: Origins, broader: Broader) -> Iterator[Statement]:
    """Yield what the corroboration of claims comes to.

    Args:
        graph: with the claims.
        origins: of claims.
        broader: what concepts fall under.
    """
    claims = graph.wanted_with(_ABOUT)
    for event in {event for claim in claims for event in graph.values(claim, _ABOUT)}:
        for contents in _topics(graph, event, origins).values():
            for content, own in contents.items():
                same = [
                    (other, voices)
                    for other, voices in contents.items()
                    if content.says_the_same(other, broader)
                ]
                yield from _counted(content, own, same, origins)


def _counted(
    content: _Content,
    own: _Voices,
    same: list[tuple[_Content, _Voices]],
    origins: Origins,
) -> Iterator[Statement]:
    """Yield what the claims of one content have in those that say the same."""
    all_origins = _union(voices.origins for _, voices in same)
    in_figures = _union(voices.origins for other, voices in same if content.overlaps(other))
    together = [
        voices
        for other, voices in same
        if content.overlaps(other) or not content.figure or not other.figure
    ]
    sole = _union(voices.origins for voices in together)
    carrying = _union(voices.articles for voices in together)
    for claim in own.claims:
        if all_origins:
            yield claim, "corroboratingOrigins", [_number(all_origins)]
        if in_figures:
            yield claim, "corroboratingFigures", [_number(in_figures)]
        if len(sole) == 1 and len(carrying) > 1 and sole <= origins.of_claim(claim):
            yield claim, "hasSoleOrigin", sole
            yield claim, "carryingArticles", [_number(carrying)]


def _topics(
    graph: Properties, event: Node, origins: Origins
) -> dict[_Topic, dict[_Content, _Voices]]:
    """Return what is said of each topic by the affirmed claims that stand, and by whom."""
    topics: dict[_Topic, dict[_Content, _Voices]] = defaultdict(lambda: defaultdict(_Voices))
    for claim in graph.subjects(_ABOUT, event):
        if _AFFIRMED not in graph.values(claim, _POLARITY) or is_withdrawn(graph, claim):
            continue
        for aspect in graph.values(claim, _ASPECT):
            for modality in graph.values(claim, _MODALITY):
                time = _PRESENT if modality in _HAPPENING else modality
                voices = topics[_Topic(aspect, time)][_content(graph, claim, aspect)]
                voices.claims.append(claim)
                if found := origins.of_claim(claim):
                    voices.origins |= found
                    voices.articles |= graph.values(claim, _ARTICLE)
    return topics


def _content(graph: Properties, claim: Node, aspect: Node) -> _Content:
    dated = aspect in _DATES
    return _Content(
        frozenset(graph.values(claim, _VALUE)),
        frozenset(graph.values(claim, _COUNTED) | graph.values(claim, _CONCERNED)),
        (graph.literal(claim, _BEGIN) or _EARLIEST) if dated else _EARLIEST,
        (graph.literal(claim, _END) or _LATEST) if dated else _LATEST,
        certain_range(graph, claim),
    )


def _meet(items: Nodes, others: Nodes, broader: Broader) -> bool:
    """Whether one of `items` falls under one of `others`, or the other way round."""
    return any(
        other in broader(item) or item in broader(other) for item in items for other in others
    )


def _union(sets: Iterable[Nodes]) -> set[Node]:
    return set().union(*sets)


def _number(counted: Nodes) -> ox.Literal:
    return ox.Literal(str(len(counted)), datatype=_INTEGER)
