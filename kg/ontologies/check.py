"""All that `kg ontology check` looks at: style, undeclared terms, unused schemes, and reasoning."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import DataError
from kg.ontologies.load import load_world
from kg.ontologies.reason import has_reasoner, reason
from kg.records.model import schemes
from kg.shacl import validate
from kg.shacl.graph import Graph, read_graph
from kg.shacl.terms import RDF_TYPE, plain
from kg.validation.findings import Finding, GateReport, shown
from kg.validation.term_uses import (
    Use,
    find_term,
    short,
    undeclared_findings,
    used_in_context,
    used_in_graph,
    used_in_query,
)
from kg.vocabulary.terms import KGS, KGSH, OWL, SKOS

if TYPE_CHECKING:
    from kg.validation.gate import Progress

_CODE = f"<{KGSH}code>"


@dataclass(frozen=True)
class OntologyFiles:
    """What is checked.

    Attributes:
        ontology: the Turtle files of ontology, schemes and reference data.
        shapes: the Turtle files of the gate's shapes.
        queries: the stored queries and checks.
        context: the JSON-LD context.
        style: the file or folder of the style shapes.
    """

    ontology: Sequence[Path]
    shapes: Sequence[Path]
    queries: Sequence[Path]
    context: Path
    style: Path


def check_ontology(
    files: OntologyFiles, start: Path, progress: Progress = lambda *_: None
) -> GateReport:
    """Check the ontology.

    Args:
        files: what to check.
        start: findings name files relative to this folder.
        progress: told the stage, how many steps are done, and of how many.

    Raises:
        EnvironmentFault: owlready2 or the reasoner could not run.
    """
    try:
        read = {file: read_graph(file) for file in (*files.ontology, *files.shapes)}
    except DataError as error:
        return GateReport.of([Finding("error", "rdf-syntax", str(error))])
    ontology = _union(read[file] for file in files.ontology)
    everything = _union(read.values())
    places = _Places(files.ontology, start)
    steps: tuple[Callable[[], Iterator[Finding]], ...] = (
        lambda: _style(everything, files.style, places),
        lambda: _terms(files, read, everything, start),
        lambda: _schemes(ontology, places),
        lambda: _reasoning(ontology, places),
    )
    findings: list[Finding] = []
    for number, step in enumerate(steps):
        progress("checking", number, len(steps) + 1)
        findings += step()
    return GateReport.of(findings)


def _union(graphs: Iterable[Graph]) -> Graph:
    union = Graph()
    for graph in graphs:
        union.add(graph)
    return union


@dataclass(frozen=True)
class _Places:
    """Finds the line of a term among files; the first that declares it counts."""

    files: Sequence[Path]
    start: Path

    def finding(self, code: str, message: str, iri: str, severity: str = "error") -> Finding:
        for file in self.files:
            line, column = find_term(file, iri, subject=True)
            if line:
                name = shown(file, self.start)
                return Finding(severity, code, message, name, line, column, iri)
        return Finding(severity, code, message, focus_node=iri)


def _style(graph: Graph, style: Path, places: _Places) -> Iterator[Finding]:
    codes = {
        plain(shape): plain(code)
        for shape, written in read_graph(style).column(_CODE).items()
        for code in written
    }
    for result in validate(graph, style).results:
        name = short(result.focus_node)
        if codes[result.source_shape] == "orphan-term" and name == result.focus_node:
            continue  # a stub of a foreign term has its ties at home
        yield places.finding(
            codes[result.source_shape], f"{name}: {result.message}", result.focus_node
        )


def _terms(
    files: OntologyFiles, read: Mapping[Path, Graph], everything: Graph, start: Path
) -> Iterator[Finding]:
    uses: list[Use] = []
    for file, graph in read.items():
        pointed = {node for triple in graph for node in triple[1:] if node[0] == "<"}
        uses += used_in_graph(file, sorted(map(plain, pointed)))
    for query in files.queries:
        uses += used_in_query(query)
    uses += used_in_context(files.context)
    declared = {plain(node) for node in everything.subjects(RDF_TYPE) if node[0] == "<"}
    yield from undeclared_findings(uses, declared, start)


def _schemes(graph: Graph, places: _Places) -> Iterator[Finding]:
    """Yield schemes that no key of a record takes words from, and that no aspect names."""
    used = schemes()
    start = f"{KGS}aspect/"
    concepts = _members(graph, f"{SKOS}Concept")
    aspects = {iri.removeprefix(start) for iri in concepts if iri.startswith(start)}
    for scheme in sorted(_members(graph, f"{SKOS}ConceptScheme")):
        name = scheme.removeprefix(KGS)
        if name not in used and name not in aspects:
            message = f"No key of a record takes its words from the scheme '{name}'; take it out"
            yield places.finding("unused-scheme", message, scheme)


def _members(graph: Graph, kind: str) -> set[str]:
    """Return the IRIs of a class's members, of it alone."""
    pointing = graph.backward((f"<{kind}>",), RDF_TYPE).values()
    return {plain(node) for nodes in pointing for node in nodes if node[0] == "<"}


def _reasoning(ontology: Graph, places: _Places) -> Iterator[Finding]:
    if not has_reasoner():
        yield Finding(
            "info",
            "reasoner-missing",
            "Consistency was not checked: pip install 'communique[reason]'",
        )
        return
    verdict = reason(load_world(ontology.ntriples.encode(), _members(ontology, f"{OWL}Class")))
    if not verdict.consistent:
        yield Finding(
            "error", "ontology-inconsistent", "The ontology with its data contradicts itself"
        )
    for iri in verdict.unsatisfiable:
        message = f"{short(iri)}: nothing can be a member of this class"
        yield places.finding("class-unsatisfiable", message, iri)
