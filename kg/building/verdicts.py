"""What all assessments of a claim on one day say together, and since when they have said so.

A desk that differs from another on the same day makes the claim disputed. Each assessment is given
the verdict of its day, so that a question about any day needs only the latest assessment before it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import NamedTuple, cast

import pyoxigraph as ox

from kg.building.properties import Statement, Values, Words, values, words
from kg.vocabulary.terms import KG, KGS, XSD

DISPUTED = ox.NamedNode(KGS + "status/disputed")
_JOINT = ", "
_DATE = ox.NamedNode(XSD + "date")


class Day(NamedTuple):
    """One day's assessments of one claim, and their verdict."""

    day: str
    assessments: list[ox.NamedNode]
    verdict: ox.NamedNode


def judged_days(store: ox.Store) -> dict[ox.NamedNode, list[Day]]:
    """Return the days on which each claim was assessed, in order."""
    dated, statuses = words(store, KG + "dated"), values(store, KG + "hasStatus")
    found: dict[ox.NamedNode, dict[str, list[ox.NamedNode]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for assessment, claims in values(store, KG + "assesses").items():
        for claim in claims:
            if assessment in dated:
                found[claim][dated[assessment]].append(assessment)
    return {
        claim: [_judged(day, days[day], statuses) for day in sorted(days)]
        for claim, days in found.items()
    }


def verdicts(
    store: ox.Store, judged: dict[ox.NamedNode, list[Day]], attributed: Values, names: Words
) -> Iterator[Statement]:
    """Yield every assessed claim's latest status, and every assessment's verdict of its day.

    Args:
        store: with the assessments.
        judged: the days of every assessed claim.
        attributed: the desks of every assessment.
        names: of desks, places and concepts.
    """
    for claim, days in judged.items():
        yield claim, "hasLatestStatus", [days[-1].verdict]
        since, before = "", None
        for day in days:
            since, before = (since if day.verdict == before else day.day), day.verdict
            told = dict(_told(store, day.assessments, attributed, names))
            for one in day.assessments:
                yield one, "hasVerdict", [day.verdict]
                yield one, "verdictSince", [ox.Literal(since, datatype=_DATE)]
                for name, text in told.items():
                    yield one, name, [ox.Literal(text)]


def _told(
    store: ox.Store, assessments: list[ox.NamedNode], attributed: Values, names: Words
) -> Iterator[tuple[str, str]]:
    """Yield what the assessments of one day say in words, joined in the order of IRIs."""
    judging = sorted(
        (desk.value, one.value) for one in assessments for desk in attributed.get(one, ())
    )
    reasons = [_said(store, ox.NamedNode(one), "rationale") for _, one in judging]
    yield "verdictRationale", "; ".join(each.value for found in reasons for each in found)
    desks = sorted({desk for desk, _ in judging})
    if len(desks) > 1:
        yield "jointDesks", _JOINT.join(desks)
        yield "jointDeskNames", _JOINT.join(names.get(ox.NamedNode(desk), desk) for desk in desks)
    replacing = {node for one in assessments for node in _said(store, one, "hasReplacement")}
    instead = (_in_words(store, names, node) for node in sorted(replacing, key=str))
    if right := "; ".join(filter(None, instead)):
        yield "verdictReplacement", right


def _judged(
    day: str, assessments: list[ox.NamedNode], statuses: Mapping[ox.NamedNode, set[ox.NamedNode]]
) -> Day:
    found = {status for one in assessments for status in statuses[one]}
    return Day(day, assessments, found.pop() if len(found) == 1 else DISPUTED)


def _in_words(store: ox.Store, names: Words, node: ox.NamedNode) -> str:
    """Return what is held to be right instead: a date, a figure, terms or places."""
    for name in ("date", "quantityAsStated", "best"):
        if found := _said(store, node, name):
            return found[0].value
    low, high = ("".join(each.value for each in _said(store, node, end)) for end in ("low", "high"))
    if low and high:
        return f"{low} to {high}"
    if low or high:
        return f"at least {low}" if low else f"at most {high}"
    linked = (*_said(store, node, "hasValue"), *_said(store, node, "hasPlace"))
    return _JOINT.join(sorted(names[each] for each in linked if each in names))


def _said(store: ox.Store, node: ox.NamedNode, name: str) -> list[ox.NamedNode]:
    """Return the values of one property; literals and nodes alike have a value."""
    quads = store.quads_for_pattern(node, ox.NamedNode(KG + name), None)
    return list(dict.fromkeys(cast("ox.NamedNode", quad.object) for quad in quads))
