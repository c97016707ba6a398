"""JUnit XML: valid to what its readers agree on, a suite a file, whatever a finding says."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import xmlschema
from hypothesis import given
from sample_reports import REPORT, REPORTS

from kg.validation.findings import Finding, GateReport
from kg.validation.reports import Run, write_report

SCHEMA = xmlschema.XMLSchema(Path(__file__).resolve().parents[2] / "data" / "junit.xsd")


def junit(report: GateReport, run: Run) -> ElementTree.Element:
    return ElementTree.fromstring(write_report(report, "junit", run).encode())


def test_every_judged_file_is_a_suite(run: Run) -> None:
    whole = junit(REPORT, run)

    assert {suite.get("name"): suite.get("failures") for suite in whole} == {
        "kg": "0",
        "records/a b.yaml": "2",
        "records/c.yaml": "0",
        "records/d.yaml": "0",
    }
    assert (whole.get("tests"), whole.get("failures")) == ("5", "2")


def test_a_finding_is_a_failed_test(run: Run) -> None:
    case = junit(REPORT, run).find("testsuite[@name='records/a b.yaml']/testcase[1]")

    assert case is not None
    assert case.get("name") == "unknown-actor at 7:5: There is no actor 'x'"
    (failure,) = case
    assert failure.attrib == {"type": "unknown-actor", "message": "There is no actor 'x'"}
    assert failure.text == "records/a b.yaml:7:5: error unknown-actor: There is no actor 'x'"


def test_what_does_not_fail_the_run_is_a_passed_test_with_output(run: Run) -> None:
    case = junit(REPORT, run).find("testsuite[@name='records/c.yaml']/testcase")

    assert case is not None
    assert [child.tag for child in case] == ["system-out"]
    assert "unresolved-mention" in (case[0].text or "")


def test_the_level_decides_what_fails(run: Run) -> None:
    strict = junit(REPORT, replace(run, level="warning"))

    assert strict.find("testsuite[@name='records/c.yaml']/testcase/failure") is not None
    assert strict.find("testsuite[@name='kg']/testcase/failure") is None


def test_a_file_without_findings_is_a_passed_test(run: Run) -> None:
    (case,) = junit(REPORT, run).findall("testsuite[@name='records/d.yaml']/testcase")

    assert case.get("name") == "conforms"
    assert list(case) == []


def test_nothing_judged_is_a_document_without_suites(run: Run) -> None:
    assert list(junit(GateReport(()), run)) == []


def test_what_xml_cannot_hold_is_made_visible(run: Run) -> None:
    report = GateReport.of([Finding("error", "x", "a\0b\ufffec\x1b[31m]]>\u202e", "a.yaml", 1, 1)])

    failure = junit(report, run).find("testsuite/testcase/failure")
    assert failure is not None
    assert failure.get("message") == "a\\u0000b\\ufffec\\u001b[31m]]>\\u202e"


@given(REPORTS)
def test_any_report_is_valid(report: GateReport) -> None:
    SCHEMA.validate(write_report(report, "junit", Run(Path("/work"))))
