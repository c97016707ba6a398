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

from kg.mapping.statements import Statements, Token
from kg.validation.surroundings import Surroundings

_Node = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


class Step(NamedTuple):
    """One predicate that a check follows; `back` from the object to the subject."""

    predicate: ox.NamedNode
    back: bool = False


class Reach:
    """A contribution and, looked up node by node where it lies, what checks see around it."""

    def __init__(self, statements: Statements, surroundings: Surroundings) -> None:
        """Take a contribution and what surrounds it."""
        self._surroundings = surroundings
        said: dict[Token, list[ox.Quad]] = defaultdict(list)
        subjects: dict[Token, ox.Quad] = {}
        for quad, (subject, predicate, _) in statements:
            said[predicate].append(quad)
            subjects[subject] = quad
        self._said = {quads[0].predicate: quads for quads in said.values()}
        self.described = {quad.subject for quad in subjects.values()}
        self._own: dict[tuple[frozenset[ox.NamedNode], bool], dict[_Node, list[_Node]]] = {}
        self._known: dict[ox.NamedNode, list[ox.Triple]] = {}
        self._pointing: dict[ox.NamedNode, dict[ox.NamedNode, list[_Node]] | None] = {}

    @cached_property
    def changed(self) -> dict[ox.NamedNode, list[ox.Triple]]:
        """The triples that the graph as a whole gains or loses, by predicate."""
        found: dict[ox.NamedNode, list[ox.Triple]] = defaultdict(list)
        if self._surroundings.store is not None:
            now = {quad.triple for quads in self._said.values() for quad in quads}
            for triple in set(self._surroundings.taken_out()) ^ now:
                subject = triple.subject
                if not isinstance(subject, ox.NamedNode) or triple not in self._around(subject):
                    found[triple.predicate].append(triple)
        return found

    def known(self, follows: Collection[Step], also: Iterable[_Node] = ()) -> Iterator[ox.Triple]:
        """Yield what is known elsewhere of the contribution's nodes and those they lead to.

        Args:
            follows: what leads from node to node.
            also: nodes elsewhere that are looked at as the contribution's own are.
        """
        for node in self._reached([*self.described, *also], follows):
            yield from self._around(node)

    def seen_from(
        self, follows: Collection[Step], reads: Collection[ox.NamedNode] | None
    ) -> Iterator[ox.NamedNode]:
        """Yield the nodes elsewhere that see a change.

        Args:
            follows: what leads from such a node to what it sees.
            reads: the predicates that matter; None for any.
        """
        read = self.changed.keys() if reads is None else self.changed.keys() & reads
        starts: list[_Node] = [t.subject for predicate in read for t in self.changed[predicate]]
        for step in follows:
            if step.back:
                starts += [triple.object for triple in self.changed.get(step.predicate, ())]
        turned = [Step(step.predicate, not step.back) for step in follows]
        if follows:
            found = self._reached(starts, turned)
            yield from (node for node in found if node not in self.described)

    def _reached(
        self, starts: Iterable[_Node], follows: Collection[Step]
    ) -> Iterator[ox.NamedNode]:
        """Yield `starts` and all nodes that the steps lead to from them."""
        ahead = frozenset(step.predicate for step in follows if not step.back)
        behind = frozenset(step.predicate for step in follows if step.back)
        own_ahead, own_behind = self._steps(ahead), self._steps(behind, back=True)
        seen: set[ox.NamedNode] = set()
        waiting = list(starts)
        while waiting:
            node = waiting.pop()
            if not isinstance(node, ox.NamedNode) or node in seen:
                continue
            seen.add(node)
            yield node
            if ahead:
                waiting += own_ahead.get(node, ())
                around = self._around(node)
                waiting += (triple.object for triple in around if triple.predicate in ahead)
            if behind:
                waiting += own_behind.get(node, ())
                waiting += self._pointing_at(node, behind)

    def _steps(
        self, predicates: frozenset[ox.NamedNode], *, back: bool = False
    ) -> dict[_Node, list[_Node]]:
        """Return where the contribution's own triples lead from each node."""
        found = self._own.get((predicates, back))
        if found is None:
            found = self._own[predicates, back] = defaultdict(list)
            for quad in (
                quad for predicate in predicates for quad in self._said.get(predicate, ())
            ):
                start, end = quad.subject, quad.object
                found[end if back else start].append(start if back else end)
        return found

    def _around(self, node: ox.NamedNode) -> list[ox.Triple]:
        found = self._known.get(node)
        if found is None:
            found = self._known[node] = self._surroundings.describe(node)
        return found

    def _pointing_at(
        self, node: ox.NamedNode, predicates: Iterable[ox.NamedNode]
    ) -> Iterator[_Node]:
        """Yield the subjects elsewhere that point at `node`; of most, one look-up says: none."""
        if node not in self._pointing:
            self._pointing[node] = {} if self._surroundings.is_pointed_at(node) else None
        known = self._pointing[node]
        if known is not None:
            for predicate in predicates:
                if predicate not in known:
                    known[predicate] = list(self._surroundings.pointing_at(node, predicate))
                yield from known[predicate]
