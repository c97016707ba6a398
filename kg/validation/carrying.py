"""What shapes and checks say of a node, carried back to the line of the record that says it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path as FilePath

from kg.mapping.context import Context
from kg.mapping.statements import Statements
from kg.records.document import Path, Problem
from kg.records.reader import Reading
from kg.shacl import ShaclResult
from kg.validation.findings import Finding, sentence, shown
from kg.validation.positions import is_written, item_path, predicate_path
from kg.validation.rdf_files import RdfFiles


@dataclass(frozen=True)
class Mapped:
    """What one reading says in the graph `graph`, a relative IRI, and its nodes' places."""

    reading: Reading
    graph: str
    statements: Statements
    paths: dict[str, Path]


@dataclass(frozen=True)
class Carrier:
    """Turns problems and results into findings at a file, line and column.

    Attributes:
        base: the IRI under which the data stands.
        context: tells the record key behind a predicate.
        start: the folder to which file names in findings are relative.
        elsewhere: the mapped records, not among those judged, that describe a node.
        rdf: what is judged that is no record.
    """

    base: str
    context: Context
    start: FilePath
    elsewhere: Callable[[str], Iterable[Mapped]]
    rdf: RdfFiles

    def findings(
        self, mapped: Iterable[Mapped], results: Iterable[tuple[str, ShaclResult]]
    ) -> Iterator[Finding]:
        """Yield a finding for each result at each record and file that describes its focus node.

        Mapping completes a figure from what is written; what is wrong with the number is told where
        it is written, once.
        """
        where: dict[str, list[Mapped]] = defaultdict(list)
        for one in mapped:
            for relative in one.paths:
                where[self.base + relative].append(one)
        written, completed = set(), []
        for code, result in results:
            in_rdf = list(self.rdf.at(code, result))
            yield from in_rdf
            records = where.get(result.focus_node, [])
            if not in_rdf and not records:
                records = list(self.elsewhere(result.focus_node))
                yield from () if records else self.rdf.anywhere(code, result)
            for one in records:
                if result.graph not in (None, self.base + one.graph):
                    continue  # others say something of the node as well, and are not at fault
                if in_rdf and not _says(one, result):
                    continue
                found = self._carried(one, code, result)
                if self._is_written(one, result):
                    written.add(_cause(found))
                    yield found
                else:
                    completed.append(found)
        yield from (found for found in completed if _cause(found) not in written)

    def finding(self, reading: Reading, problem: Problem) -> Finding:
        """Return the finding for what is wrong with a record."""
        position = problem.position
        if position is None:
            position = reading.document.position(problem.path) if reading.document else None
        key = next((step for step in reversed(problem.path) if isinstance(step, str)), None)
        return Finding(
            severity=problem.severity,
            code=problem.code,
            message=problem.message,
            file=shown(reading.file, self.start),
            line=position.line if position else 1,
            column=position.column if position else 1,
            path=key,
            value=problem.value,
        )

    def _is_written(self, one: Mapped, result: ShaclResult) -> bool:
        """Whether the record writes the key that a result is about; else it follows from others."""
        document = one.reading.document
        if result.path is None or result.value is None or document is None:
            return True
        path = one.paths[result.focus_node.removeprefix(self.base)]
        return is_written(document, path, result.path, self.context)

    def _carried(self, one: Mapped, code: str, result: ShaclResult) -> Finding:
        path = one.paths[result.focus_node.removeprefix(self.base)]
        if result.path and one.reading.document:
            path = predicate_path(one.reading.document, path, result.path, self.context)
            path = item_path(one.reading.document, path, result.value)
        message = sentence(result.focus_node, self.base, result.message)
        problem = Problem(code, message, path, severity=result.severity, value=result.value)
        return replace(
            self.finding(one.reading, problem),
            focus_node=result.focus_node,
            path=result.path,
            shape=result.source_shape,
            component=result.component,
            term=result.term,
        )


def _says(one: Mapped, result: ShaclResult) -> bool:
    """Whether a record says the value that is wrong; else what RDF says of its node is."""
    if result.path is None or result.term is None:
        return True
    said = (f"<{result.focus_node}>", f"<{result.path}>", result.term)
    return said in iter(one.statements)


def _cause(finding: Finding) -> tuple[str | None, ...]:
    return finding.file, finding.severity, finding.focus_node, finding.value
