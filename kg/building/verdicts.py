"""What all assessments of a claim on one day say together, and since when they have said so.

A desk that differs from another on the same day makes the claim disputed. Each assessment is given
the verdict of its day, so that a question about any day needs only the latest assessment before it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

import pyoxigraph as ox

from kg.building.properties import Node, Properties, Statement
from kg.vocabulary.terms import KG, KGS, PROV, SKOS, XSD

ASSESSES, DATED, REPLACEMENT = KG + "assesses", KG + "dated", KG + "hasReplacement"
WORDED = KG + "hasValue", KG + "hasPlace"
DISPUTED = Node(KGS + "status/disputed")
_STATUS, _DESK, _NAME = KG + "hasStatus", PROV + "wasAttributedTo", SKOS + "prefLabel"
_JOINT = ", "
_DATE = Node(XSD + "date")


class Day(NamedTuple):
    """One day's assessments of one claim, and their verdict."""

    day: str
    assessments: list[Node]
    verdict: Node


class Verdicts:
    """The verdicts on claims, each found once."""

    def __init__(self, graph: Properties) -> None:
        """Ask `graph` for the assessments."""
        self._graph = graph
        self._days: dict[Node, list[Day]] = {}

    def days(self, claim: Node) -> list[Day]:
        """Return the days on which a claim was assessed, in order."""
        if claim not in self._days:
            found: dict[str, list[Node]] = defaultdict(list)
            for assessment in self._graph.subjects(ASSESSES, claim):
                dated = self._graph.literal(assessment, DATED)
                if dated is not None:
                    found[dated].append(assessment)
            self._days[claim] = [self._judged(day, found[day]) for day in sorted(found)]
        return self._days[claim]

    def latest(self, claim: Node) -> Day | None:
        """Return the last day on which a claim was assessed."""
        days = self.days(claim)
        return days[-1] if days else None

    def statements(self) -> Iterator[Statement]:
        """Yield every assessed claim's latest status, and every assessment's verdict of its day."""
        graph = self._graph
        judged = {
            claim for one in graph.wanted_with(ASSESSES) for claim in graph.values(one, ASSESSES)
        }
        for claim in judged | graph.wanted_under(ASSESSES):
            since, before = "", None
            for day in self.days(claim):
                since, before = (since if day.verdict == before else day.day), day.verdict
                told = dict(self._told(day.assessments))
                for one in day.assessments:
                    yield one, "hasVerdict", [day.verdict]
                    yield one, "verdictSince", [ox.Literal(since, datatype=_DATE)]
                    for name, text in told.items():
                        yield one, name, [ox.Literal(text)]
            if before:
                yield claim, "hasLatestStatus", [before]

    def _judged(self, day: str, assessments: list[Node]) -> Day:
        found = {status for one in assessments for status in self._graph.values(one, _STATUS)}
        return Day(day, assessments, found.pop() if len(found) == 1 else DISPUTED)

    def _told(self, assessments: list[Node]) -> Iterator[tuple[str, str]]:
        """Yield what the assessments of one day say in words, joined in the order of IRIs."""
        graph = self._graph
        judging = sorted(
            (desk.value, one.value) for one in assessments for desk in graph.values(one, _DESK)
        )
        reasons = (graph.literal(Node(one), KG + "rationale") for _, one in judging)
        yield "verdictRationale", "; ".join(each for each in reasons if each is not None)
        desks = sorted({desk for desk, _ in judging})
        if len(desks) > 1:
            yield "jointDesks", _JOINT.join(desks)
            names = (graph.literal(Node(desk), _NAME) or desk for desk in desks)
            yield "jointDeskNames", _JOINT.join(names)
        replacing = {node for one in assessments for node in graph.values(one, REPLACEMENT)}
        instead = map(self._in_words, sorted(replacing, key=str))
        if right := "; ".join(filter(None, instead)):
            yield "verdictReplacement", right

    def _in_words(self, node: Node) -> str:
        """Return what is held to be right instead: a date, a figure, terms or places."""
        graph = self._graph
        for name in ("date", "quantityAsStated", "best"):
            if (found := graph.literal(node, KG + name)) is not None:
                return found
        low, high = (graph.literal(node, KG + end) for end in ("low", "high"))
        if low and high:
            return f"{low} to {high}"
        if low or high:
            return f"at least {low}" if low else f"at most {high}"
        linked = (value for name in WORDED for value in graph.values(node, name))
        names = (graph.literal(each, _NAME) for each in linked)
        return _JOINT.join(sorted(name for name in names if name is not None))
