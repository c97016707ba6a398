"""Cross-claim checks: stored queries that must give no rows.

A check is a ``.rq`` file in ``queries/checks/`` whose head has ``#+ code:``, ``#+ severity:`` and
``#+ message:``; each row names a focus node, and may name a path and a value. ``#+ follows:``
lists the predicates that lead from a focus node to what the check has to know of others: a
contribution is judged with all that lies at the end of them, and so are the nodes elsewhere from
which they lead to something that it changes. In every scope that uses it, a check says
``VALUES ?focus { UNDEF }``, so that it can be asked of chosen nodes alone.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.mapping.statements import DEFAULT_GRAPH, Statements, Token
from kg.shacl import ShaclResult
from kg.validation.check_files import Check, read_own_check, read_shipped_check
from kg.validation.limits import find_excess
from kg.validation.patience import MAX_SECONDS, TakesTooLongError, within
from kg.validation.reach import Reach, Step
from kg.validation.rule_faults import RuleFault, Tell, find_rules, too_slow
from kg.validation.surroundings import Surroundings


@dataclass(frozen=True)
class Checks:
    """The checks of the package, in the folder `trusted`, and of a workspace.

    Attributes:
        folders: where they lie.
        trusted: the folder of the package.
        patience: seconds after which a check of a workspace is given up.
    """

    folders: tuple[Path, ...]
    trusted: Path
    patience: float = field(default_factory=lambda: MAX_SECONDS)
    _slow: dict[Path, RuleFault] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def all(self) -> list[Check]:
        """Every check that can be asked, by name, the workspace's after those of the package.

        Raises:
            EnvironmentFault: a file cannot be read.
        """
        return [*self._shipped, *self.own]

    @cached_property
    def _shipped(self) -> list[Check]:
        files = sorted(self.trusted.glob("*.rq")) if self.trusted in self.folders else []
        return [read_shipped_check(file) for file in files]

    @cached_property
    def _own(self) -> list[Check | RuleFault]:
        folders = [folder for folder in self.folders if folder != self.trusted]
        found = [each for folder in folders for each in find_rules(folder, ".rq")]
        return [each if isinstance(each, RuleFault) else read_own_check(each) for each in found]

    @property
    def own(self) -> list[Check]:
        """The checks of the workspace that can be asked."""
        return [each for each in self._own if isinstance(each, Check)]

    @property
    def faults(self) -> list[RuleFault]:
        """What is wrong with the others."""
        return [each for each in self._own if isinstance(each, RuleFault)]

    @cached_property
    def follows(self) -> frozenset[Step]:
        """What any check follows."""
        return frozenset().union(*(check.follows for check in self.all))

    @cached_property
    def reads(self) -> frozenset[Token] | None:
        """What any check reads that looks beyond its focus node; None where that may be all."""
        found: set[Token] = set()
        for check in self.all:
            if check.follows:
                if check.reads is None:
                    return None
                found |= check.reads
        return frozenset(found)

    def results(
        self,
        statements: Statements,
        surroundings: Surroundings,
        tell: Tell = lambda _: None,
    ) -> Iterator[tuple[str, ShaclResult]]:
        """Yield the code and result of every row of every check on the nodes of `statements`.

        The checks see the contribution and what is known of its nodes and of those that the
        predicates they follow lead to, however far; those of a workspace see all of the ontology as
        well. What the contribution changes may break what others said: nodes elsewhere that see it
        are checked again, by the checks that lead them there.

        Args:
            statements: the contribution.
            surroundings: what lies around it.
            tell: told what is wrong with a check of the workspace, as far as asking it shows.
        """
        if not self.all:
            return
        if excess := find_excess(statements):
            yield excess
            return
        reach = Reach(statements, surroundings)
        outside = self._outside(reach)
        around = list(reach.known(self.follows, frozenset().union(*outside)))
        store = ox.Store()
        Statements([*statements.graphs, (DEFAULT_GRAPH, around)]).load(store, self._asked_about)
        own = self.own
        for check, seeing in zip(self.all, outside, strict=True):
            if own and check is own[0]:
                store.bulk_extend(ox.Quad(*triple) for triple in surroundings.terms)
            ask = self._patiently if check in own else _rows
            for row in ask(store, check, tell):
                if (focus := str(row["focus"])) in reach.described or focus in seeing:
                    yield check.code, _result(check, row)

    @cached_property
    def _asked_about(self) -> frozenset[Token] | None:
        """What any check reads, None where that may be all; loading the rest is spared."""
        asked = [check.reads for check in self.all]
        if None in asked:
            return None
        return frozenset(name for reads in asked for name in reads or ())

    def _outside(self, reach: Reach) -> list[frozenset[Token]]:
        """Return the nodes elsewhere that each check has to be asked of again."""
        if not any(True for _ in reach.seen_from(self.follows, self.reads)):
            return [frozenset()] * len(self.all)  # so it is mostly, and one look for all tells
        return [frozenset(reach.seen_from(check.follows, check.reads)) for check in self.all]

    def _patiently(self, store: ox.Store, check: Check, tell: Tell) -> list[ox.QuerySolution]:
        """Return the rows of a workspace's check; none where it takes too long, which is told."""
        until = time.monotonic() + self.patience
        rows: dict[tuple[str, ...], ox.QuerySolution] = {}

        def ask() -> None:
            # The engine wants its answers let go of where they were asked for.
            for row in _rows(store, check, tell):
                rows[tuple(map(str, row))] = row
                if time.monotonic() > until:
                    raise TakesTooLongError

        if check.file not in self._slow:
            try:
                within(self.patience, ask)
            except TakesTooLongError:
                self._slow[check.file] = too_slow(check.file, self.patience)
            except (OSError, RuntimeError, ValueError) as error:
                tell(RuleFault(check.file, "bad-check", f"This check has no answer: {error}"))
        if check.file in self._slow:
            tell(self._slow[check.file])
            return []
        if any(row["focus"] is None for row in rows.values()):
            message = "This check gives a row without ?focus: its WHERE never binds it"
            tell(RuleFault(check.file, "bad-check", message))
        return [row for row in rows.values() if row["focus"] is not None]


def _rows(store: ox.Store, check: Check, _: Tell) -> Iterator[ox.QuerySolution]:
    answer = store.query(check.query, use_default_graph_as_union=True)
    assert isinstance(answer, ox.QuerySolutions), check.file
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
        term=_term(row),
        graph=text("article"),
    )


def _term(row: Any) -> str | None:
    try:
        return None if row["value"] is None else str(row["value"])
    except KeyError:
        return None
