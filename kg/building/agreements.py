"""When agreements were signed, ratified and entered into force, by all that stands of it.

Affirmed claims count that are neither withdrawn nor refuted by their latest assessment: of a
signing those of what is, of the rest also those of what is expected. Where a claim is
refuted, the dates that replace it count instead.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import pyoxigraph as ox

from kg.building.properties import Node, Properties, Statement
from kg.building.verdicts import REPLACEMENT, Verdicts
from kg.building.withdrawals import is_withdrawn
from kg.vocabulary.terms import KG, KGS, XSD

_ABOUT, _ASPECT = KG + "isAbout", KG + "hasAspect"
_POLARITY, _MODALITY = KG + "hasPolarity", KG + "hasModality"
_DATE = Node(XSD + "date")
_AFFIRMED = Node(KGS + "polarity/affirmed")
_REFUTED = Node(KGS + "status/refuted")
_IS = {Node(f"{KGS}modality/{name}") for name in ("actual", "ongoing")}
_EXPECTED = Node(KGS + "modality/expected")
# Of each aspect, what its span is called, and in which modalities it counts.
_DATES = {
    Node(KGS + "aspect/signing-date"): ("signed", _IS),
    Node(KGS + "aspect/ratification-date"): ("ratified", {*_IS, _EXPECTED}),
    Node(KGS + "aspect/in-force-date"): ("inForce", {*_IS, _EXPECTED}),
}


def agreement_dates(graph: Properties, verdicts: Verdicts) -> Iterator[Statement]:
    """Yield which dates are told of an agreement, and what they span; an open end is left out."""
    for event in graph.wanted_under(_ABOUT):
        told: dict[Node, set[Node]] = defaultdict(set)
        for claim in graph.subjects(_ABOUT, event):
            for aspect, dated in _counting(graph, claim, verdicts):
                told[aspect].add(dated)
        for aspect, nodes in told.items():
            name, _ = _DATES[aspect]
            yield event, "datedAspect", [aspect]
            earliest, latest = (
                [day for node in nodes if (day := graph.literal(node, KG + end))]
                for end in ("earliest", "latest")
            )
            if len(earliest) == len(nodes):
                yield event, f"{name}Earliest", [ox.Literal(min(earliest), datatype=_DATE)]
            if len(latest) == len(nodes):
                yield event, f"{name}Latest", [ox.Literal(max(latest), datatype=_DATE)]


def _counting(graph: Properties, claim: Node, verdicts: Verdicts) -> Iterator[tuple[Node, Node]]:
    """Yield the aspects that a claim dates, each with the claim itself or what replaces it."""
    latest = verdicts.latest(claim)
    refuted = latest is not None and latest.verdict == _REFUTED
    aspects = _DATES.keys() & graph.values(claim, _ASPECT)
    if not (aspects or refuted) or is_withdrawn(graph, claim):
        return
    if latest is not None and refuted:
        for one in latest.assessments:
            for node in graph.values(one, REPLACEMENT):
                for aspect in _DATES.keys() & graph.values(node, _ASPECT):
                    if _dated(graph, node):
                        yield aspect, node
    elif _AFFIRMED in graph.values(claim, _POLARITY) and _dated(graph, claim):
        modalities = graph.values(claim, _MODALITY)
        for aspect in aspects:
            if not _DATES[aspect][1].isdisjoint(modalities):
                yield aspect, claim


def _dated(graph: Properties, node: Node) -> bool:
    return graph.literal(node, KG + "date") is not None
