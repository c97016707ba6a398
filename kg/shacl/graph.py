"""RDF graphs as columns: per predicate, each subject's objects, so that sets are asked at once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import pyoxigraph as ox

from kg.errors import CallError, DataError
from kg.shacl.terms import RDF_FIRST, RDF_NIL, RDF_REST, RDFS_SUBCLASS, Term, rdflib_term_as_token

if TYPE_CHECKING:
    import rdflib

Values = Mapping[Term, Collection[Term]]
Triple = tuple[Term, Term, Term]

_FEW = 8


class Data(Protocol):
    """What a validation asks of a graph; nodes without an answer are left out of it."""

    def forward(self, nodes: Collection[Term], predicate: Term) -> Values:
        """Return the objects that each of `nodes` has by `predicate`."""

    def backward(self, nodes: Collection[Term], predicate: Term) -> Values:
        """Return the subjects that point at each of `nodes` by `predicate`."""

    def subjects(self, predicate: Term) -> Collection[Term]:
        """Return every subject of `predicate`."""

    def described(self, nodes: Collection[Term]) -> Iterator[Triple]:
        """Yield every triple whose subject is one of `nodes`."""

    def subclasses(self, name: Term) -> frozenset[Term]:
        """Return a class and all classes below it."""


class Graph:
    """A graph in memory.

    Objects of one subject are a tuple while they are few and the keys of a dict beyond that, which
    keeps both memory and the look for duplicates small.
    """

    def __init__(self, triples: Iterable[Triple] = ()) -> None:
        """Take the graph's triples, as tokens."""
        self._columns: dict[Term, dict[Term, Collection[Term]]] = {}
        self._reversed: dict[Term, dict[Term, dict[Term, None]]] = {}
        self._below: dict[Term, frozenset[Term]] = {}
        self.add(triples)

    def add(self, triples: Iterable[Triple]) -> None:
        """Add triples; what stands there already stays once."""
        columns = self._columns
        same: dict[Term, Term] = {}
        for subject, predicate, value in triples:
            column = columns.get(predicate)
            if column is None:
                column = columns[predicate] = {}
            subject = same.setdefault(subject, subject)  # one object per term
            if value[0] != '"':
                value = same.setdefault(value, value)
            known = column.get(subject)
            if known is None:
                column[subject] = (value,)
            elif value not in known:
                column[subject] = _with(known, value)
        self._reversed.clear()
        self._below.clear()

    def __iter__(self) -> Iterator[Triple]:
        """Yield every triple."""
        for predicate, column in self._columns.items():
            for subject, values in column.items():
                for value in values:
                    yield subject, predicate, value

    def __len__(self) -> int:
        """Return the number of triples."""
        return sum(len(values) for column in self._columns.values() for values in column.values())

    @property
    def ntriples(self) -> str:
        """All of it as N-Triples."""
        return "".join(f"{subject} {predicate} {value} .\n" for subject, predicate, value in self)

    @property
    def predicates(self) -> Collection[Term]:
        """Every predicate."""
        return self._columns.keys()

    @property
    def nodes(self) -> set[Term]:
        """Every subject."""
        return {subject for column in self._columns.values() for subject in column}

    def column(self, predicate: Term) -> Values:
        """Return each subject's objects by `predicate`."""
        return self._columns.get(predicate, {})

    def forward(self, nodes: Collection[Term], predicate: Term) -> Values:
        """Return the objects that each of `nodes` has by `predicate`."""
        column = self._columns.get(predicate)
        if not column:
            return {}
        if len(nodes) < len(column):
            return {node: column[node] for node in nodes if node in column}
        if isinstance(nodes, (set, frozenset)) and column.keys() <= nodes:
            return column
        return {node: values for node, values in column.items() if node in nodes}

    def backward(self, nodes: Collection[Term], predicate: Term) -> Values:
        """Return the subjects that point at each of `nodes` by `predicate`."""
        pointed = self._reverse(predicate)
        return {node: pointed[node] for node in nodes if node in pointed}

    def subjects(self, predicate: Term) -> Collection[Term]:
        """Return every subject of `predicate`."""
        return self._columns.get(predicate, {}).keys()

    def objects(self, predicate: Term) -> Collection[Term]:
        """Return every object of `predicate`."""
        return self._reverse(predicate).keys()

    def described(self, nodes: Collection[Term]) -> Iterator[Triple]:
        """Yield every triple whose subject is one of `nodes`."""
        for predicate in self._columns:
            for node, values in self.forward(nodes, predicate).items():
                for value in values:
                    yield node, predicate, value

    def subclasses(self, name: Term) -> frozenset[Term]:
        """Return a class and all classes below it, circles included."""
        if name not in self._below:
            found, waiting = {name}, [name]
            while waiting:
                below = self.backward((waiting.pop(),), RDFS_SUBCLASS)
                new = {one for subjects in below.values() for one in subjects} - found
                found |= new
                waiting.extend(new)
            self._below[name] = frozenset(found)
        return self._below[name]

    def values(self, subject: Term, predicate: Term) -> Collection[Term]:
        """Return the objects of one subject."""
        return self._columns.get(predicate, {}).get(subject, ())

    def items(self, head: Term) -> list[Term] | None:
        """Return the members of an RDF list, None where it is malformed."""
        members: list[Term] = []
        seen = set()
        while head != RDF_NIL:
            first, rest = self.values(head, RDF_FIRST), self.values(head, RDF_REST)
            if head in seen or len(first) != 1 or len(rest) != 1:
                return None
            seen.add(head)
            members += first
            (head,) = rest
        return members

    def _reverse(self, predicate: Term) -> dict[Term, dict[Term, None]]:
        pointed = self._reversed.get(predicate)
        if pointed is None:
            pointed = self._reversed[predicate] = {}
            for subject, values in self._columns.get(predicate, {}).items():
                for value in values:
                    pointed.setdefault(value, {})[subject] = None
        return pointed


def read_graph(source: str | Path | rdflib.Graph | Graph) -> Graph:
    """Return a file, a folder of Turtle files (subfolders left out), or an rdflib graph.

    A graph of columns is given back as it is.

    Named graphs are united.

    Raises:
        DataError: a file is no RDF.
        CallError: there is no such file.
    """
    if isinstance(source, Graph):
        return source
    if not isinstance(source, str | Path):
        return Graph(
            (rdflib_term_as_token(s), rdflib_term_as_token(p), rdflib_term_as_token(o))
            for s, p, o, *_ in source
        )
    graph = Graph()
    place = Path(source)
    files = sorted(place.glob("*.ttl")) if place.is_dir() else [place]
    for file in files:
        graph.add(_read(file, apart=len(files) > 1))
    return graph


def _read(file: Path, *, apart: bool) -> Iterator[Triple]:
    """Yield a file's triples; blank nodes of several files are kept apart."""
    try:
        for quad in ox.parse(path=file, rename_blank_nodes=apart):
            if isinstance(quad.object, ox.Triple):
                raise DataError(f"{file} has a triple inside a triple, and SHACL knows none")
            yield str(quad.subject), str(quad.predicate), str(quad.object)
    except OSError as error:
        raise CallError(f"{file} cannot be read: {error.strerror or error}") from error
    except (SyntaxError, ValueError) as error:
        raise DataError(f"{file} is no RDF that can be read: {error}") from error


def _with(known: Collection[Term], value: Term) -> Collection[Term]:
    if isinstance(known, dict):
        known[value] = None
        return known
    return (*known, value) if len(known) < _FEW else dict.fromkeys((*known, value))
