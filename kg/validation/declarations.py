"""Events, actors and places declared by several records must be declared alike."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from kg.mapping.statements import Said, Statements, Token
from kg.records.document import Path, Problem
from kg.records.reader import Reading
from kg.validation.surroundings import Surroundings
from kg.vocabulary.terms import (
    ASSESSMENTS_GRAPH,
    DERIVED,
    DERIVED_GRAPH,
    KG,
    RDF_TYPE,
    REFERENCE_GRAPH,
    SKOS,
)

_SAME = {f"<{RDF_TYPE}>", f"<{SKOS}prefLabel>"}
_UPWARD = {f"<{KG}actsFor>", f"<{KG}isWithin>"}
SHARED = ("event", "actor", "place")


@dataclass(frozen=True)
class Declaration:
    """What one record, or one graph of an RDF file, says of one shared node, offices included.

    Attributes:
        where: what people call the record or graph.
        triples: what it says.
        reading: the record.
        path: where it stands in the record.
    """

    where: str
    triples: frozenset[Said]
    reading: Reading | None = None
    path: Path = ()

    @property
    def digest(self) -> str:
        """What tells whether another declaration says the same."""
        text = "\n".join(sorted(map(" ".join, self.triples)))
        return hashlib.sha256(text.encode()).hexdigest()


def declarations(
    reading: Reading, where: str, statements: Statements, paths: dict[str, Path], base: str
) -> Iterator[tuple[ox.NamedNode, Declaration]]:
    """Yield every shared node that `reading`, called `where`, declares, with what it says of it."""
    said = _said(statements, base)
    for relative, path in paths.items():
        if relative in said:
            declaration = Declaration(where, said[relative], reading, path)
            yield ox.NamedNode(base + relative), declaration


def declarations_in(
    quads: Iterable[ox.Quad], base: str
) -> Iterator[tuple[ox.NamedNode, Declaration]]:
    """Yield every shared node that a graph of RDF declares, with what it says of it."""
    graphs: dict[str, list[ox.Quad]] = defaultdict(list)
    made = {base + name for name in (REFERENCE_GRAPH, DERIVED_GRAPH, ASSESSMENTS_GRAPH)}
    for quad in quads:
        graph = quad.graph_name
        name = graph.value if isinstance(graph, ox.NamedNode) else ""
        if name not in made and quad.predicate.value not in DERIVED:
            graphs[name].append(quad)
    for name, members in graphs.items():
        for relative, triples in _said(Statements.of(members), base).items():
            yield ox.NamedNode(base + relative), Declaration(_called(name), triples)


def _said(statements: Statements, base: str) -> dict[str, frozenset[Said]]:
    """Return every shared node, by relative IRI, with its triples and those of what hangs below."""
    found: dict[str, set[Said]] = defaultdict(set)
    shared = tuple(f"<{base}{kind}/" for kind in SHARED)
    for said in statements:
        if said[0].startswith(shared):
            kind, name, *_ = said[0][1:-1].removeprefix(base).split("/")
            found[f"{kind}/{name}"].add(said)
    return {relative: frozenset(triples) for relative, triples in found.items()}


def _called(graph: str) -> str:
    article = graph.rpartition("/article/")[2]
    return f"the record of {article}" if article else "what is in no graph"


def conflicts(
    declared: Sequence[tuple[ox.NamedNode, Declaration]], surroundings: Surroundings
) -> Iterator[tuple[ox.NamedNode, Declaration, Problem]]:
    """Yield a problem for each declaration that differs from one made before it or elsewhere."""
    first: dict[ox.NamedNode, Declaration] = {}
    for node, declaration in declared:
        relative = node.value.removeprefix(surroundings.base)
        noun, name = relative.split("/", 1)
        earlier = first.setdefault(node, declaration)
        if earlier.triples != declaration.triples:
            yield node, declaration, _conflict(noun, name, earlier.where, declaration.path)
            continue
        if earlier is not declaration:
            continue
        for graph, triples in surroundings.declarations(node).items():
            if triples != declaration.triples:
                yield node, declaration, _conflict(noun, name, _called(graph), declaration.path)
                break
        if _in_reference(name, noun, surroundings) and _is_another(node, declaration, surroundings):
            message = (
                f"The reference data has the {noun} '{name}' already, with another name, type or "
                "whole; leave this declaration out and the id still means it, or give yours "
                "another id"
            )
            path = (*declaration.path, "id")
            yield node, declaration, Problem("conflicting-declaration", message, path)


def _is_another(node: ox.NamedNode, declaration: Declaration, surroundings: Surroundings) -> bool:
    """Whether a record means something else by an id of the reference data.

    The reference data grows, and records must outlive that: theirs may know fewer aliases or
    offices, and a whole further up; the class and the name must be the same.
    """
    known = surroundings.known.outgoing(node)
    for subject, predicate, value in declaration.triples:
        if subject == str(node):
            if predicate in _SAME and (predicate, value) not in known:
                return True
            if predicate in _UPWARD and value not in _above(subject, predicate, surroundings):
                return True
    return False


def _above(node: Token, upward: Token, surroundings: Surroundings) -> set[Token]:
    """Return all that the reference data puts `node` under by the predicate `upward`."""
    reached: set[Token] = set()
    waiting = [node]
    while waiting:
        for predicate, value in surroundings.known.outgoing(ox.NamedNode(waiting.pop()[1:-1])):
            if predicate == upward and value not in reached:
                reached.add(value)
                waiting.append(value)
    return reached


def _in_reference(name: str, noun: str, surroundings: Surroundings) -> bool:
    vocabulary = surroundings.vocabulary
    return name in {"actor": vocabulary.actors, "place": vocabulary.places}.get(noun, frozenset())


def _conflict(noun: str, name: str, where: str, path: Path) -> Problem:
    return Problem(
        "conflicting-declaration",
        f"The {noun} '{name}' is declared otherwise in {where}; make them equal or give this one "
        "another id",
        (*path, "id"),
        value=name,
    )
