"""Events, actors and places declared by several records must be declared alike."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from kg.records.document import Path, Problem
from kg.records.reader import Reading
from kg.validation.surroundings import Surroundings
from kg.vocabulary.terms import KG, RDF_TYPE, SKOS

_SAME = {ox.NamedNode(RDF_TYPE), ox.NamedNode(f"{SKOS}prefLabel")}
_UPWARD = {ox.NamedNode(f"{KG}actsFor"), ox.NamedNode(f"{KG}isWithin")}
SHARED = ("event", "actor", "place")


@dataclass(frozen=True)
class Declaration:
    """What one record says of one shared node: its triples, offices included."""

    reading: Reading
    article: str
    path: Path
    triples: frozenset[ox.Triple]


def declarations(
    reading: Reading, article: str, quads: Sequence[ox.Quad], paths: dict[str, Path], base: str
) -> Iterator[tuple[ox.NamedNode, Declaration]]:
    """Yield every shared node that `reading` declares, with what it says of it."""
    triples: dict[str, set[ox.Triple]] = defaultdict(set)
    shared = tuple(f"{base}{kind}/" for kind in SHARED)
    for quad in quads:
        if isinstance(quad.subject, ox.NamedNode) and quad.subject.value.startswith(shared):
            triples[quad.subject.value.removeprefix(base)].add(quad.triple)
    for relative, path in paths.items():
        if relative.split("/")[0] in SHARED and relative.count("/") == 1:
            whole = set(triples[relative])
            for other, below in triples.items():
                if other.startswith(f"{relative}/"):
                    whole |= below
            node = ox.NamedNode(base + relative)
            yield node, Declaration(reading, article, path, frozenset(whole))


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
            where = f"{earlier.reading.file.name}"
            yield node, declaration, _conflict(noun, name, where, declaration.path)
            continue
        if earlier is not declaration:
            continue
        for graph, triples in surroundings.declarations(node).items():
            if triples != declaration.triples:
                where = f"the record of {graph.rsplit('/', 1)[-1]}"
                yield node, declaration, _conflict(noun, name, where, declaration.path)
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
    known = surroundings.describe(node)
    own = [triple for triple in declaration.triples if triple.subject == node]
    for triple in own:
        if triple.predicate in _SAME and triple not in known:
            return True
        if triple.predicate in _UPWARD and triple.object not in _above(node, triple, surroundings):
            return True
    return False


def _above(
    node: ox.NamedNode, triple: ox.Triple, surroundings: Surroundings
) -> set[ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple]:
    """Return all that the reference data puts `node` under by the predicate of `triple`."""
    reached: set[ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple] = set()
    waiting = [node]
    while waiting:
        for each in surroundings.describe(waiting.pop()):
            if each.predicate == triple.predicate and each.object not in reached:
                reached.add(each.object)
                if isinstance(each.object, ox.NamedNode):
                    waiting.append(each.object)
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
