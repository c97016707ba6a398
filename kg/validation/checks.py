"""Cross-claim checks: stored queries that must give no rows.

A check is a ``.rq`` file in ``queries/checks/`` whose head has ``#+ code:``, ``#+ severity:`` and
``#+ message:``; each row names a focus node, and may name a path and a value. ``#+ follows:``
lists the predicates that lead from a focus node to what the check has to know of others: a
contribution is judged with all that lies at the end of them, and so are the nodes elsewhere from
which they lead to something that it changes. In every scope that uses it, a check says
``VALUES ?focus { UNDEF }``, so that it can be asked of chosen nodes alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import pyoxigraph as ox
import yaml

from kg.errors import CallError, did_you_mean
from kg.mapping.statements import Statements
from kg.shacl import ShaclResult
from kg.sparql.guard import check_query
from kg.sparql.names import expanded, iris, prefixes
from kg.sparql.values import substitute
from kg.validation.findings import SEVERITIES, refuse_bad_code
from kg.validation.limits import find_excess
from kg.validation.reach import Reach, Step
from kg.validation.surroundings import Surroundings
from kg.vocabulary.terms import RDF_TYPE

_HEAD = "#+"
_FOCUS = "?focus"
_BACK = "^"
_COLUMNS = frozenset(("focus", "path", "value"))
_DECORATORS = frozenset(
    (
        *("summary", "description", "tags", "problem", "principle", "solution"),
        *("code", "severity", "message", "follows"),
    )
)
_TYPE = ox.NamedNode(RDF_TYPE)


class Check(NamedTuple):
    """One check: its file, its query, what its findings say, and what it follows.

    Attributes:
        file: where it stands.
        query: its text.
        code: of its findings.
        severity: of its findings.
        message: what an analyst is to mend.
        follows: the predicates that lead to what it has to know of other nodes.
        reads: the predicates that it reads; None where it may read any.
    """

    file: Path
    query: str
    code: str
    severity: str
    message: str
    follows: frozenset[Step] = frozenset()
    reads: frozenset[ox.NamedNode] | None = None

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
    def follows(self) -> frozenset[Step]:
        """What any check follows."""
        return frozenset().union(*(check.follows for check in self.all))

    @cached_property
    def reads(self) -> frozenset[ox.NamedNode] | None:
        """What any check reads that looks beyond its focus node; None where that may be all."""
        found: set[ox.NamedNode] = set()
        for check in self.all:
            if check.follows:
                if check.reads is None:
                    return None
                found |= check.reads
        return frozenset(found)

    def results(
        self, statements: Statements, surroundings: Surroundings
    ) -> Iterator[tuple[str, ShaclResult]]:
        """Yield the code and result of every row of every check on the nodes of `statements`.

        The checks see the contribution and what is known of its nodes and of those that the
        predicates they follow lead to, however far; those of a workspace see all of the ontology as
        well. What the contribution changes may break what others said: nodes elsewhere that see it
        are checked again, by the checks that lead them there.
        """
        if not self.all:
            return
        if excess := find_excess(statements):
            yield excess
            return
        reach = Reach(statements, surroundings)
        outside = self._outside(reach)
        store = ox.Store()
        store.bulk_extend(statements.quads)
        around = reach.known(self.follows, frozenset().union(*outside))
        store.bulk_extend(ox.Quad(*triple) for triple in around)
        own = self.own
        for check, seeing in zip(self.all, outside, strict=True):
            if own and check is own[0]:
                store.bulk_extend(ox.Quad(*triple) for triple in surroundings.terms)
            for row in _rows(store, check):
                if row["focus"] in reach.described or row["focus"] in seeing:
                    yield check.code, _result(check, row)

    def _outside(self, reach: Reach) -> list[frozenset[ox.NamedNode]]:
        """Return the nodes elsewhere that each check has to be asked of again."""
        if not any(True for _ in reach.seen_from(self.follows, self.reads)):
            return [frozenset()] * len(self.all)  # so it is mostly, and one look for all tells
        return [frozenset(reach.seen_from(check.follows, check.reads)) for check in self.all]


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
    if not trusted:
        _refuse_strange_head(file, says)
    severity = says.get("severity", "error")
    if not says.get("code") or not says.get("message") or severity not in SEVERITIES:
        raise CallError(
            f"{file} lacks '#+ code:' or '#+ message:', or has a severity that is none of "
            f"{', '.join(SEVERITIES)}"
        )
    known = prefixes(query)
    follows = _follows(file, known, says.get("follows") or [])
    # A query of ours names what it reads; a user's may say '?any ?property ?at_all'.
    reads = frozenset(_named(query, known)) if trusted else None
    return Check(file, query, str(says["code"]), severity, str(says["message"]), follows, reads)


def _refuse_strange_head(file: Path, says: Mapping[Any, Any]) -> None:
    """Refuse a decorator that no check has, and a code that no other tool could tell from words."""
    for name in says:
        if name not in _DECORATORS:
            hint = did_you_mean(str(name), _DECORATORS)
            raise CallError(f"{file} has '#+ {name}:', which no check has{hint}")
    refuse_bad_code(str(says.get("code") or "code"), str(file))


def _named(query: str, known: Mapping[str, str]) -> Iterator[ox.NamedNode]:
    yield _TYPE  # written 'a'
    for iri, _ in iris(query, known):
        yield ox.NamedNode(iri)


def _follows(file: Path, known: Mapping[str, str], names: Any) -> frozenset[Step]:
    if not isinstance(names, list):
        raise CallError(f"{file}: '#+ follows:' is a list of predicates: [kg:isAbout, kg:isPartOf]")
    found = set()
    for name in map(str, names):
        iri = expanded(name.removeprefix(_BACK), known)
        if iri is None:
            raise CallError(
                f"{file}: '#+ follows:' names {name}, whose prefix the query does not declare"
            )
        found.add(Step(ox.NamedNode(iri), back=name.startswith(_BACK)))
    return frozenset(found)


def _rows(store: ox.Store, check: Check) -> Iterator[ox.QuerySolution]:
    try:
        answer = store.query(check.query, use_default_graph_as_union=True)
    except SyntaxError as error:
        raise CallError(f"{check.file} is no SPARQL query: {error}") from error
    if not isinstance(answer, ox.QuerySolutions):
        raise CallError(f"{check.file} must SELECT ?focus, the node that is at fault")
    columns = {variable.value for variable in answer.variables}
    if "focus" not in columns:
        raise CallError(f"{check.file} must SELECT ?focus, the node that is at fault")
    if strange := sorted(columns - _COLUMNS):
        hint = did_you_mean(strange[0], _COLUMNS)
        raise CallError(f"{check.file} may SELECT ?focus, ?path, ?value, not ?{strange[0]}{hint}")
    for row in answer:
        if row["focus"] is None:
            raise CallError(f"{check.file} gives a row without ?focus: its WHERE never binds it")
        yield row


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
