"""Compiled shapes: targets, paths and constraints, and what a violation of one says."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from kg.shacl.graph import Values
from kg.shacl.paths import Path, joined, steps
from kg.shacl.terms import RDF_TYPE, Term, sh

if TYPE_CHECKING:
    from kg.shacl.run import Run

# A predicate that is read, by which path from the focus node, and whether it is walked backwards;
# None as predicate is any of them.
Read = tuple[Path | None, Term | None, bool]

VIOLATION = sh("Violation")


class Target(NamedTuple):
    """How a shape finds its focus nodes: ``node``, ``class``, ``subjects`` or ``objects``."""

    kind: str
    term: Term


class ResultPath(NamedTuple):
    """A result's path, and the node of the shapes graph that writes it, if there is one."""

    path: Path
    node: Term | None


class Violation(NamedTuple):
    """One validation result, in tokens.

    Attributes:
        focus: the focus node.
        value: the offending value node, None where there is none.
        component: the constraint component.
        shape: the shape that was violated.
        path: the result's path, None for node shapes.
        source: the constraint itself, where it is a node of its own (sh:sparql).
        messages: literals; the shape's own unless the constraint has some.
    """

    focus: Term
    value: Term | None
    component: Term
    shape: Shape
    path: ResultPath | None
    source: Term | None = None
    messages: tuple[Term, ...] = ()


@dataclass(frozen=True)
class ValueNodes:
    """The value nodes of a set of focus nodes by one path; those without any are left out."""

    focus: Collection[Term]
    by_focus: Values

    @cached_property
    def distinct(self) -> set[Term]:
        """Every value node once."""
        return {value for values in self.by_focus.values() for value in values}

    def pairs(self, among: Collection[Term]) -> Iterator[tuple[Term, Term]]:
        """Yield focus node and value for every value that is one of `among`."""
        for focus, values in self.by_focus.items():
            for value in values:
                if value in among:
                    yield focus, value


class Constraint(ABC):
    """One constraint of a shape, checked for all its focus nodes at once."""

    @property
    @abstractmethod
    def component(self) -> Term:
        """The IRI of its constraint component."""

    @abstractmethod
    def violations(self, run: Run, shape: Shape, values: ValueNodes) -> Iterator[Violation]:
        """Yield what violates it."""

    def failing(self, run: Run, shape: Shape, values: ValueNodes) -> set[Term]:
        """Return the focus nodes that violate it."""
        return {violation.focus for violation in self.violations(run, shape, values)}

    def reads(self, before: Path | None) -> Iterator[Read]:
        """Yield what it reads beside its value nodes, `before` leading from the first focus node.

        A constraint on value nodes is given the path to them; one on focus nodes drops its end.
        """
        yield from ()

    def violation(self, shape: Shape, focus: Term, value: Term | None = None) -> Violation:
        """Return a result of this constraint."""
        return Violation(focus, value, self.component, shape, shape.path, messages=shape.messages)


@dataclass(eq=False)
class Shape:
    """A node shape, or a property shape where it has a path.

    Attributes:
        node: its IRI or blank node.
        path: of a property shape.
        targets: how it finds focus nodes by itself.
        severity: IRI.
        messages: literals.
        deactivated: whether it is switched off.
        constraints: in the order of the specification's components.
    """

    node: Term
    path: ResultPath | None = None
    targets: tuple[Target, ...] = ()
    severity: Term = VIOLATION
    messages: tuple[Term, ...] = ()
    deactivated: bool = False
    constraints: list[Constraint] = field(default_factory=list)

    def reads(self, before: Path | None = None) -> Iterator[Read]:
        """Yield every predicate the shape reads from a focus node at the end of `before`."""
        if self.deactivated:
            return
        if before is None:
            for kind, term in self.targets:
                if kind != "node":
                    yield None, RDF_TYPE if kind == "class" else term, kind == "objects"
        path = self.path.path if self.path else None
        if path:
            yield from steps(path, before)
        for constraint in self.constraints:
            ahead = before if constraint.component in ON_FOCUS else joined(before, path)
            yield from constraint.reads(ahead)


# Components that look at the focus node itself beside its value nodes.
ON_FOCUS = frozenset(
    sh(f"{name}ConstraintComponent")
    for name in ("Equals", "Disjoint", "LessThan", "LessThanOrEquals")
)
