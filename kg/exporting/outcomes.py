"""What a push would do, what it did, and what a verification found, graph by graph."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from kg.exporting.comparing import Difference
from kg.exporting.graphs import Graph
from kg.remote.targets import Target


@dataclass(frozen=True)
class Outcome:
    """What became of one graph.

    Attributes:
        graph: its IRI.
        state: pushed: ``sent``, ``dropped``, ``kept`` (gone here, there still), ``differs`` (the
            store made something else of it); verified: ``equal``, ``drift``, ``missing`` or
            ``stale`` (gone here, there still or again); both: ``refused`` (to be written, read or
            deleted), ``untried`` (too many were refused before) or ``extra`` (below our base, and
            never sent from here).
        triples: how many it has here.
        difference: in what it differs from the one here.
        message: why it was refused or not tried.
    """

    graph: str
    state: str
    triples: int = 0
    difference: Difference = field(default_factory=Difference)
    message: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return the outcome as a JSON object."""
        found = self.difference
        return {
            "graph": self.graph,
            "state": self.state,
            "triples": self.triples,
            "missing": found.missing,
            "extra": found.extra,
            "rewritten": found.rewritten,
            "examples": list(found.examples),
            "message": self.message,
        }


@dataclass(frozen=True)
class PushReport:
    """What a push or a verification did."""

    target: Target
    outcomes: tuple[Outcome, ...] = ()
    unchanged: int = 0

    @property
    def conforms(self) -> bool:
        """Whether every graph is there as it is here."""
        return not self.of("differs", "refused", "untried", "drift", "missing", "stale")

    def of(self, *states: str) -> list[Outcome]:
        """Return the outcomes of some states."""
        return [outcome for outcome in self.outcomes if outcome.state in states]

    def as_json(self) -> dict[str, Any]:
        """Return the report as a JSON object."""
        return {
            "target": self.target.name,
            "url": self.target.url,
            "profile": self.target.profile.name,
            "proven": self.target.profile.proven,
            "normalizer": self.target.profile.normalizer,
            "conforms": self.conforms,
            "unchanged": self.unchanged,
            "graphs": [outcome.as_json() for outcome in self.outcomes],
        }


@dataclass(frozen=True)
class PushPlan:
    """What a push would do, from the journal alone."""

    target: Target
    new: tuple[Graph, ...]
    changed: tuple[Graph, ...]
    gone: tuple[str, ...]
    unchanged: int

    def as_json(self) -> dict[str, Any]:
        """Return the plan as a JSON object."""
        return {
            "target": self.target.name,
            "url": self.target.url,
            "profile": self.target.profile.name,
            "proven": self.target.profile.proven,
            "new": [graph.name for graph in self.new],
            "changed": [graph.name for graph in self.changed],
            "gone": list(self.gone),
            "unchanged": self.unchanged,
            "triples": sum(graph.count for graph in (*self.new, *self.changed)),
        }
