"""Cross-claim checks: stored queries that must give no rows.

A check is a ``.rq`` file in ``queries/checks/`` whose head has ``#+ code:``, ``#+ severity:`` and
``#+ message:``; each row names a focus node, and may name a path and a value.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import pyoxigraph as ox
import yaml

from kg.errors import CallError
from kg.shacl import ShaclResult
from kg.sparql.guard import check_query
from kg.validation.findings import SEVERITIES
from kg.validation.surroundings import Surroundings

_HEAD = "#+"


class Check(NamedTuple):
    """One check: its file, its query, and what its findings say."""

    file: Path
    query: str
    code: str
    severity: str
    message: str


@dataclass(frozen=True)
class Checks:
    """The checks of the package, in the folder `trusted`, and of a workspace."""

    folders: tuple[Path, ...]
    trusted: Path

    @cached_property
    def all(self) -> list[Check]:
        """Every check, by name.

        Raises:
            CallError: a check is malformed, or could do more than read the graph.
        """
        return [
            _load(file, trusted=folder == self.trusted)
            for folder in self.folders
            for file in sorted(folder.glob("*.rq"))
        ]

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
            for row in _rows(store, check):
                yield check.code, _result(check, row)


def _load(file: Path, *, trusted: bool) -> Check:
    try:
        query = file.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise CallError(f"{file} is no UTF-8 text") from error
    if not trusted:
        check_query(query, str(file))
    lines = [line[2:] for line in query.splitlines() if line.startswith(_HEAD)]
    try:
        head = yaml.load("\n".join(lines), Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        raise CallError(f"The decorators of {file} are no YAML: {error}") from error
    says = head if isinstance(head, dict) else {}
    severity = says.get("severity", "error")
    if not says.get("code") or not says.get("message") or severity not in SEVERITIES:
        raise CallError(
            f"{file} lacks '#+ code:' or '#+ message:', or has a severity that is none of "
            f"{', '.join(SEVERITIES)}"
        )
    return Check(file, query, str(says["code"]), severity, str(says["message"]))


def _rows(store: ox.Store, check: Check) -> Iterator[ox.QuerySolution]:
    try:
        answer = store.query(check.query, use_default_graph_as_union=True)
    except SyntaxError as error:
        raise CallError(f"{check.file} is no SPARQL query: {error}") from error
    if not isinstance(answer, ox.QuerySolutions) or "focus" not in {
        variable.value for variable in answer.variables
    }:
        raise CallError(f"{check.file} must SELECT ?focus, the node that is at fault")
    yield from answer


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
        severity=check.severity,
        source_shape=check.file.stem,
        message=check.message,
    )
