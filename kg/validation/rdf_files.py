"""The RDF files of one call: what they say together, and which of them says it.

They are one contribution, with the records of the call, and may refer to each other. What a file
says in no graph joins what the others say in none; blank nodes of several files are kept apart.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

import pyoxigraph as ox

from kg.records.document import Problem
from kg.shacl import ShaclResult
from kg.validation.contribution import look_through
from kg.validation.findings import Finding, sentence, shortened
from kg.validation.rdf import read_rdf
from kg.vocabulary.terms import KG

_ARTICLE = ox.NamedNode(f"{KG}Article")
_Node = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | ox.DefaultGraph


@dataclass
class RdfFiles:
    """What the RDF files of a call say, and what is wrong with each as a file.

    Attributes:
        base: the IRI under which the data stands.
        known: the terms and desks that are declared where they belong.
        quads: what may be said, of all files.
        findings: on what may not, and on what cannot be read.
    """

    base: str
    known: Collection[ox.Triple]
    quads: list[ox.Quad] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    _files: list[str] = field(default_factory=list)
    _names: dict[str, dict[str, None]] = field(default_factory=dict)

    def add(self, name: str, content: bytes, suffix: str) -> None:
        """Read one more file: its name in findings, its bytes, and the ending that tells how."""
        read = read_rdf(content, suffix)
        self.findings += [at_file(name, problem) for problem in read.problems]
        quads, refused = look_through(read.quads, self.known)
        self.findings += [self.finding(name, code, result) for code, result in refused]
        self._files.append(name)
        for quad in _apart(quads, len(self._files)):
            self.quads.append(quad)
            self._names.setdefault(_text(quad.subject), {})[name] = None

    @property
    def articles(self) -> frozenset[str]:
        """The articles that the files bring anew, by their graphs or by describing them."""
        graphs = (quad.graph_name for quad in self.quads)
        described = (quad.subject for quad in self.quads if quad.object == _ARTICLE)
        nodes = (*graphs, *described)
        return frozenset(node.value for node in nodes if isinstance(node, ox.NamedNode))

    def at(self, code: str, result: ShaclResult) -> Iterator[Finding]:
        """Yield a finding at each file that describes the focus node of a result."""
        for name in self._names.get(result.focus_node, ()):
            yield self.finding(name, code, result)

    def anywhere(self, code: str, result: ShaclResult) -> Iterator[Finding]:
        """Yield the finding for a result whose focus node is described nowhere at hand."""
        for name in self._files[:1]:
            yield self.finding(name, code, result)

    def about(self, node: ox.NamedNode, problem: Problem) -> Iterator[Finding]:
        """Yield a finding at each file that describes `node`, or an office of it."""
        for name in self.naming(node.value):
            yield Finding(
                problem.severity,
                problem.code,
                problem.message,
                name,
                focus_node=node.value,
                value=problem.value,
            )

    def naming(self, iri: str) -> list[str]:
        """Return the files that describe a node, or what hangs below it."""
        return list(
            {
                name: None
                for subject, names in self._names.items()
                if f"{subject}/".startswith(f"{iri}/")
                for name in names
            }
        )

    def finding(self, name: str, code: str, result: ShaclResult) -> Finding:
        """Return the finding for a result, by focus node and path."""
        return Finding(
            severity=result.severity,
            code=code,
            message=sentence(result.focus_node, self.base, result.message),
            file=name,
            focus_node=result.focus_node,
            path=result.path,
            value=shortened(result.value),
            shape=result.source_shape,
            component=result.component,
            term=result.term,
        )


def at_file(name: str, problem: Problem) -> Finding:
    """Return the finding for what is wrong with a file as a whole, or with its text."""
    line, column = problem.position or (1, 1)
    return Finding(
        problem.severity, problem.code, problem.message, name, line, column, value=problem.value
    )


def _apart(quads: Iterable[ox.Quad], number: int) -> Iterator[ox.Quad]:
    """Yield `quads` with blank nodes that no other number gives."""

    def renamed(node: _Node) -> _Node:
        return ox.BlankNode(f"{node.value}f{number}") if isinstance(node, ox.BlankNode) else node

    for quad in quads:
        if number > 1 and any(isinstance(node, ox.BlankNode) for node in quad):
            yield ox.Quad(*(renamed(node) for node in quad))  # type: ignore[arg-type]
        else:
            yield quad


def _text(node: object) -> str:
    return str(getattr(node, "value", node))
