"""Validate with pySHACL, the reference engine, under the same report."""

from __future__ import annotations

import logging
from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import DataError
from kg.shacl.graph import Graph, read_graph
from kg.shacl.paths import Predicate, as_sparql, parse_path
from kg.shacl.report import ShaclReport, ShaclResult, severity_of, unsaid
from kg.shacl.terms import Term, plain, rdflib_term_as_token

if TYPE_CHECKING:
    import rdflib


def validate_with_pyshacl(
    data: Path | rdflib.Graph,
    shapes: Path | rdflib.Graph,
    focus_nodes: Collection[str] | None = None,
) -> ShaclReport:
    """Validate `data` against `shapes`; the arguments and errors are those of `validate`."""
    from pyshacl import validate as pyshacl_validate
    from pyshacl.errors import ReportableRuntimeError, ShapeLoadError
    from rdflib import Graph as RdflibGraph

    # rdflib logs a traceback for every ill-typed literal; the shapes report them properly.
    logging.getLogger("rdflib.term").setLevel(logging.ERROR)
    try:
        _, report, words = pyshacl_validate(
            rdflib_graph(data),
            shacl_graph=rdflib_graph(shapes),
            focus_nodes=None if focus_nodes is None else sorted(focus_nodes),
            inplace=True,
            do_owl_imports=False,
        )
    except (ReportableRuntimeError, ShapeLoadError) as error:
        raise DataError(f"The shapes cannot be used: {error}") from error
    if not isinstance(report, RdflibGraph):
        raise DataError(f"The shapes cannot be used: {words}")
    return ShaclReport.of(_results(report))


def rdflib_graph(source: Path | rdflib.Graph) -> rdflib.Graph:
    """Return `source` as an rdflib graph, its literals' lexical forms as they are written.

    Raises:
        DataError: a file is no RDF.
    """
    if not isinstance(source, Path):
        return source
    return as_rdflib(read_graph(source))


def as_rdflib(graph: Graph) -> rdflib.Graph:
    """Return a graph of columns as an rdflib graph."""
    import oxrdflib  # noqa: F401  # registers the fast parser
    import rdflib

    return rdflib.Graph().parse(data=graph.ntriples, format="ox-nt")


def _results(report: rdflib.Graph) -> list[ShaclResult]:
    from rdflib import RDF, SH

    written = Graph(
        (rdflib_term_as_token(s), rdflib_term_as_token(p), rdflib_term_as_token(o))
        for s, p, o in report
    )
    found = []
    for node in report.subjects(RDF.type, SH.ValidationResult):
        says = dict(report.predicate_objects(node))
        texts = {name: plain(rdflib_term_as_token(value)) for name, value in says.items()}
        path = says.get(SH.resultPath)
        shape, component = texts[SH.sourceShape], texts[SH.sourceConstraintComponent]
        value = says.get(SH.value)
        found.append(
            ShaclResult(
                focus_node=texts[SH.focusNode],
                path=None if path is None else _path(written, rdflib_term_as_token(path)),
                value=texts.get(SH.value),
                component=component,
                severity=severity_of(rdflib_term_as_token(says[SH.resultSeverity])),
                source_shape=shape,
                message=texts.get(SH.resultMessage) or unsaid(shape, component),
                term=None if value is None else rdflib_term_as_token(value),
            )
        )
    return found


def _path(graph: Graph, node: Term) -> str:
    path = parse_path(graph, node)
    return plain(path.iri) if isinstance(path, Predicate) else as_sparql(path)
