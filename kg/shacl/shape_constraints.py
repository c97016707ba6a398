"""Constraints that ask whether value nodes conform to other shapes."""

from __future__ import annotations

from abc import abstractmethod
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import repeat

from kg.shacl.model import Constraint, Read, Shape, ValueNodes, Violation
from kg.shacl.paths import Path
from kg.shacl.run import Run
from kg.shacl.terms import Term, sh
from kg.shacl.value_constraints import ValueConstraint


@dataclass(frozen=True)
class Nested(ValueConstraint):
    """A constraint whose value nodes are judged by shapes; each wrong one is a result."""

    shapes: tuple[Shape, ...]

    @abstractmethod
    def wrong(self, run: Run, values: Collection[Term]) -> set[Term]:
        """Return those of `values` that violate it."""

    def reads(self, before: Path | None) -> Iterator[Read]:
        """Yield what the shapes read from the value nodes on."""
        for shape in self.shapes:
            yield from shape.reads(before)


class Node(Nested):
    """``sh:node``."""

    @property
    def component(self) -> Term:
        """The IRI of its constraint component."""
        return sh("NodeConstraintComponent")

    def wrong(self, run: Run, values: Collection[Term]) -> set[Term]:
        """Return the values that fail the shape."""
        return run.failing(self.shapes[0], values)


class Not(Nested):
    """``sh:not``."""

    @property
    def component(self) -> Term:
        """The IRI of its constraint component."""
        return sh("NotConstraintComponent")

    def wrong(self, run: Run, values: Collection[Term]) -> set[Term]:
        """Return the values that conform to the shape."""
        return set(values) - run.failing(self.shapes[0], values)


class And(Nested):
    """``sh:and``."""

    @property
    def component(self) -> Term:
        """The IRI of its constraint component."""
        return sh("AndConstraintComponent")

    def wrong(self, run: Run, values: Collection[Term]) -> set[Term]:
        """Return the values that fail one of the shapes."""
        return set().union(*(run.failing(shape, values) for shape in self.shapes))


class Or(Nested):
    """``sh:or``."""

    @property
    def component(self) -> Term:
        """The IRI of its constraint component."""
        return sh("OrConstraintComponent")

    def wrong(self, run: Run, values: Collection[Term]) -> set[Term]:
        """Return the values that fail all of the shapes."""
        wrong = set(values)
        for shape in self.shapes:
            wrong = run.failing(shape, wrong)
        return wrong


class Xone(Nested):
    """``sh:xone``: a shape that is listed twice counts twice."""

    @property
    def component(self) -> Term:
        """The IRI of its constraint component."""
        return sh("XoneConstraintComponent")

    def wrong(self, run: Run, values: Collection[Term]) -> set[Term]:
        """Return the values that conform to none or to several of the shapes."""
        fulfilled = dict.fromkeys(values, 0)
        for shape in self.shapes:
            failing = run.failing(shape, values)
            for value in values:
                fulfilled[value] += value not in failing
        return {value for value, times in fulfilled.items() if times != 1}


@dataclass(frozen=True)
class Property(Constraint):
    """``sh:property``: the results are those of the property shape on the value nodes."""

    shape: Shape

    @property
    def component(self) -> Term:
        """The IRI of its constraint component."""
        return sh("PropertyShapeComponent")

    def violations(self, run: Run, shape: Shape, values: ValueNodes) -> Iterator[Violation]:
        """Yield the property shape's own results, again for each node that leads to the value."""
        times = Counter(value for each in values.by_focus.values() for value in each)
        alike: dict[int, list[Term]] = {}
        for value, number in times.items():
            alike.setdefault(number, []).append(value)
        for number, nodes in alike.items():
            for violation in run.violations(self.shape, frozenset(nodes)):
                yield from repeat(violation, number)

    def failing(self, run: Run, shape: Shape, values: ValueNodes) -> set[Term]:
        """Return the focus nodes with a value that fails the property shape."""
        wrong = run.failing(self.shape, values.distinct)
        return {focus for focus, _ in values.pairs(wrong)} if wrong else set()

    def reads(self, before: Path | None) -> Iterator[Read]:
        """Yield what the property shape reads from the value nodes on."""
        yield from self.shape.reads(before)


@dataclass(frozen=True)
class Qualified(Constraint):
    """``sh:qualifiedValueShape``: how many values conform to a shape, and to no sibling of it.

    Attributes:
        shape: what is counted.
        siblings: shapes that a counted value may not conform to.
        least: ``sh:qualifiedMinCount``.
        most: ``sh:qualifiedMaxCount``.
    """

    shape: Shape
    siblings: tuple[Shape, ...]
    least: int | None
    most: int | None

    @property
    def component(self) -> Term:
        """The IRI of its constraint component, of the lower bound where it has both."""
        bound = "Min" if self.least is not None else "Max"
        return sh(f"Qualified{bound}CountConstraintComponent")

    def violations(self, run: Run, shape: Shape, values: ValueNodes) -> Iterator[Violation]:
        """Yield the focus nodes with too few or too many such values."""
        counted = values.distinct - run.failing(self.shape, values.distinct)
        for sibling in self.siblings:
            counted &= run.failing(sibling, counted)
        for focus in values.focus:
            number = sum(value in counted for value in values.by_focus.get(focus, ()))
            if self.least is not None and number < self.least:
                yield self.violation(shape, focus)
            if self.most is not None and number > self.most:
                yield self.violation(shape, focus)

    def reads(self, before: Path | None) -> Iterator[Read]:
        """Yield what the shapes read from the value nodes on."""
        for shape in (self.shape, *self.siblings):
            yield from shape.reads(before)
