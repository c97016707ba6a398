"""A contribution and, looked up node by node where it lies, what surrounds it.

Nothing is copied out of the graph around: each node that a shape looks at costs one look-up of what
it says, or one of what points at it, however large that graph is.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Protocol

from kg.shacl.graph import Graph, Triple, Values
from kg.shacl.terms import Term, is_literal


class Around(Protocol):
    """A graph that can be asked about single nodes; it leaves out what a contribution replaces.

    It may yield a triple more than once, as several named graphs say the same.
    """

    def outgoing(self, node: Term) -> Iterable[tuple[Term, Term]]:
        """Return predicate and object of every triple of `node`."""

    def incoming(self, node: Term) -> Iterable[tuple[Term, Term]]:
        """Return subject and predicate of every triple that points at `node`."""

    def subclasses(self, name: Term) -> frozenset[Term]:
        """Return a class and all classes below it."""


class Neighbourhood:
    """The union of a contribution and the graph around it, as far as it is asked for.

    Attributes:
        own: the contribution.
        lookups: how many times the graph around was asked.
    """

    def __init__(self, own: Graph, around: Around) -> None:
        """Take a contribution and what surrounds it."""
        self.own = own
        self.lookups = 0
        self._around = around
        self._out: dict[Term, dict[Term, dict[Term, None]]] = {}
        # Shapes ask for many predicates of the same nodes.
        self._known: dict[frozenset[Term], list[Term]] = {}
        self._in: dict[Term, dict[Term, list[Term]]] = {}

    def forward(self, nodes: Collection[Term], predicate: Term) -> Values:
        """Return the objects that each of `nodes` has by `predicate`."""
        found = dict(self.own.forward(nodes, predicate))
        for node in self._known_around(nodes):
            if other := self._out[node].get(predicate):
                own = found.get(node)
                found[node] = dict.fromkeys((*own, *other)) if own else other
        return found

    def backward(self, nodes: Collection[Term], predicate: Term) -> Values:
        """Return the subjects that point at each of `nodes` by `predicate`."""
        here = self.own.backward(nodes, predicate)
        found: dict[Term, Collection[Term]] = {}
        for node in nodes:
            both = (*here.get(node, ()), *self._incoming(node).get(predicate, ()))
            if both:
                found[node] = dict.fromkeys(both)
        return found

    def subjects(self, predicate: Term) -> Collection[Term]:
        """Return the contribution's subjects of `predicate`."""
        return self.own.subjects(predicate)

    def described(self, nodes: Collection[Term]) -> Iterator[Triple]:
        """Yield every triple whose subject is one of `nodes`."""
        for node in nodes:
            triples = dict.fromkeys(self.own.described((node,)))
            for predicate, values in self._outgoing(node).items():
                triples.update(dict.fromkeys((node, predicate, value) for value in values))
            yield from triples

    def subclasses(self, name: Term) -> frozenset[Term]:
        """Return a class and all classes below it."""
        return self._around.subclasses(name)

    def is_around(self, triple: Triple) -> bool:
        """Whether the graph around holds a triple."""
        subject, predicate, value = triple
        return value in self._outgoing(subject).get(predicate, ())

    def _known_around(self, nodes: Collection[Term]) -> Collection[Term]:
        """Return those of `nodes` that the graph around describes."""
        known = self._known.get(nodes) if isinstance(nodes, frozenset) else None
        if known is None:
            known = [node for node in nodes if self._outgoing(node)]
            if isinstance(nodes, frozenset):
                self._known[nodes] = known
        return known

    def _outgoing(self, node: Term) -> dict[Term, dict[Term, None]]:
        found = self._out.get(node)
        if found is None:
            found = self._out[node] = {}
            if not is_literal(node):
                self.lookups += 1
                for predicate, value in self._around.outgoing(node):
                    found.setdefault(predicate, {})[value] = None
        return found

    def _incoming(self, node: Term) -> dict[Term, list[Term]]:
        found = self._in.get(node)
        if found is None:
            found = self._in[node] = {}
            self.lookups += 1
            for subject, predicate in self._around.incoming(node):
                found.setdefault(predicate, []).append(subject)
        return found
