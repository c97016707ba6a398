"""Constraints on the set of value nodes that a focus node has, and on the node as a whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from kg.shacl.model import Constraint, Read, ResultPath, Shape, ValueNodes, Violation
from kg.shacl.paths import Path, Predicate
from kg.shacl.run import Run
from kg.shacl.terms import Term, is_literal, literal, sh
from kg.shacl.values import compare


@dataclass(frozen=True)
class MinCount(Constraint):
    """``sh:minCount``."""

    least: int

    @property
    def component(self) -> Term:
        """The IRI of its constraint component."""
        return sh("MinCountConstraintComponent")

    def violations(self, run: Run, shape: Shape, values: ValueNodes) -> Iterator[Violation]:
        """Yield the focus nodes with fewer values."""
        for focus in self.failing(run, shape, values):
            yield self.violation(shape, focus)

    def failing(self, run: Run, shape: Shape, values: ValueNodes) -> set[Term]:
        """Return the focus nodes with fewer values."""
        have = values.by_focus
        if self.least == 1:
            return {focus for focus in values.focus if focus not in have}
        return {focus for focus in values.focus if len(have.get(focus, ())) < self.least}


@dataclass(frozen=True)
class MaxCount(Constraint):
    """``sh:maxCount``."""

    most: int

    @property
    def component(self) -> Term:
        """The IRI of its constraint component."""
        return sh("MaxCountConstraintComponent")

    def violations(self, run: Run, shape: Shape, values: ValueNodes) -> Iterator[Violation]:
        """Yield the focus nodes with more values."""
        for focus in self.failing(run, shape, values):
            yield self.violation(shape, focus)

    def failing(self, run: Run, shape: Shape, values: ValueNodes) -> set[Term]:
        """Return the focus nodes with more values."""
        return {focus for focus, each in values.by_focus.items() if len(each) > self.most}


@dataclass(frozen=True)
class UniqueLang(Constraint):
    """``sh:uniqueLang``: no language twice, their case aside."""

    @property
    def component(self) -> Term:
        """The IRI of its constraint component."""
        return sh("UniqueLangConstraintComponent")

    def violations(self, run: Run, shape: Shape, values: ValueNodes) -> Iterator[Violation]:
        """Yield a result for each language that a focus node uses twice."""
        for focus, each in values.by_focus.items():
            if len(each) > 1:
                used = Counter(literal(value).language for value in each if is_literal(value))
                for language, times in used.items():
                    if language and times > 1:
                        yield self.violation(shape, focus)


@dataclass(frozen=True)
class HasValue(Constraint):
    """``sh:hasValue``."""

    wanted: Term

    @property
    def component(self) -> Term:
        """The IRI of its constraint component."""
        return sh("HasValueConstraintComponent")

    def violations(self, run: Run, shape: Shape, values: ValueNodes) -> Iterator[Violation]:
        """Yield the focus nodes without the value."""
        for focus in values.focus:
            if self.wanted not in values.by_focus.get(focus, ()):
                yield self.violation(shape, focus)


@dataclass(frozen=True)
class Pair(Constraint):
    """A constraint that compares the value nodes with those of another predicate."""

    other: Term

    def reads(self, before: Path | None) -> Iterator[Read]:
        """Yield the other predicate, of the focus node itself."""
        yield before, self.other, False

    def others(self, run: Run, values: ValueNodes) -> ValueNodes:
        """Return the value nodes of the other predicate."""
        return run.value_nodes(frozenset(values.focus), Predicate(self.other))


@dataclass(frozen=True)
class Equals(Pair):
    """``sh:equals``: the same values, those that only one side has are results."""

    @property
    def component(self) -> Term:
        """The IRI of its constraint component."""
        return sh("EqualsConstraintComponent")

    def violations(self, run: Run, shape: Shape, values: ValueNodes) -> Iterator[Violation]:
        """Yield the values that only one side has."""
        others = self.others(run, values).by_focus
        for focus in {**values.by_focus, **others}:
            here, there = values.by_focus.get(focus, ()), others.get(focus, ())
            if here != there:
                for value in set(here) ^ set(there):
                    yield self.violation(shape, focus, value)


@dataclass(frozen=True)
class Disjoint(Pair):
    """``sh:disjoint``: no value in common."""

    @property
    def component(self) -> Term:
        """The IRI of its constraint component."""
        return sh("DisjointConstraintComponent")

    def violations(self, run: Run, shape: Shape, values: ValueNodes) -> Iterator[Violation]:
        """Yield the values that both sides have."""
        others = self.others(run, values).by_focus
        for focus, here in values.by_focus.items():
            for value in set(here) & set(others.get(focus, ())):
                yield self.violation(shape, focus, value)


@dataclass(frozen=True)
class LessThan(Pair):
    """``sh:lessThan`` and, where `equal`, ``sh:lessThanOrEquals``."""

    equal: bool = False

    @property
    def component(self) -> Term:
        """The IRI of its constraint component."""
        return sh(f"LessThan{'OrEquals' if self.equal else ''}ConstraintComponent")

    def violations(self, run: Run, shape: Shape, values: ValueNodes) -> Iterator[Violation]:
        """Yield each value that is not before each of the others; neither is a result as well."""
        allowed = (-1, 0) if self.equal else (-1,)
        others = self.others(run, values).by_focus
        for focus, here in values.by_focus.items():
            for other in others.get(focus, ()):
                for value in here:
                    if compare(value, other) not in allowed:
                        yield self.violation(shape, focus, value)


@dataclass(frozen=True)
class Closed(Constraint):
    """``sh:closed``: no predicates but those of the shape's own properties and `ignored`."""

    allowed: frozenset[Term]

    @property
    def component(self) -> Term:
        """The IRI of its constraint component."""
        return sh("ClosedConstraintComponent")

    def violations(self, run: Run, shape: Shape, values: ValueNodes) -> Iterator[Violation]:
        """Yield every other predicate of a value node as the result's path."""
        described: dict[Term, list[tuple[Term, Term]]] = {}
        for node, predicate, value in run.data.described(values.distinct):
            if predicate not in self.allowed:
                described.setdefault(node, []).append((predicate, value))
        for focus, node in values.pairs(described):
            for predicate, value in described[node]:
                path = ResultPath(Predicate(predicate), predicate)
                yield self.violation(shape, focus, value)._replace(path=path)

    def reads(self, before: Path | None) -> Iterator[Read]:
        """Yield every predicate of the value nodes."""
        yield before, None, False
