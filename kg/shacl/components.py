"""Constraint components that a shapes graph declares (https://www.w3.org/TR/shacl/#sparql-constraint-components)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product

from kg.shacl.graph import Graph
from kg.shacl.model import Constraint, Read, ResultPath, Shape, ValueNodes, Violation
from kg.shacl.parameters import Malformed, Parameters, ShapeError
from kg.shacl.paths import Path
from kg.shacl.prebinding import Prepared, originals, prepare
from kg.shacl.run import Run
from kg.shacl.sparql_constraints import (
    SHAPES_GRAPH,
    Select,
    filled,
    note_slow,
    prefix_lines,
    with_path,
)
from kg.shacl.terms import RDF_TYPE, Term, is_iri, plain, sh

_FIXED = ("currentShape", "shapesGraph")
_NAME = re.compile(r"[A-Za-z_]\w*")
_RESERVED = frozenset(("this", "shapesGraph", "currentShape", "path", "PATH", "value"))


@dataclass(frozen=True)
class Ask(Constraint):
    """An ASK query that is true of every right value."""

    name: Term
    query: Prepared
    messages: tuple[Term, ...]
    constants: Mapping[str, Term]

    @property
    def component(self) -> Term:
        """The IRI of its constraint component."""
        return self.name

    def violations(self, run: Run, shape: Shape, values: ValueNodes) -> Iterator[Violation]:
        """Yield a result for each value of which the query is false."""
        note_slow(run, self.query, shape)
        store = run.store()
        fixed = {**self.constants, "currentShape": shape.node, "shapesGraph": SHAPES_GRAPH}
        pairs = list(values.pairs(values.distinct))
        written = originals(store, {term for pair in pairs for term in pair})
        rows = [{"this": focus, "value": value} for focus, value in pairs]
        right = {
            tuple(written.get(row[name], row[name]) for name in ("this", "value"))
            for row in self.query.rows(store, rows, fixed)
        }
        for focus, value in pairs:
            if (focus, value) not in right:
                known = {**self.constants, "this": focus, "value": value}
                words = tuple(filled(each, known) for each in self.messages or shape.messages)
                yield self.violation(shape, focus, value)._replace(messages=words)

    def reads(self, before: Path | None) -> Iterator[Read]:
        """Yield everything: a query may look anywhere."""
        yield before, None, False


@dataclass(frozen=True)
class Component:
    """A declared component, its parameters, and the graph that holds its validators."""

    name: Term
    mandatory: tuple[Term, ...]
    optional: tuple[Term, ...]
    graph: Graph

    def constraints(self, says: Parameters, path: ResultPath | None) -> Iterator[Constraint]:
        """Yield the constraints of this component that a shape's parameters make.

        Raises:
            Malformed: a query breaks a syntax rule.
        """
        given = {name: tuple(says.graph.values(says.node, name)) for name in self._parameters}
        if not all(given[name] for name in self.mandatory):
            return
        if len(self._parameters) > 1 and any(len(values) > 1 for values in given.values()):
            raise Malformed(f"a parameter of {plain(self.name)} has more than one value")
        present = {name: values for name, values in given.items() if values}
        for values in product(*present.values()):
            constants = {local_name(n): v for n, v in zip(present, values, strict=True)}
            if (constraint := self._constraint(path, constants)) is not None:
                yield constraint

    @property
    def _parameters(self) -> tuple[Term, ...]:
        return (*self.mandatory, *self.optional)

    def _constraint(
        self, path: ResultPath | None, constants: Mapping[str, Term]
    ) -> Constraint | None:
        says = Parameters(self.graph, self.name)
        special = says.one("propertyValidator" if path else "nodeValidator")
        validator = special or says.one("validator")
        if validator is None:
            return None
        inner = Parameters(self.graph, validator)
        prefixes = prefix_lines(self.graph, validator)
        names = {local_name(name) for name in self._parameters}
        if special is not None:
            text = inner.text("select")
            if text is None:
                raise Malformed(f"a validator of {plain(self.name)} has no sh:select")
            query = prepare(with_path(text, path), prefixes, ("this",), (*names, *_FIXED), "SELECT")
            return Select(self.name, query, None, inner.texts("message"), constants)
        text = inner.text("ask")
        if text is None:
            raise Malformed(f"the validator of {plain(self.name)} has no sh:ask")
        query = prepare(text, prefixes, ("this", "value"), (*names, *_FIXED), "ASK")
        return Ask(self.name, query, inner.texts("message"), constants)


def load_components(graph: Graph, refuse: Callable[[ShapeError], None]) -> list[Component]:
    """Return the components that a shapes graph declares; `refuse` is told of malformed ones."""
    kinds = graph.subclasses(sh("ConstraintComponent"))
    nodes = {node for each in graph.backward(kinds, RDF_TYPE).values() for node in each}
    found = []
    for node in sorted(nodes):
        try:
            found.append(_load(graph, node))
        except ShapeError as error:
            refuse(error)
    return found


def _load(graph: Graph, node: Term) -> Component:
    mandatory: list[Term] = []
    optional: list[Term] = []
    try:
        for parameter in graph.values(node, sh("parameter")):
            says = Parameters(graph, parameter)
            path = says.iri("path")
            if path is None or local_name(path) in _RESERVED:
                raise Malformed("each sh:parameter has a sh:path, an IRI that ends in a free name")
            (optional if says.boolean("optional") else mandatory).append(path)
        if not mandatory:
            raise Malformed("it needs a sh:parameter that is not optional")
    except Malformed as error:
        message = f"The component {plain(node)} is malformed: {error}"
        raise ShapeError(node, message) from error
    return Component(node, tuple(sorted(mandatory)), tuple(sorted(optional)), graph)


def local_name(name: Term) -> str:
    """Return the variable a parameter's IRI stands for: what follows its last ``#`` or ``/``."""
    local = re.split(r"[#/:]", plain(name))[-1]
    if not is_iri(name) or not _NAME.fullmatch(local):
        raise Malformed(f"{plain(name)} ends in no variable's name")
    return local
