"""All that `kg ontology check` looks at: style, undeclared terms, unused schemes, and reasoning."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import DataError
from kg.ontologies.load import Ontology, from_graph
from kg.ontologies.reason import has_reasoner, reason
from kg.records.model import schemes
from kg.shacl import validate
from kg.shacl.reference import rdflib_graph
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
from kg.vocabulary.terms import KGS, KGSH

if TYPE_CHECKING:
    from rdflib import Graph

    from kg.validation.gate import Progress


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
        read = {file: rdflib_graph(file) for file in (*files.ontology, *files.shapes)}
    except DataError as error:
        return GateReport.of([Finding("error", "rdf-syntax", str(error))])
    ontology = from_graph(_union(read[file] for file in files.ontology))
    everything = _union(read.values())
    places = _Places(files.ontology, start)
    steps: tuple[Callable[[], Iterator[Finding]], ...] = (
        lambda: _style(everything, files.style, places),
        lambda: _terms(files, read, everything, start),
        lambda: _schemes(ontology.graph, places),
        lambda: _reasoning(ontology, places),
    )
    findings: list[Finding] = []
    for number, step in enumerate(steps):
        progress("checking", number, len(steps) + 1)
        findings += step()
    return GateReport.of(findings)


def _union(graphs: Iterable[Graph]) -> Graph:
    from rdflib import Graph

    union = Graph()
    for graph in graphs:
        for triple in graph:
            union.add(triple)
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
        str(shape): str(code)
        for shape, predicate, code in rdflib_graph(style)
        if str(predicate) == f"{KGSH}code"
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
    from rdflib import RDF, URIRef

    uses: list[Use] = []
    for file, graph in read.items():
        pointed = (node for triple in graph for node in triple[1:])
        uses += used_in_graph(file, sorted(str(n) for n in pointed if isinstance(n, URIRef)))
    for query in files.queries:
        uses += used_in_query(query)
    uses += used_in_context(files.context)
    declared = {str(node) for node in everything.subjects(RDF.type) if isinstance(node, URIRef)}
    yield from undeclared_findings(uses, declared, start)


def _schemes(graph: Graph, places: _Places) -> Iterator[Finding]:
    """Yield schemes that no key of a record takes words from, and that no aspect names."""
    from rdflib import RDF, SKOS

    used = schemes()
    concepts = map(str, graph.subjects(RDF.type, SKOS.Concept))
    start = f"{KGS}aspect/"
    aspects = {iri.removeprefix(start) for iri in concepts if iri.startswith(start)}
    for scheme in sorted(str(node) for node in graph.subjects(RDF.type, SKOS.ConceptScheme)):
        name = scheme.removeprefix(KGS)
        if name not in used and name not in aspects:
            message = f"No key of a record takes its words from the scheme '{name}'; take it out"
            yield places.finding("unused-scheme", message, scheme)


def _reasoning(ontology: Ontology, places: _Places) -> Iterator[Finding]:
    if not has_reasoner():
        yield Finding(
            "info",
            "reasoner-missing",
            "Consistency was not checked: pip install 'communique[reason]'",
        )
        return
    verdict = reason(ontology)
    if not verdict.consistent:
        yield Finding(
            "error", "ontology-inconsistent", "The ontology with its data contradicts itself"
        )
    for iri in verdict.unsatisfiable:
        message = f"{short(iri)}: nothing can be a member of this class"
        yield places.finding("class-unsatisfiable", message, iri)
