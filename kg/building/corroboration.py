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

from kg.building.origins import claim_origins
from kg.building.properties import Statement, Values, values, words
from kg.vocabulary.terms import KG, KGS, PROV, XSD

_Nodes = frozenset[ox.NamedNode]
_DATES = {ox.NamedNode(f"{KGS}aspect/{name}") for name in ("signing-date", "in-force-date")}
_HAPPENING = {ox.NamedNode(f"{KGS}modality/{name}") for name in ("actual", "ongoing")}
_APPROXIMATE = ox.NamedNode(KGS + "basis/approximate")
_AFFIRMED = ox.NamedNode(KGS + "polarity/affirmed")
_INTEGER = ox.NamedNode(XSD + "integer")
_EARLIEST, _LATEST = "0000", "9999-99"
_LEAST, _MOST = Decimal(0), Decimal("Infinity")
_TOLERANCE = Decimal("0.2")


class _Topic(NamedTuple):
    """What two claims must have in common to be compared at all."""

    event: ox.NamedNode
    aspect: ox.NamedNode
    modality: ox.NamedNode


class _Content(NamedTuple):
    """What a claim says of its topic; nothing said of something contradicts nothing."""

    values: _Nodes
    items: _Nodes
    earliest: str
    latest: str
    figure: tuple[Decimal, Decimal] | None

    def says_the_same(self, other: _Content, broader: Values) -> bool:
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

    claims: list[ox.NamedNode] = field(default_factory=list)
    origins: set[ox.NamedNode] = field(default_factory=set)
    articles: set[ox.NamedNode] = field(default_factory=set)


class Surroundings(NamedTuple):
    """What else of the graph corroboration rests on.

    Attributes:
        speakers: of every claim.
        tops: the origins of every actor that has any.
        broader: every concept with itself and all that it falls under.
        withdrawn: claims that count no more.
    """

    speakers: Values
    tops: Values
    broader: Values
    withdrawn: set[ox.NamedNode]


def corroboration(store: ox.Store, around: Surroundings) -> Iterator[Statement]:
    """Yield the origins of every claim in `store`, and what its corroboration comes to."""
    events = values(store, KG + "isAbout")
    origins, behind = claim_origins(store, around.speakers, around.tops)
    for claim, found in origins.items():
        yield claim, "originatesWith", found
    for claim, found in behind.items():
        yield claim, "saidOnBehalfOf", found
    for contents in _topics(store, events, origins, around.withdrawn).values():
        for content, own in contents.items():
            same = [
                (other, voices)
                for other, voices in contents.items()
                if content.says_the_same(other, around.broader)
            ]
            yield from _counted(content, own, same, origins)


def _counted(
    content: _Content,
    own: _Voices,
    same: list[tuple[_Content, _Voices]],
    origins: Values,
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
        if len(sole) == 1 and len(carrying) > 1 and sole <= origins.get(claim, set()):
            yield claim, "hasSoleOrigin", sole
            yield claim, "carryingArticles", [_number(carrying)]


def _topics(
    store: ox.Store, events: Values, origins: Values, withdrawn: set[ox.NamedNode]
) -> dict[_Topic, dict[_Content, _Voices]]:
    """Return what is said of each topic by the affirmed claims that stand, and by whom."""
    read = _Reader(store)
    aspects, modalities = values(store, KG + "hasAspect"), values(store, KG + "hasModality")
    articles = values(store, PROV + "wasDerivedFrom")
    topics: dict[_Topic, dict[_Content, _Voices]] = defaultdict(lambda: defaultdict(_Voices))
    for claim, polarities in values(store, KG + "hasPolarity").items():
        if _AFFIRMED not in polarities or claim in withdrawn:
            continue
        for event in events.get(claim, ()):
            for aspect in aspects.get(claim, ()):
                for modality in modalities.get(claim, ()):
                    time = min(_HAPPENING, key=str) if modality in _HAPPENING else modality
                    voices = topics[_Topic(event, aspect, time)][read.content(claim, aspect)]
                    voices.claims.append(claim)
                    if claim in origins:
                        voices.origins |= origins[claim]
                        voices.articles |= articles.get(claim, set())
    return topics


class _Reader:
    """What every claim says, read property by property once."""

    def __init__(self, store: ox.Store) -> None:
        self.values = values(store, KG + "hasValue")
        self.counted = values(store, KG + "countedItem")
        self.concerned = values(store, KG + "concernsItem")
        self.basis = values(store, KG + "rangeBasis")
        self.low, self.best, self.high = (
            words(store, KG + name) for name in ("low", "best", "high")
        )
        self.earliest, self.latest = (words(store, KG + name) for name in ("earliest", "latest"))

    def content(self, claim: ox.NamedNode, aspect: ox.NamedNode) -> _Content:
        items = {*self.counted.get(claim, ()), *self.concerned.get(claim, ())}
        dated = aspect in _DATES
        return _Content(
            frozenset(self.values.get(claim, ())),
            frozenset(items),
            self.earliest.get(claim, _EARLIEST) if dated else _EARLIEST,
            self.latest.get(claim, _LATEST) if dated else _LATEST,
            self._figure(claim),
        )

    def _figure(self, claim: ox.NamedNode) -> tuple[Decimal, Decimal] | None:
        """Return the certain ends of a claim's figure."""
        basis = self.basis.get(claim)
        if not basis:
            return None
        best = self.best.get(claim)
        if _APPROXIMATE in basis and best is not None:
            return Decimal(best) * (1 - _TOLERANCE), Decimal(best) * (1 + _TOLERANCE)
        low, high = self.low.get(claim), self.high.get(claim)
        return (_LEAST if low is None else Decimal(low)), (_MOST if high is None else Decimal(high))


def _meet(items: _Nodes, others: _Nodes, broader: Values) -> bool:
    """Whether one of `items` falls under one of `others`, or the other way round."""
    return any(
        other in broader.get(item, {item}) or item in broader.get(other, {other})
        for item in items
        for other in others
    )


def _union(sets: Iterable[set[ox.NamedNode]]) -> set[ox.NamedNode]:
    return set().union(*sets)


def _number(counted: set[ox.NamedNode]) -> ox.Literal:
    return ox.Literal(str(len(counted)), datatype=_INTEGER)
