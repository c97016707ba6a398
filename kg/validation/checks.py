"""Cross-claim checks: stored queries that must give no rows.

A check is a ``.rq`` file in ``queries/checks/`` whose head has ``#+ code:``, ``#+ severity:`` and
``#+ message:``; each row names a focus node, and may name a path and a value. ``#+ follows:``
lists the predicates that lead from a focus node to what the check has to know of others: a
contribution is judged with all that lies at the end of them. In every scope that uses it, a check
says ``VALUES ?focus { UNDEF }``, so that it can be asked of chosen nodes alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import pyoxigraph as ox
import yaml

from kg.errors import CallError
from kg.shacl import ShaclResult
from kg.sparql.guard import check_query
from kg.sparql.names import expanded, prefixes
from kg.sparql.values import substitute
from kg.validation.findings import SEVERITIES
from kg.validation.limits import find_excess
from kg.validation.surroundings import Surroundings

_HEAD = "#+"
_FOCUS = "?focus"


class Check(NamedTuple):
    """One check: its file, its query, what its findings say, and what it follows.

    Attributes:
        file: where it stands.
        query: its text.
        code: of its findings.
        severity: of its findings.
        message: what an analyst is to mend.
        follows: the predicates that lead to what it has to know of other nodes.
    """

    file: Path
    query: str
    code: str
    severity: str
    message: str
    follows: frozenset[ox.NamedNode] = frozenset()

    def bound(self, nodes: Iterable[ox.NamedNode]) -> str:
        """Return its query, asked of `nodes` alone.

        Raises:
            CallError: the query says nowhere ``VALUES ?focus { UNDEF }``.
        """
        return substitute(self.query, {_FOCUS: " ".join(str(node) for node in nodes)})


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

    @property
    def own(self) -> list[Check]:
        """The checks of the workspace."""
        return [check for check in self.all if check.file.parent != self.trusted]

    @cached_property
    def follows(self) -> frozenset[ox.NamedNode]:
        """The predicates that any check follows."""
        return frozenset().union(*(check.follows for check in self.all))

    def results(
        self, quads: Sequence[ox.Quad], surroundings: Surroundings
    ) -> Iterator[tuple[str, ShaclResult]]:
        """Yield the code and result of every row of every check on the nodes of `quads`.

        The checks see the contribution and what is known of the nodes that the predicates they
        follow lead to, however far; those of a workspace see all of the ontology as well.
        """
        if not self.all:
            return
        if excess := find_excess(quads):
            yield excess
            return
        store = ox.Store()
        store.bulk_extend(quads)
        around = known_around(quads, self.follows, surroundings)
        store.bulk_extend(ox.Quad(*triple) for triple in around)
        described = {quad.subject for quad in quads}
        own = self.own
        for check in self.all:
            if own and check is own[0]:
                store.bulk_extend(ox.Quad(*triple) for triple in surroundings.terms)
            for row in _rows(store, check):
                if row["focus"] in described:
                    yield check.code, _result(check, row)


def known_around(
    quads: Iterable[ox.Quad], follows: frozenset[ox.NamedNode], surroundings: Surroundings
) -> Iterator[ox.Triple]:
    """Yield what is known of the nodes that `quads` lead to by the predicates `follows`.

    What `quads` describe is known from them alone; every other node is looked up where it lies.
    """
    quads = list(quads)
    seen = {quad.subject for quad in quads}
    waiting = [quad.object for quad in quads if quad.predicate in follows]
    while waiting:
        node = waiting.pop()
        if not isinstance(node, ox.NamedNode) or node in seen:
            continue
        seen.add(node)
        for triple in surroundings.describe(node):
            yield triple
            if triple.predicate in follows:
                waiting.append(triple.object)


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
    follows = _follows(file, query, says.get("follows") or [])
    return Check(file, query, str(says["code"]), severity, str(says["message"]), follows)


def _follows(file: Path, query: str, names: Any) -> frozenset[ox.NamedNode]:
    known = prefixes(query)
    if not isinstance(names, list):
        raise CallError(f"{file}: '#+ follows:' is a list of predicates: [kg:isAbout, kg:isPartOf]")
    found = set()
    for name in map(str, names):
        iri = expanded(name, known)
        if iri is None:
            raise CallError(
                f"{file}: '#+ follows:' names {name}, whose prefix the query does not declare"
            )
        found.add(ox.NamedNode(iri))
    return frozenset(found)


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
