"""How far checks look: from a node along what they follow, and from a change back to who sees it.

A check says in its head which predicates lead from its focus node to what it has to know of others,
``^`` before one that is followed backwards. A change is seen by the nodes from which such a way
leads to it; those are found by going the same ways back, and no others are judged again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from functools import cached_property
from typing import NamedTuple

import pyoxigraph as ox

from kg.mapping.statements import Said, Statements, Token
from kg.shacl.terms import is_iri
from kg.validation.surroundings import Surroundings


class Step(NamedTuple):
    """One predicate that a check follows; `back` from the object to the subject."""

    predicate: Token
    back: bool = False


class Reach:
    """A contribution and, looked up node by node where it lies, what checks see around it."""

    def __init__(self, statements: Statements, surroundings: Surroundings) -> None:
        """Take a contribution and what surrounds it."""
        self._surroundings = surroundings
        self._said: dict[Token, list[Said]] = defaultdict(list)
        for said in statements:
            self._said[said[1]].append(said)
        self.described = {subject for subject, _, _ in statements}
        self._own: dict[tuple[frozenset[Token], bool], dict[Token, list[Token]]] = {}
        self._known: dict[Token, list[Said]] = {}
        self._pointing: dict[Token, dict[Token, list[Token]] | None] = {}

    @cached_property
    def changed(self) -> dict[Token, list[Said]]:
        """The triples that the graph as a whole gains or loses, by predicate."""
        found: dict[Token, list[Said]] = defaultdict(list)
        if self._surroundings.store is not None:
            now = {one for said in self._said.values() for one in said}
            before = set(_tokens(self._surroundings.taken_out()))
            for one in before ^ now:
                if not is_iri(one[0]) or one not in self._around(one[0]):
                    found[one[1]].append(one)
        return found

    def known(self, follows: Collection[Step], also: Iterable[Token] = ()) -> Iterator[Said]:
        """Yield what is known elsewhere of the contribution's nodes and those they lead to.

        Args:
            follows: what leads from node to node.
            also: nodes elsewhere that are looked at as the contribution's own are.
        """
        for node in self._reached([*self.described, *also], follows):
            yield from self._around(node)

    def seen_from(
        self, follows: Collection[Step], reads: Collection[Token] | None
    ) -> Iterator[Token]:
        """Yield the nodes elsewhere that see a change.

        Args:
            follows: what leads from such a node to what it sees.
            reads: the predicates that matter; None for any.
        """
        read = self.changed.keys() if reads is None else self.changed.keys() & reads
        starts = [subject for predicate in read for subject, _, _ in self.changed[predicate]]
        for step in follows:
            if step.back:
                starts += [value for _, _, value in self.changed.get(step.predicate, ())]
        turned = [Step(step.predicate, not step.back) for step in follows]
        if follows:
            found = self._reached(starts, turned)
            yield from (node for node in found if node not in self.described)

    def _reached(self, starts: Iterable[Token], follows: Collection[Step]) -> Iterator[Token]:
        """Yield `starts` and all nodes that the steps lead to from them."""
        ahead = frozenset(step.predicate for step in follows if not step.back)
        behind = frozenset(step.predicate for step in follows if step.back)
        own_ahead, own_behind = self._steps(ahead), self._steps(behind, back=True)
        seen: set[Token] = set()
        waiting = list(starts)
        while waiting:
            node = waiting.pop()
            if node in seen or not is_iri(node):
                continue
            seen.add(node)
            yield node
            if ahead:
                waiting += own_ahead.get(node, ())
                waiting += (value for _, by, value in self._around(node) if by in ahead)
            if behind:
                waiting += own_behind.get(node, ())
                waiting += self._pointing_at(node, behind)

    def _steps(
        self, predicates: frozenset[Token], *, back: bool = False
    ) -> dict[Token, list[Token]]:
        """Return where the contribution's own triples lead from each node."""
        found = self._own.get((predicates, back))
        if found is None:
            found = self._own[predicates, back] = defaultdict(list)
            for predicate in predicates:
                for start, _, end in self._said.get(predicate, ()):
                    found[end if back else start].append(start if back else end)
        return found

    def _around(self, node: Token) -> list[Said]:
        found = self._known.get(node)
        if found is None:
            found = self._known[node] = list(_tokens(self._surroundings.describe(_node(node))))
        return found

    def _pointing_at(self, node: Token, predicates: Iterable[Token]) -> Iterator[Token]:
        """Yield the subjects elsewhere that point at `node`; of most, one look-up says: none."""
        name = _node(node)
        if node not in self._pointing:
            self._pointing[node] = {} if self._surroundings.is_pointed_at(name) else None
        known = self._pointing[node]
        if known is not None:
            for predicate in predicates:
                if predicate not in known:
                    subjects = self._surroundings.pointing_at(name, _node(predicate))
                    known[predicate] = [str(subject) for subject in subjects]
                yield from known[predicate]


def _node(token: Token) -> ox.NamedNode:
    return ox.NamedNode(token[1:-1])


def _tokens(triples: Iterable[ox.Triple]) -> Iterator[Said]:
    for triple in triples:
        yield str(triple.subject), str(triple.predicate), str(triple.object)
