"""Completed record to quads, through the JSON-LD context; one named graph an article."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

import pyoxigraph as ox

from kg.mapping.completing import Node
from kg.mapping.context import Context
from kg.mapping.direct import DirectMapping, Unplain
from kg.mapping.statements import Statements
from kg.vocabulary.terms import ASSESSMENTS_GRAPH, REFERENCE_GRAPH


@dataclass(frozen=True)
class Mapper:
    """Maps completed records under one base IRI with one context."""

    context: Context
    base: str

    def statements(self, graph: str, nodes: Iterable[Node]) -> Statements:
        """Return what `nodes` say in the graph `graph`, a relative IRI such as ``article/A``.

        The same nodes always say the same, and no blank nodes: every node has its id.

        Raises:
            SyntaxError: an id makes no IRI.
        """
        nodes = list(nodes)
        if self._direct:
            with contextlib.suppress(Unplain):
                return self._direct.statements(graph, nodes)
        return Statements.of(self.parsed(graph, nodes))

    def quads(self, graph: str, nodes: Iterable[Node]) -> list[ox.Quad]:
        """Return the quads of what `statements` returns.

        Raises:
            SyntaxError: an id makes no IRI.
        """
        return self.statements(graph, nodes).quads

    def parsed(self, graph: str, nodes: Sequence[Node]) -> list[ox.Quad]:
        """Return the quads of `nodes` as a JSON-LD parser gives them, whatever they hold.

        Raises:
            SyntaxError: an id makes no IRI.
        """
        document = {
            "@context": [{"@base": self.base}, self.context.content],
            "id": graph,
            "@graph": nodes,
        }
        text = json.dumps(document, ensure_ascii=False)
        return list(ox.parse(text, format=ox.RdfFormat.JSON_LD))

    @cached_property
    def _direct(self) -> DirectMapping | None:
        """The context compiled; None where an id is not merely put behind the base."""
        (probe,) = self.parsed("a", [{"id": "b/c", "type": "Claim"}])
        behind = probe.subject == ox.NamedNode(f"{self.base}b/c")
        return DirectMapping(self.context.content, self.base) if behind else None

    def article(self, article: str, nodes: Iterable[Node]) -> list[ox.Quad]:
        """Return the quads of an article's own graph."""
        return self.quads(f"article/{article}", nodes)

    def run(self, article: str, record: str, version: str, at: datetime) -> list[ox.Quad]:
        """Return the quads that tell when and by which version `article` was mapped."""
        run = f"run/{article}"
        nodes: list[dict[str, Any]] = [
            {
                "id": run,
                "type": "Run",
                "mapped_at": at.isoformat(timespec="seconds"),
                "version": version,
                "record": record,
            },
            {"id": f"article/{article}", "run": run},
        ]
        return self.quads(run, nodes)

    def assessments(self, nodes: Iterable[Node]) -> list[ox.Quad]:
        """Return the quads of assessment files."""
        return self.quads(ASSESSMENTS_GRAPH, nodes)

    def desks(self, desks: dict[str, str]) -> list[ox.Quad]:
        """Return the quads of the desks of a workspace, id to name, for the reference graph."""
        nodes = [
            {"id": f"desk/{name}", "type": "Desk", "name": label} for name, label in desks.items()
        ]
        return self.quads(REFERENCE_GRAPH, nodes)
