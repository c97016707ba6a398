"""Which figures their origin gave before: a claim's figure revises those of the last earlier day.

Both are of one event and aspect, both actual or ongoing or else of one modality, and the former
counts every item that the later one counts. What is only requested is no figure to be revised.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from kg.building.origins import Origins
from kg.building.properties import Node, Properties, Statement
from kg.building.withdrawals import is_withdrawn
from kg.vocabulary.terms import KG, KGS

_ABOUT, _STATED, _COUNTED = (KG + name for name in ("isAbout", "quantityAsStated", "countedItem"))
_ASPECT, _POLARITY, _MODALITY = (KG + name for name in ("hasAspect", "hasPolarity", "hasModality"))
_BEGIN = KG + "periodEarliest"
_AFFIRMED = Node(KGS + "polarity/affirmed")
_ACTUAL, _ONGOING, _REQUESTED = (
    Node(f"{KGS}modality/{name}") for name in ("actual", "ongoing", "requested")
)


class _Series(NamedTuple):
    """What the figures of one origin must have in common to follow on each other."""

    aspect: Node
    time: Node
    origin: Node


class _Figure(NamedTuple):
    day: str
    claim: Node
    items: frozenset[Node]


def revisions(graph: Properties, origins: Origins) -> Iterator[Statement]:
    """Yield which claims revise which.

    Args:
        graph: with the claims.
        origins: of claims.
    """
    claims = graph.wanted_with(_ABOUT)
    for event in {event for claim in claims for event in graph.values(claim, _ABOUT)}:
        for figures in _series(graph, event, origins).values():
            days = [list(each) for _, each in groupby(figures, lambda figure: figure.day)]
            for number, of_day in enumerate(days):
                for figure in of_day:
                    if graph.wants(figure.claim):
                        yield figure.claim, "revises", _former(figure, days[:number])


def _former(figure: _Figure, earlier: list[list[_Figure]]) -> list[Node]:
    """Return the claims of the last day that count all that `figure` does."""
    for of_day in reversed(earlier):
        if found := [each.claim for each in of_day if figure.items <= each.items]:
            return found
    return []


def _series(graph: Properties, event: Node, origins: Origins) -> dict[_Series, list[_Figure]]:
    """Return the affirmed figures of an event that stand, in the order of their days."""
    series: dict[_Series, list[_Figure]] = defaultdict(list)
    for claim in graph.subjects(_ABOUT, event):
        day = graph.literal(claim, _BEGIN)
        if day is None or graph.literal(claim, _STATED) is None:
            continue
        if _AFFIRMED not in graph.values(claim, _POLARITY) or is_withdrawn(graph, claim):
            continue
        figure = _Figure(day, claim, frozenset(graph.values(claim, _COUNTED)))
        for aspect in graph.values(claim, _ASPECT):
            for modality in graph.values(claim, _MODALITY) - {_REQUESTED}:
                time = _ACTUAL if modality == _ONGOING else modality
                for origin in origins.of_claim(claim):
                    series[_Series(aspect, time, origin)].append(figure)
    for figures in series.values():
        figures.sort(key=lambda figure: (figure.day, figure.claim.value))
    return series
