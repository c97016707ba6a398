"""The gate, in its order: YAML, schema, references, text, quotes, shapes, cross-claim checks.

Every stage adds its findings; one that fails does not hide what the later ones have to say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path as FilePath

import pyoxigraph as ox

from kg.articles.text import Text, occurrences
from kg.errors import EnvironmentFault
from kg.mapping.completing import Node, complete, complete_assessment
from kg.mapping.quads import Mapper
from kg.mapping.statements import Statements
from kg.records.document import MAX_BYTES, Problem
from kg.records.model import AssessmentFile, Record
from kg.records.reader import MAX_BULK_BYTES, Reading, read
from kg.shacl import ShaclResult
from kg.shacl.graph import Graph
from kg.validation.belonging import misplaced
from kg.validation.carrying import Carrier, Mapped
from kg.validation.checks import Checks
from kg.validation.consequences import Consequences
from kg.validation.declarations import (
    Declaration,
    conflicts,
    declarations,
    declarations_in,
)
from kg.validation.evidence import evidence_problems, find_text
from kg.validation.findings import Finding, GateReport, shown
from kg.validation.own_rules import Rules
from kg.validation.positions import node_paths
from kg.validation.quotations import quotation_results
from kg.validation.rdf import rdf_suffix
from kg.validation.rdf_files import RdfFiles
from kg.validation.references import References, declared_by
from kg.validation.repetitions import repetitions
from kg.validation.rule_faults import RuleFault, Tell
from kg.validation.shapes import Shapes
from kg.validation.sources import find_sources
from kg.validation.stated_dates import wrong_days
from kg.validation.strangers import strangers
from kg.validation.surroundings import Surroundings
from kg.vocabulary.terms import ASSESSMENTS_GRAPH

RECORDS = "records"
ASSESSMENTS = "assessments"
Progress = Callable[[str, int, int], None]


@dataclass
class Judgement:
    """What the gate returns.

    Attributes:
        report: on all files.
        mapped: what may be loaded if they conform.
        rdf: what RDF says.
        declared: every shared node that a record declares, with what it says of it.
    """

    report: GateReport
    mapped: list[Mapped]
    rdf: RdfFiles
    declared: list[tuple[ox.NamedNode, Declaration]]


@dataclass(frozen=True)
class Gate:
    """The gate of one workspace.

    Attributes:
        workspace: the folder that article texts lie in.
        mapper: maps records under the workspace's base IRI.
        shapes: the package's shapes and the workspace's own.
        checks: the cross-claim checks.
        desks: id to name of the desks that may assess.
        start: the folder to which file names in findings are relative.
        given: contents that stand for those of files, such as standard input.
    """

    workspace: FilePath
    mapper: Mapper
    shapes: Shapes
    checks: Checks
    desks: dict[str, str]
    start: FilePath
    given: Mapping[FilePath, bytes] = field(default_factory=dict)

    def judge(
        self,
        files: Iterable[FilePath],
        surroundings: Surroundings,
        progress: Progress = lambda *_: None,
    ) -> Judgement:
        """Judge files as one contribution.

        Args:
            files: records in YAML, JSON or NDJSON, and RDF.
            surroundings: reference data and the last build.
            progress: told the stage, how many are done, and of how many.

        Raises:
            EnvironmentFault: a file cannot be read.
        """
        files = list(files)
        desks = tuple(quad.triple for quad in self.mapper.desks(self.desks))
        surroundings = replace(surroundings, desks=desks)
        readings = []
        rdf = RdfFiles(self.mapper.base, frozenset((*surroundings.terms, *desks)))
        for number, file in enumerate(files):
            progress("reading", number, len(files))
            if suffix := rdf_suffix(file):
                rdf.add(shown(file, self.start), _content(file, self.given), suffix)
            else:
                readings += list(read(file, _content(file, self.given)))
        faults: list[RuleFault] = []
        judgement = self._judge(readings, rdf, surroundings, progress, faults.append)
        rules = self._rule_findings(surroundings, faults)
        report = GateReport.of([*judgement.report.findings, *rdf.findings, *rules])
        return replace(judgement, report=report)

    def _rule_findings(
        self, surroundings: Surroundings, faults: Iterable[RuleFault]
    ) -> Iterator[Finding]:
        """Yield what is wrong with the workspace's own shapes and checks, `faults` of asking them.

        Those that can be read name nothing that does not exist.
        """
        for fault in (*self.shapes.faults, *self.checks.faults, *faults):
            yield fault.finding(self.start)
        rules = Rules(self.shapes.own.files, self.checks.own)
        if any(rules):
            declared = surroundings.vocabulary.declared | self.shapes.names
            yield from rules.findings(declared, self.start)

    def digests(self, judgement: Judgement) -> Iterator[tuple[str, str, str]]:
        """Yield file, relative IRI and a digest for each shared node that a file declares."""
        base = self.mapper.base
        for node, declaration in judgement.declared:
            if declaration.reading:
                name = shown(declaration.reading.file, self.start)
                yield name, node.value.removeprefix(base), declaration.digest
        for node, declaration in declarations_in(judgement.rdf.quads, base):
            for name in judgement.rdf.naming(node.value):
                yield name, node.value.removeprefix(base), declaration.digest

    def _judge(
        self,
        readings: list[Reading],
        rdf: RdfFiles,
        surroundings: Surroundings,
        progress: Progress,
        tell: Tell,
    ) -> Judgement:
        replaced = surroundings.replaced | _replaced(readings, surroundings.base)
        aside = surroundings.set_aside | _shared(readings, surroundings.base)
        around = replace(surroundings, replaced=replaced, set_aside=aside)
        references = References(around, declared_by(readings), self.desks)
        carrier = self._carrier(around, references, rdf)
        findings = [
            carrier.finding(reading, problem)
            for reading in readings
            for problem in reading.problems
        ]
        findings += [carrier.finding(*pair) for pair in self._taken_articles(readings)]
        findings += [carrier.finding(*pair) for pair in self._built_articles(readings, around)]
        mapped = []
        for number, reading in enumerate(readings):
            progress("checking", number, len(readings))
            text = find_text(self.workspace, reading.article) if reading.article else None
            problems = [*references.problems(reading), *repetitions(reading)]
            problems += evidence_problems(reading, text) if text else []
            findings += [carrier.finding(reading, problem) for problem in problems]
            mapped += self._map(reading, text, references)
        # A build loads records alone, so that they are not to rely on RDF; RDF may on them.
        around = replace(around, replaced=replaced | rdf.articles)
        carrier = self._carrier(around, references, rdf)
        results = self._results(mapped, rdf, around, progress, tell)
        declared = [pair for one in mapped for pair in self._declarations(one)]
        findings += self._graph_findings(mapped, declared, around, findings, carrier, results)
        return Judgement(GateReport.of(findings), mapped, rdf, declared)

    def _declarations(self, one: Mapped) -> Iterator[tuple[ox.NamedNode, Declaration]]:
        if isinstance(one.reading.record, Record):
            where = shown(one.reading.file, self.start)
            base = self.mapper.base
            yield from declarations(one.reading, where, one.statements, one.paths, base)

    def _taken_articles(self, readings: Sequence[Reading]) -> Iterator[tuple[Reading, Problem]]:
        """Yield records whose article another one of them records."""
        first: dict[str, Reading] = {}
        for reading in readings:
            if reading.article and ("article", "id") not in reading.broken:
                earlier = first.setdefault(reading.article.id, reading)
                if earlier is not reading:
                    yield reading, self._taken(reading.article.id, earlier.file)

    def _taken(self, article: str, file: FilePath) -> Problem:
        message = f"The article '{article}' has a record already, in {shown(file, self.start)}"
        return Problem("duplicate-id", message, ("article", "id"), value=article)

    def _built_articles(
        self, readings: Sequence[Reading], surroundings: Surroundings
    ) -> Iterator[tuple[Reading, Problem]]:
        """Yield records in the workspace's own folder whose article another file there records.

        A file elsewhere is taken for a proposal to replace that record.
        """
        own = (self.workspace / RECORDS).resolve()
        known = {reading.file: reading.file.resolve() for reading in readings}
        judged = set(known.values())
        for reading in readings:
            if reading.article is None or not known[reading.file].is_relative_to(own):
                continue
            for name in surroundings.record_paths(reading.article.id):
                other = (self.workspace / name).resolve()
                if other not in judged and other.exists():
                    yield reading, self._taken(reading.article.id, other)

    def _map(
        self, reading: Reading, text: Text | Problem | None, references: References
    ) -> list[Mapped]:
        """Map what is left of a reading, so that its shapes are checked even where parts broke."""
        content = text.content if isinstance(text, Text) else ""

        def locate(span: str) -> int | None:
            return next(iter(occurrences(content, span, limit=1)), None)

        nodes: list[Node]
        if isinstance(reading.record, Record):
            graph = f"article/{reading.record.article.id}"
            nodes = complete(
                reading.record, locate, lambda name: references.is_actor(name, reading)
            )
        elif isinstance(reading.record, AssessmentFile):
            graph = "graph/assessments"
            nodes = [
                complete_assessment(assessment, f"claim/{assessment.claim}")
                for assessment in reading.record.assessments
            ]
        else:
            return []
        try:
            statements = self.mapper.statements(graph, nodes)
        except SyntaxError:
            # A broken id makes no IRI; its own finding is already there.
            return []
        return [Mapped(reading, graph, statements, node_paths(reading, nodes))]

    def _graph_findings(
        self,
        mapped: list[Mapped],
        declared: Sequence[tuple[ox.NamedNode, Declaration]],
        surroundings: Surroundings,
        earlier: Sequence[Finding],
        carrier: Carrier,
        results: Iterable[tuple[str, ShaclResult]],
    ) -> list[Finding]:
        """Return what declarations, shapes and checks find that no earlier stage has found."""
        declared = [*declared, *declarations_in(carrier.rdf.quads, self.mapper.base)]
        found = []
        conflicting = []
        for node, declaration, problem in conflicts(declared, surroundings):
            if declaration.reading:
                found.append(carrier.finding(declaration.reading, problem))
            else:
                found += carrier.rdf.about(node, problem)
            conflicting.append(f"{node.value}/")
        consequences = Consequences(earlier, conflicting)
        found += (one for one in carrier.findings(mapped, results) if one not in consequences)
        return found

    def _results(
        self,
        mapped: list[Mapped],
        rdf: RdfFiles,
        surroundings: Surroundings,
        progress: Progress,
        tell: Tell,
    ) -> Iterator[tuple[str, ShaclResult]]:
        statements = Statements.joined(
            [Statements.of(rdf.quads), *(one.statements for one in mapped)]
        )
        yield from quotation_results(rdf.quads, surroundings, self.workspace)
        if rdf.quads:
            yield from strangers(rdf.quads, surroundings, self.shapes.target_classes)
            yield from misplaced(rdf.quads, surroundings)
            yield from wrong_days(rdf.quads)
        own = Graph(statements)
        yield from self.shapes.results(own, surroundings, progress, tell)
        yield from self.checks.results(statements, surroundings, tell)

    def _carrier(
        self, surroundings: Surroundings, references: References, rdf: RdfFiles
    ) -> Carrier:
        def elsewhere(focus_node: str) -> Iterator[Mapped]:
            relative = focus_node.removeprefix(self.mapper.base)
            for file in self._describing(focus_node, surroundings):
                for reading in read(file, _content(file, {})):
                    text = find_text(self.workspace, reading.article) if reading.article else None
                    found = self._map(reading, text, references)
                    yield from (one for one in found if relative in one.paths)

        return Carrier(self.mapper.base, self.mapper.context, self.start, elsewhere, rdf)

    def _describing(self, focus_node: str, surroundings: Surroundings) -> Iterator[FilePath]:
        """Yield the files from which the last build may have what it says of a node."""
        graphs = surroundings.graphs_of(ox.NamedNode(focus_node))
        articles = f"{self.mapper.base}article/"
        for graph in sorted(graphs):
            if graph.startswith(articles):
                names = surroundings.record_paths(graph.removeprefix(articles))
                files = (self.workspace / name for name in names)
                yield from (file for file in files if file.exists())
            elif graph == self.mapper.base + ASSESSMENTS_GRAPH:
                # Nobody notes which file an assessment is from; it names article and claim.
                article, claim = focus_node.removeprefix(self.mapper.base).split("/")[1:3]
                for file in find_sources([self.workspace / ASSESSMENTS], records_only=True):
                    content = _content(file, {})
                    if article.encode() in content and claim.encode() in content:
                        yield file


def _replaced(readings: Iterable[Reading], base: str) -> set[str]:
    """Return the graphs that records bring anew."""
    return {f"{base}article/{reading.article.id}" for reading in readings if reading.article}


def _shared(readings: Iterable[Reading], base: str) -> set[str]:
    """Return the graph that assessment files share, if any is judged.

    Nobody notes which of them an assessment is from, so that those in the last build are set aside;
    as nothing refers to an assessment, nothing breaks by that, and none of it is read.
    """
    judged = any(isinstance(reading.record, AssessmentFile) for reading in readings)
    return {base + ASSESSMENTS_GRAPH} if judged else set()


def _content(file: FilePath, given: Mapping[FilePath, bytes]) -> bytes:
    if file in given:
        return given[file]
    limit = MAX_BULK_BYTES if file.suffix == ".ndjson" else MAX_BYTES
    try:
        with file.open("rb") as stream:
            # One byte more than is allowed shows that the file is too large, however large.
            return stream.read(limit + 1)
    except OSError as error:
        raise EnvironmentFault(f"{file} cannot be read: {error.strerror}") from error
