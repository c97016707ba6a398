"""Constraints on each value node by itself (https://www.w3.org/TR/shacl/#core-components)."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from kg.shacl.model import Constraint, Read, Shape, ValueNodes, Violation
from kg.shacl.paths import Path
from kg.shacl.patterns import Pattern
from kg.shacl.run import Run
from kg.shacl.terms import (
    RDF_LANG_STRING,
    RDF_TYPE,
    XSD_STRING,
    Term,
    is_blank,
    is_iri,
    is_literal,
    literal,
    sh,
    text_of,
)
from kg.shacl.values import compare, is_well_formed


class ValueConstraint(Constraint):
    """A constraint that is judged for each distinct value once."""

    @abstractmethod
    def wrong(self, run: Run, values: Collection[Term]) -> set[Term]:
        """Return those of `values` that violate it."""

    def violations(self, run: Run, shape: Shape, values: ValueNodes) -> Iterator[Violation]:
        """Yield a result for each wrong value of each focus node."""
        if wrong := self.wrong(run, values.distinct):
            for focus, value in values.pairs(wrong):
                yield self.violation(shape, focus, value)


@dataclass(frozen=True)
class Tested(ValueConstraint):
    """A constraint that a test on the term alone decides."""

    name: Term
    passes: Callable[[Term], bool]

    @property
    def component(self) -> Term:
        """The IRI of its constraint component."""
        return self.name

    def wrong(self, run: Run, values: Collection[Term]) -> set[Term]:
        """Return the values that do not pass."""
        passes = self.passes
        return {value for value in values if not passes(value)}


@dataclass(frozen=True)
class Class(ValueConstraint):
    """``sh:class``: values are instances of a class or of one below it."""

    name: Term

    @property
    def component(self) -> Term:
        """The IRI of its constraint component."""
        return sh("ClassConstraintComponent")

    def wrong(self, run: Run, values: Collection[Term]) -> set[Term]:
        """Return the values without such a type."""
        below = run.data.subclasses(self.name)
        nodes = {value for value in values if not is_literal(value)}
        types = run.data.forward(nodes, RDF_TYPE)
        right = {node for node, each in types.items() if not below.isdisjoint(each)}
        return {value for value in values if value not in right}

    def reads(self, before: Path | None) -> Iterator[Read]:
        """Yield the type of the value nodes."""
        yield before, RDF_TYPE, False


@dataclass(frozen=True)
class Matching(ValueConstraint):
    """``sh:pattern``."""

    pattern: Pattern

    @property
    def component(self) -> Term:
        """The IRI of its constraint component."""
        return sh("PatternConstraintComponent")

    def wrong(self, run: Run, values: Collection[Term]) -> set[Term]:
        """Return the values whose text does not match; blank nodes have none."""
        texts = {value: text_of(value) for value in values}
        found = self.pattern.matching({text for text in texts.values() if text is not None})
        return {value for value, text in texts.items() if text is None or text not in found}


def datatype(name: Term) -> Callable[[Term], bool]:
    """Return the test of ``sh:datatype``: the type, and a lexical form that is in it."""
    if name == XSD_STRING:
        return lambda term: term[0] == '"' and term[-1] == '"'
    if name == RDF_LANG_STRING:
        return lambda term: is_literal(term) and literal(term).datatype == name
    ending = f"^^{name}"
    return lambda term: term[0] == '"' and term.endswith(ending) and is_well_formed(term)


_KINDS: dict[Term, tuple[Callable[[Term], bool], ...]] = {
    sh("IRI"): (is_iri,),
    sh("BlankNode"): (is_blank,),
    sh("Literal"): (is_literal,),
    sh("BlankNodeOrIRI"): (is_blank, is_iri),
    sh("BlankNodeOrLiteral"): (is_blank, is_literal),
    sh("IRIOrLiteral"): (is_iri, is_literal),
}
NODE_KINDS = tuple(_KINDS)


def node_kind(name: Term) -> Callable[[Term], bool]:
    """Return the test of ``sh:nodeKind``."""
    kinds = _KINDS[name]
    return lambda term: any(kind(term) for kind in kinds)


def bound(limit: Term, allowed: tuple[int, ...]) -> Callable[[Term], bool]:
    """Return the test of ``sh:minInclusive`` and its kin: how a value compares to a limit."""
    return lambda term: compare(term, limit) in allowed


def length(least: int | None, most: int | None) -> Callable[[Term], bool]:
    """Return the test of ``sh:minLength`` and ``sh:maxLength``, in code points."""

    def passes(term: Term) -> bool:
        text = text_of(term)
        if text is None:
            return False
        return (least is None or len(text) >= least) and (most is None or len(text) <= most)

    return passes


def language_in(ranges: tuple[str, ...]) -> Callable[[Term], bool]:
    """Return the test of ``sh:languageIn``: basic filtering as of RFC 4647, ``*`` is any tag."""

    def passes(term: Term) -> bool:
        tag = literal(term).language if is_literal(term) else ""
        return bool(tag) and any(
            each in ("*", tag) or tag.startswith(f"{each}-") for each in ranges
        )

    return passes


def one_of(members: frozenset[Term]) -> Callable[[Term], bool]:
    """Return the test of ``sh:in``."""
    return members.__contains__
