"""What a node of a shapes graph says, each value of the kind that SHACL's syntax rules ask for."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from sys import maxsize

from kg.errors import DataError, KgError
from kg.shacl.graph import Graph
from kg.shacl.terms import (
    RDF_LANG_STRING,
    XSD_BOOLEAN,
    XSD_INTEGER,
    XSD_STRING,
    Term,
    is_iri,
    is_literal,
    literal,
    plain,
    sh,
)
from kg.shacl.values import is_well_formed


class Malformed(Exception):
    """A node breaks a syntax rule; whoever knows which shape it belongs to says so."""


class ShapeError(DataError):
    """A shape is malformed, or has what this engine does not: `node` is the one."""

    def __init__(self, node: Term, message: str) -> None:
        """Take the node of the shapes graph and a sentence."""
        super().__init__(message)
        self.node = node


@dataclass(frozen=True)
class Parameters:
    """The values that one node has for the terms of SHACL's vocabulary.

    Every method takes a term's local name and raises `Malformed` for values of another kind.
    """

    graph: Graph
    node: Term

    def every(self, name: str) -> Collection[Term]:
        """Return all values."""
        return self.graph.values(self.node, sh(name))

    def one(self, name: str) -> Term | None:
        """Return the only value, None where there is none."""
        values = self.every(name)
        if len(values) > 1:
            raise Malformed(f"sh:{name} has more than one value")
        return next(iter(values), None)

    def iris(self, name: str) -> list[Term]:
        """Return all values, IRIs."""
        for value in self.every(name):
            if not is_iri(value):
                raise Malformed(f"sh:{name} takes IRIs, not {_named(value)}")
        return list(self.every(name))

    def iri(self, name: str) -> Term | None:
        """Return the only value, an IRI."""
        self.one(name)
        return next(iter(self.iris(name)), None)

    def count(self, name: str) -> int | None:
        """Return the only value, a whole number from 0."""
        value = self.one(name)
        if value is None:
            return None
        known = is_literal(value) and literal(value).datatype == XSD_INTEGER
        if not known or not is_well_formed(value):
            raise Malformed(f"sh:{name} takes a whole number from 0, not {_named(value)}")
        number = Decimal(literal(value).lexical)
        if not 0 <= number <= maxsize:
            raise Malformed(f"sh:{name} takes a whole number from 0, not {_named(value)}")
        return int(number)

    def boolean(self, name: str) -> bool:
        """Return whether the only value is the literal ``true``, the one that SHACL switches on."""
        value = self.one(name)
        if value is None:
            return False
        known = is_literal(value) and literal(value).datatype == XSD_BOOLEAN
        if not known or not is_well_formed(value):
            raise Malformed(f"sh:{name} takes true or false, not {_named(value)}")
        return literal(value).lexical == "true"

    def text(self, name: str) -> str | None:
        """Return the only value, a string."""
        value = self.one(name)
        if value is None:
            return None
        if not is_literal(value) or literal(value).datatype != XSD_STRING:
            raise Malformed(f"sh:{name} takes a string, not {_named(value)}")
        return literal(value).lexical

    def texts(self, name: str) -> tuple[Term, ...]:
        """Return all values, strings with or without a language, in order."""
        for value in self.every(name):
            if not is_literal(value) or literal(value).datatype not in (
                XSD_STRING,
                RDF_LANG_STRING,
            ):
                raise Malformed(f"sh:{name} takes text, not {_named(value)}")
        return tuple(sorted(self.every(name)))

    def lists(self, name: str) -> list[list[Term]]:
        """Return the members of every value, lists."""
        found = []
        for head in self.every(name):
            members = self.graph.items(head)
            if members is None:
                raise Malformed(f"sh:{name} takes a list, and this is none that is well formed")
            found.append(members)
        return found

    def members(self, name: str) -> list[Term] | None:
        """Return the members of the only value, a list."""
        self.one(name)
        return next(iter(self.lists(name)), None)


def reason(error: Exception) -> str:
    """Return the words of an error inside a sentence of another."""
    words = str(error)
    return words[0].lower() + words[1:] if isinstance(error, KgError) else words


def _named(term: Term) -> str:
    return f"'{plain(term)}'" if is_literal(term) else plain(term)
