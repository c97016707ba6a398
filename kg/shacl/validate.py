"""Validate with pySHACL, the reference engine."""

from __future__ import annotations

import logging
from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import DataError
from kg.shacl.report import ShaclReport, ShaclResult

if TYPE_CHECKING:
    from rdflib import Graph

_SH = "http://www.w3.org/ns/shacl#"
_SEVERITIES = {_SH + "Warning": "warning", _SH + "Info": "info"}


def validate(
    data: Path | Graph,
    shapes: Path | Graph,
    focus_nodes: Collection[str] | None = None,
) -> ShaclReport:
    """Validate `data` against `shapes`.

    Args:
        data: a file, or a graph with all that the shapes look at, classes and schemes included.
        shapes: a file, a folder of Turtle files (subfolders left out), or a graph.
        focus_nodes: IRIs of the only nodes to check; without them every target is checked.

    Raises:
        DataError: a file is no RDF, or the shapes are malformed.
    """
    from pyshacl import validate as pyshacl_validate
    from pyshacl.errors import ReportableRuntimeError, ShapeLoadError
    from rdflib import Graph

    # rdflib logs a traceback for every ill-typed literal; the shapes report them properly.
    logging.getLogger("rdflib.term").setLevel(logging.ERROR)
    try:
        _, report, words = pyshacl_validate(
            load_graph(data),
            shacl_graph=load_graph(shapes),
            focus_nodes=None if focus_nodes is None else sorted(focus_nodes),
            inplace=True,
            do_owl_imports=False,
        )
    except (ReportableRuntimeError, ShapeLoadError) as error:
        raise DataError(f"The shapes cannot be used: {error}") from error
    if not isinstance(report, Graph):
        raise DataError(f"The shapes cannot be used: {words}")
    results = _results(report)
    return ShaclReport(not results, results)


def load_graph(source: Path | Graph) -> Graph:
    """Return `source` as a graph; a folder is read as the union of the Turtle files directly in it.

    Raises:
        DataError: a file is no RDF.
    """
    from rdflib import Graph

    if isinstance(source, Graph):
        return source
    graph = Graph()
    for file in sorted(source.glob("*.ttl")) if source.is_dir() else [source]:
        try:
            graph.parse(file)
        except Exception as error:  # rdflib's parsers share no root exception
            raise DataError(f"{file} is no RDF that can be read: {error}") from error
    return graph


def _results(report: Graph) -> tuple[ShaclResult, ...]:
    from rdflib import RDF, SH

    found = []
    for node in report.subjects(RDF.type, SH.ValidationResult):
        says = {predicate: str(value) for predicate, value in report.predicate_objects(node)}
        found.append(
            ShaclResult(
                focus_node=says[SH.focusNode],
                path=says.get(SH.resultPath),
                value=says.get(SH.value),
                component=says[SH.sourceConstraintComponent],
                severity=_SEVERITIES.get(says[SH.resultSeverity], "error"),
                source_shape=says[SH.sourceShape],
                message=says.get(SH.resultMessage, ""),
            )
        )
    return tuple(sorted(found, key=_key))


def _key(result: ShaclResult) -> tuple[str, ...]:
    parts = (result.focus_node, result.path, result.source_shape, result.value, result.message)
    return tuple(part or "" for part in parts)
