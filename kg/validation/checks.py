"""Cross-claim checks: stored queries that must give no rows.

A check is a ``.rq`` file in ``queries/checks/`` whose head has ``#+ code:``, ``#+ severity:`` and
``#+ message:``; each row names a focus node, and may name a path and a value.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import yaml

from kg.shacl import ShaclResult
from kg.sparql.guard import check_query
from kg.validation.surroundings import Surroundings

_HEAD = "#+"


@dataclass(frozen=True)
class Check:
    """One check: its name, what its head says, and its query."""

    name: str
    head: dict[str, Any]
    query: str


@dataclass(frozen=True)
class Checks:
    """The checks of the package, in the folder `trusted`, and of a workspace."""

    folders: tuple[Path, ...]
    trusted: Path

    @cached_property
    def all(self) -> list[Check]:
        """Every check, by name.

        Raises:
            CallError: a query could do more than read the graph.
        """
        found = []
        for folder in self.folders:
            for file in sorted(folder.glob("*.rq")):
                query = file.read_text(encoding="utf-8")
                if folder != self.trusted:
                    check_query(query, str(file))
                lines = [line[2:] for line in query.splitlines() if line.startswith(_HEAD)]
                head = yaml.load("\n".join(lines), Loader=yaml.CSafeLoader)
                found.append(Check(file.stem, head, query))
        return found

    def results(
        self, quads: Sequence[ox.Quad], surroundings: Surroundings
    ) -> Iterator[tuple[str, ShaclResult]]:
        """Yield the code and result of every row of every check on `quads`.

        The checks see the contribution, the ontology and what is known of nodes referred to.
        """
        if not self.all:
            return
        store = ox.Store()
        store.bulk_extend(quads)
        described = {quad.subject for quad in quads}
        referred = {quad.object for quad in quads if isinstance(quad.object, ox.NamedNode)}
        store.bulk_extend(
            ox.Quad(*triple)
            for node in referred - described
            for triple in surroundings.describe(node)
        )
        store.bulk_extend(ox.Quad(*triple) for triple in surroundings.terms)
        for check in self.all:
            rows = store.query(check.query, use_default_graph_as_union=True)
            for row in rows:  # type: ignore[union-attr]
                yield check.head["code"], _result(check, row)


def _result(check: Check, row: Any) -> ShaclResult:
    def text(name: str) -> str | None:
        try:
            value = row[name]
        except KeyError:
            return None
        return None if value is None else str(value.value)

    return ShaclResult(
        focus_node=text("focus") or "",
        path=text("path"),
        value=text("value"),
        component="",
        severity=str(check.head.get("severity", "error")),
        source_shape=check.name,
        message=str(check.head["message"]),
    )
