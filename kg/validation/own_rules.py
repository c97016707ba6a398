"""A workspace's own shapes and checks: what they name exists, for a slip of the pen finds nothing.

A shape with a misspelt target looks at no node, a check with a misspelt predicate gives no row, and
both conform in silence.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import pyoxigraph as ox

from kg.errors import did_you_mean
from kg.shacl.names import local, stranger
from kg.shacl.terms import sh
from kg.sparql.names import iris
from kg.validation.check_files import Check
from kg.validation.findings import Finding, shown
from kg.validation.term_uses import (
    SPACES,
    Use,
    find_term,
    is_term,
    undeclared_findings,
    used_in_graph,
    used_in_query,
)
from kg.vocabulary.terms import OWL, RDF_TYPE, RDFS, XSD

# What leads from a shape to the nodes and values that it looks at.
_LOOKING = frozenset(
    sh(name)
    for name in (
        *("targetClass", "targetSubjectsOf", "targetObjectsOf", "class", "path"),
        *("equals", "disjoint", "lessThan", "lessThanOrEquals"),
    )
)
_SHAPES = frozenset(sh(name) for name in ("node", "not", "property", "qualifiedValueShape"))
_SHAPE_LISTS = frozenset(sh(name) for name in ("and", "or", "xone"))
_FIRST, _REST = (ox.NamedNode(RDF_TYPE.removesuffix("type") + name) for name in ("first", "rest"))
# RDF 1.1 Concepts, section 5.1.
_DATATYPES = frozenset(
    XSD + name
    for name in (
        *("anyURI", "base64Binary", "boolean", "byte", "date", "dateTime", "dateTimeStamp"),
        *("dayTimeDuration", "decimal", "double", "duration", "float", "gDay", "gMonth"),
        *("gMonthDay", "gYear", "gYearMonth", "hexBinary", "int", "integer", "language", "long"),
        *("Name", "NCName", "negativeInteger", "NMTOKEN", "nonNegativeInteger"),
        *("nonPositiveInteger", "normalizedString", "positiveInteger", "short", "string", "time"),
        *("token", "unsignedByte", "unsignedInt", "unsignedLong", "unsignedShort"),
        "yearMonthDuration",
    )
)
_QUERIES = frozenset(sh(name) for name in ("select", "ask"))
_ANYWHERE = (RDF_TYPE.removesuffix("type"), RDFS, OWL)


class Rules(NamedTuple):
    """The rules of a workspace.

    Attributes:
        shapes: its Turtle files, those that can be read.
        checks: its checks, those that can be asked.
    """

    shapes: list[Path]
    checks: list[Check]

    def findings(self, declared: Collection[str], start: Path) -> Iterator[Finding]:
        """Yield what the rules name that does not exist.

        Args:
            declared: the IRIs of all terms, and of the shapes.
            start: the folder to which file names in findings are relative.
        """
        read = {file: _triples(file) for file in self.shapes}
        written = {triple.subject for triples in read.values() for triple in triples}
        for file, triples in read.items():
            yield from _shape_findings(file, triples, declared, start)
            yield from _unwritten(file, triples, written, start)
        for check in self.checks:
            uses = [*used_in_query(check.file), *_followed(check)]
            yield from undeclared_findings(uses, declared, start)


def _triples(file: Path) -> list[ox.Triple]:
    return [quad.triple for quad in ox.parse(path=file)]


def _shape_findings(
    file: Path, triples: list[ox.Triple], declared: Collection[str], start: Path
) -> Iterator[Finding]:
    pointed = [
        node.value
        for triple in triples
        for node in (triple.predicate, triple.object)
        if isinstance(node, ox.NamedNode)
    ]
    pointed += _queried(triples)
    yield from undeclared_findings(used_in_graph(file, pointed), declared, start)
    yield from _strangers(file, triples, start)
    yield from _elsewhere(file, triples, declared, start)


def _queried(triples: Iterable[ox.Triple]) -> Iterator[str]:
    """Yield the IRIs in the queries of constraints, whose prefixes the shapes declare."""
    triples = list(triples)
    spaces = {
        str(t.subject): _text(t.object) for t in triples if str(t.predicate) == sh("namespace")
    }
    known = {
        f"{_text(t.object)}:": spaces.get(str(t.subject), "")
        for t in triples
        if str(t.predicate) == sh("prefix")
    }
    for triple in triples:
        if str(triple.predicate) in _QUERIES:
            yield from (iri for iri, _ in iris(_text(triple.object), known))


def _strangers(file: Path, triples: Iterable[ox.Triple], start: Path) -> Iterator[Finding]:
    """Yield a finding for each name in SHACL's namespace that SHACL does not have."""
    said = {(str(triple.predicate), stranger(str(triple.predicate))): None for triple in triples}
    said |= {
        (str(triple.object), stranger(str(triple.object), as_class=True)): None
        for triple in triples
        if triple.predicate.value == RDF_TYPE
    }
    for term, wrong in said:
        if wrong:
            line, column = find_term(file, term[1:-1])
            message = f"{wrong} The rule is judged without it."
            name = shown(file, start)
            yield Finding(
                "error", "unknown-shacl-term", message, name, line, column, value=local(term)
            )


def _elsewhere(
    file: Path, triples: Iterable[ox.Triple], declared: Collection[str], start: Path
) -> Iterator[Finding]:
    """Yield a warning for each term of no vocabulary known here that a shape looks for."""
    looked_for = {
        triple.object.value: None
        for triple in triples
        if str(triple.predicate) in _LOOKING and isinstance(triple.object, ox.NamedNode)
    }
    for iri in looked_for:
        if iri not in declared and not is_term(iri) and not iri.startswith((*SPACES, *_ANYWHERE)):
            names = {
                known.removeprefix(SPACES[0]) for known in declared if known.startswith(SPACES[0])
            }
            hint = did_you_mean(iri.replace("/", "#").rpartition("#")[2], names)
            message = (
                f"Nothing in the graph is or has '{iri}', so that this rule finds nothing{hint}"
            )
            line, column = find_term(file, iri)
            yield Finding(
                "warning", "undeclared-term", message, shown(file, start), line, column, iri
            )


def _unwritten(
    file: Path, triples: list[ox.Triple], written: Collection[object], start: Path
) -> Iterator[Finding]:
    """Yield a finding for each shape that a shape names and nobody wrote, and for each datatype.

    SHACL takes a name without a shape for one that lets everything pass.
    """
    named = [
        node.value
        for node in _shapes_named(triples)
        if isinstance(node, ox.NamedNode) and node not in written
    ]
    shapes = {node.value for node in written if isinstance(node, ox.NamedNode)}
    for iri in dict.fromkeys(named):
        hint = did_you_mean(iri, shapes)
        message = f"There is no shape '{iri}', so that anything passes for it{hint}"
        yield _undeclared(file, iri, message, start)
    for triple in triples:
        if str(triple.predicate) == sh("datatype") and isinstance(triple.object, ox.NamedNode):
            iri = triple.object.value
            if iri.startswith(XSD) and iri not in _DATATYPES:
                hint = did_you_mean(iri, _DATATYPES)
                message = f"There is no datatype '{iri}', so that nothing is of it{hint}"
                yield _undeclared(file, iri, message, start)


def _shapes_named(triples: Iterable[ox.Triple]) -> Iterator[object]:
    """Yield the shapes that others name, one by one or in a list."""
    triples = list(triples)
    heads: list[object] = [t.object for t in triples if str(t.predicate) in _SHAPE_LISTS]
    members = {triple.subject: triple.object for triple in triples if triple.predicate == _FIRST}
    rest = {triple.subject: triple.object for triple in triples if triple.predicate == _REST}
    yield from (triple.object for triple in triples if str(triple.predicate) in _SHAPES)
    while heads:
        head = heads.pop()
        if isinstance(head, ox.BlankNode) and head in members:
            yield members.pop(head)
            heads.append(rest.get(head))


def _undeclared(file: Path, iri: str, message: str, start: Path) -> Finding:
    line, column = find_term(file, iri)
    return Finding("error", "undeclared-term", message, shown(file, start), line, column, value=iri)


def _followed(check: Check) -> Iterator[Use]:
    """Yield the predicates that the head of a check says it follows."""
    lines = check.query.splitlines()
    at = next((n for n, line in enumerate(lines, start=1) if line.startswith("#+ follows")), None)
    for iri in sorted({step.predicate[1:-1] for step in check.follows}):
        if is_term(iri):
            yield Use(iri, check.file, at, 1)


def _text(term: object) -> str:
    return term.value if isinstance(term, ox.Literal) else ""
