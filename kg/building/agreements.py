"""When agreements were signed, ratified and entered into force, by all that stands of it.

Affirmed claims count that are neither withdrawn nor refuted by their latest assessment: of a
signing those of what is, of the rest also those of what is expected. Where a claim is
refuted, the dates that replace it count instead.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from kg.building.properties import Statement, Values, values, words
from kg.vocabulary.terms import KG, KGS, XSD

_DATE = ox.NamedNode(XSD + "date")
_AFFIRMED = ox.NamedNode(KGS + "polarity/affirmed")
_REFUTED = ox.NamedNode(KGS + "status/refuted")
_IS = {ox.NamedNode(f"{KGS}modality/{name}") for name in ("actual", "ongoing")}
_EXPECTED = ox.NamedNode(KGS + "modality/expected")
# Of each aspect, what its span is called, and in which modalities it counts.
_DATES = {
    ox.NamedNode(KGS + "aspect/signing-date"): ("signed", _IS),
    ox.NamedNode(KGS + "aspect/ratification-date"): ("ratified", {*_IS, _EXPECTED}),
    ox.NamedNode(KGS + "aspect/in-force-date"): ("inForce", {*_IS, _EXPECTED}),
}


def agreement_dates(
    store: ox.Store, statuses: dict[ox.NamedNode, ox.NamedNode], withdrawn: set[ox.NamedNode]
) -> Iterator[Statement]:
    """Yield which dates are told of an agreement, and what they span; an open end is left out.

    Args:
        store: with the claims, and the assessments with their replacements.
        statuses: the latest status of every assessed claim.
        withdrawn: claims that count no more.
    """
    events, dates = values(store, KG + "isAbout"), words(store, KG + "date")
    earliest, latest = words(store, KG + "earliest"), words(store, KG + "latest")
    told: dict[tuple[ox.NamedNode, ox.NamedNode], set[ox.NamedNode]] = defaultdict(set)
    for aspect, claim, dated in _counting(store, statuses):
        if claim not in withdrawn and dated in dates:
            for event in events.get(claim, ()):
                told[event, aspect].add(dated)
    for (event, aspect), nodes in told.items():
        name, _ = _DATES[aspect]
        yield event, "datedAspect", [aspect]
        if all(node in earliest for node in nodes):
            yield event, f"{name}Earliest", [_day(min(earliest[node] for node in nodes))]
        if all(node in latest for node in nodes):
            yield event, f"{name}Latest", [_day(max(latest[node] for node in nodes))]


def _counting(
    store: ox.Store, statuses: dict[ox.NamedNode, ox.NamedNode]
) -> Iterator[tuple[ox.NamedNode, ox.NamedNode, ox.NamedNode]]:
    """Yield the aspect, the claim and what dates it: the claim itself, or what replaces it."""
    replaced: Values = defaultdict(set)
    for claim, nodes in _replacements(store, statuses):
        replaced[claim] |= nodes
    for aspect, (_, modalities) in _DATES.items():
        for node in _subjects(store, "hasAspect", aspect):
            affirmed = _AFFIRMED in _objects(store, node, "hasPolarity")
            counts = affirmed and modalities & _objects(store, node, "hasModality")
            if counts and statuses.get(node) != _REFUTED:
                yield aspect, node, node
        for claim, nodes in replaced.items():
            for node in nodes:
                if aspect in _objects(store, node, "hasAspect"):
                    yield aspect, claim, node


def _replacements(
    store: ox.Store, statuses: dict[ox.NamedNode, ox.NamedNode]
) -> Iterator[tuple[ox.NamedNode, set[ox.NamedNode]]]:
    """Yield the refuted claims with what the assessments of the latest day put in their place."""
    days = words(store, KG + "dated")
    for claim, status in statuses.items():
        if status == _REFUTED:
            judging = [node for node in _subjects(store, "assesses", claim) if node in days]
            last = max(days[node] for node in judging)
            for node in judging:
                if days[node] == last:
                    yield claim, _objects(store, node, "hasReplacement")


def _subjects(store: ox.Store, name: str, value: ox.NamedNode) -> set[ox.NamedNode]:
    quads = store.quads_for_pattern(None, ox.NamedNode(KG + name), value)
    return _nodes(quad.subject for quad in quads)


def _objects(store: ox.Store, node: ox.NamedNode, name: str) -> set[ox.NamedNode]:
    quads = store.quads_for_pattern(node, ox.NamedNode(KG + name), None)
    return _nodes(quad.object for quad in quads)


def _nodes(terms: Iterable[object]) -> set[ox.NamedNode]:
    return {term for term in terms if isinstance(term, ox.NamedNode)}


def _day(day: str) -> ox.Literal:
    return ox.Literal(day, datatype=_DATE)
