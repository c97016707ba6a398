"""A W3C validation report in Turtle, with our code and the place in the file beside each result.

https://www.w3.org/TR/shacl/#validation-report
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import pyoxigraph as ox

from kg.validation.findings import Finding, GateReport
from kg.validation.reports import Run
from kg.visible import escape_unseen
from kg.vocabulary.terms import KGSH, RDF_TYPE, XSD

_SH = "http://www.w3.org/ns/shacl#"
_SEVERITIES = {"error": "Violation", "warning": "Warning", "info": "Info"}
_IRI = re.compile(r"(?:https?|urn|file):[^\x00-\x20<>\"{}|^`\\]+")
_BLANK = re.compile(r"_:[\w.-]*\w")
# As findings show values, with an IRI for a datatype behind them.
_LONGEST = 300
_PREFIXES = {"sh": _SH, "kgsh": KGSH, "xsd": XSD}


def write(report: GateReport, run: Run) -> str:  # noqa: ARG001  # every writer is called alike
    """Return the report as Turtle.

    ``sh:conforms`` is the W3C's: true only where there is no result at all, warnings included. A
    finding that is not about a node has a blank node as focus, and says with kgsh:file, kgsh:line
    and kgsh:column where it is. Findings of stages before SHACL have kgsh:gate as constraint
    component, since a result must have one.
    """
    whole = ox.BlankNode("report")
    triples = [
        ox.Triple(whole, ox.NamedNode(RDF_TYPE), _sh("ValidationReport")),
        ox.Triple(whole, _sh("conforms"), ox.Literal(not report.findings)),
    ]
    nodes = [ox.BlankNode(f"result{number + 1}") for number in range(len(report.findings))]
    triples += [ox.Triple(whole, _sh("result"), node) for node in nodes]
    for node, finding in zip(nodes, report.findings, strict=True):
        triples += [ox.Triple(node, *pair) for pair in _result(finding, node)]
    text = io.BytesIO()
    ox.serialize(triples, text, ox.RdfFormat.TURTLE, prefixes=_PREFIXES)
    return escape_unseen(text.getvalue().decode("utf-8"), _escape)


def _result(
    finding: Finding, node: ox.BlankNode
) -> Iterator[tuple[ox.NamedNode, ox.NamedNode | ox.BlankNode | ox.Literal]]:
    yield ox.NamedNode(RDF_TYPE), _sh("ValidationResult")
    yield _sh("resultSeverity"), _sh(_SEVERITIES[finding.severity])
    focus = _node(finding.focus_node) or _blank(finding.focus_node)
    yield _sh("focusNode"), focus or ox.BlankNode(f"focus-of-{node.value}")
    component = _node(finding.component) or ox.NamedNode(f"{KGSH}gate")
    yield _sh("sourceConstraintComponent"), component
    yield _sh("resultMessage"), _literal(finding.message)
    if path := _node(finding.path):
        yield _sh("resultPath"), path
    elif finding.path is not None:
        yield ox.NamedNode(f"{KGSH}key"), _literal(finding.path)
    if finding.value is not None:
        yield _sh("value"), _value(finding, finding.value)
    if shape := _node(finding.shape) or _blank(finding.shape):
        yield _sh("sourceShape"), shape
    yield ox.NamedNode(f"{KGSH}code"), _literal(finding.code)
    for name in ("file", "line", "column"):
        if (value := getattr(finding, name)) is not None:
            yield ox.NamedNode(f"{KGSH}{name}"), _literal(value)


def _node(text: str | None) -> ox.NamedNode | None:
    """Return what reads as a whole IRI as one; findings hold their terms as plain text."""
    if text is None or not _IRI.fullmatch(text):
        return None
    try:
        return ox.NamedNode(text)
    except ValueError:
        return None


def _blank(text: str | None) -> ox.BlankNode | None:
    """Return what is written as a blank node as one: one of the data, or of the shapes."""
    return ox.BlankNode(f"n{text[2:]}") if text and _BLANK.fullmatch(text) else None


def _value(finding: Finding, value: str) -> ox.NamedNode | ox.BlankNode | ox.Literal:
    """Return the value node of a result as the data has it.

    One that stands in a file and not in the graph, and one too long to be shown, is text.
    """
    term = finding.term
    if term is None or len(term) > _LONGEST:
        return _node(value) or _blank(value) or _literal(value)
    if term.startswith("_:"):
        return _blank(term) or _literal(value)
    (quad,) = ox.parse(f"<urn:x:s> <urn:x:p> {term} .", ox.RdfFormat.N_TRIPLES)
    return quad.object if isinstance(quad.object, ox.NamedNode | ox.Literal) else _literal(value)


def _literal(value: str | int) -> ox.Literal:
    """Return `value` as a literal; half a surrogate pair, which is no character, as an escape."""
    if isinstance(value, int):
        return ox.Literal(value)
    return ox.Literal(value.encode("utf-8", "backslashreplace").decode("utf-8"))


def _escape(char: str) -> str:
    return f"\\U{ord(char):08X}" if ord(char) > 0xFFFF else f"\\u{ord(char):04X}"


def _sh(name: str) -> ox.NamedNode:
    return ox.NamedNode(_SH + name)
