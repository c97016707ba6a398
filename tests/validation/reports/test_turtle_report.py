"""The W3C's validation report: what the recommendation asks of one, whatever a finding says."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from rdflib import RDF, SH, BNode, Graph, Literal, Namespace, URIRef
from sample_reports import LOW, MENTION, REPORT, REPORTS, SPEAKER

from kg.validation.findings import Finding, GateReport
from kg.validation.reports import Run, write_report

KGSH = Namespace("https://w3id.org/communique/shapes#")
RUN = Run(Path("/work"))


def turtle(report: GateReport) -> Graph:
    return Graph().parse(data=write_report(report, "turtle", RUN), format="turtle")


def result_of(finding: Finding, graph: Graph) -> URIRef | BNode:
    return graph.value(None, KGSH.code, Literal(finding.code))


def test_a_result_of_a_shape_has_all_that_the_w3c_names() -> None:
    graph = turtle(REPORT)
    result = result_of(LOW, graph)

    assert set(graph.predicate_objects(result)) == {
        (RDF.type, SH.ValidationResult),
        (SH.resultSeverity, SH.Violation),
        (SH.focusNode, URIRef("https://w3id.org/communique/id/claim/a/c3")),
        (SH.resultPath, URIRef("https://w3id.org/communique/ontology#low")),
        (SH.value, Literal("12000")),
        (SH.sourceShape, KGSH["figure-low-to-high"]),
        (SH.sourceConstraintComponent, SH.LessThanOrEqualsConstraintComponent),
        (SH.resultMessage, Literal("claim c3: The low value is above the high value.")),
        (KGSH.code, Literal("quantity-low-above-high")),
        (KGSH.file, Literal("records/a b.yaml")),
        (KGSH.line, Literal(34)),
        (KGSH.column, Literal(15)),
    }


def test_a_finding_that_is_about_no_node_says_where_it_is() -> None:
    graph = turtle(REPORT)
    result = result_of(SPEAKER, graph)

    assert isinstance(graph.value(result, SH.focusNode), BNode)
    assert graph.value(result, SH.sourceConstraintComponent) == KGSH.gate
    assert graph.value(result, SH.resultPath) is None
    assert graph.value(result, KGSH.key) == Literal("speaker")
    assert graph.value(result, KGSH.file) == Literal("records/a b.yaml")
    assert graph.value(result_of(MENTION, graph), SH.resultSeverity) == SH.Warning


def test_a_warning_alone_does_not_conform_to_the_w3c() -> None:
    def conforms(report: GateReport) -> Literal:
        graph = turtle(report)
        return graph.value(graph.value(None, RDF.type, SH.ValidationReport), SH.conforms)

    assert GateReport.of([MENTION]).conforms
    assert conforms(GateReport.of([MENTION])) == Literal(False)
    assert conforms(GateReport(())) == Literal(True)


def test_the_terms_beside_the_w3c_s_are_declared() -> None:
    root = Path(__file__).resolve().parents[3]
    declared = set(Graph().parse(root / "shapes" / "codes.ttl").subjects())
    used = {node for triple in turtle(REPORT) for node in triple if str(node).startswith(KGSH)}

    assert used - {URIRef(str(LOW.shape))} <= declared


@given(REPORTS)
def test_any_report_is_one_of_the_w3c(report: GateReport) -> None:
    text = write_report(report, "turtle", RUN)
    assert not {"\x1b", "\u202e", "\0"} & set(text)
    graph = Graph().parse(data=text, format="turtle")

    results = set(graph.subjects(RDF.type, SH.ValidationResult))
    assert len(results) == len(report.findings)
    assert set(graph.objects(None, SH.result)) == results
    for result in results:
        for once in (SH.focusNode, SH.resultSeverity, SH.sourceConstraintComponent):
            assert len(list(graph.objects(result, once))) == 1
        for at_most_once in (SH.resultPath, SH.value, SH.sourceShape):
            assert len(list(graph.objects(result, at_most_once))) <= 1
