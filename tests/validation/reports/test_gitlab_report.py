"""Code quality reports of GitLab: a path and a line each, one fingerprint a finding."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from hypothesis import given
from sample_reports import LOW, REPORT, REPORTS

from kg.validation.findings import GateReport
from kg.validation.reports import Run, write_report


def issues(report: GateReport, run: Run) -> list[dict[str, Any]]:
    return json.loads(write_report(report, "gitlab", run))


def test_an_issue_says_what_where_and_how_grave(run: Run) -> None:
    (issue,) = [each for each in issues(REPORT, run) if each["check_name"] == LOW.code]
    fingerprint = issue.pop("fingerprint")

    assert issue == {
        "description": "claim c3: The low value is above the high value.",
        "check_name": "quantity-low-above-high",
        "severity": "major",
        "location": {"path": "records/a b.yaml", "lines": {"begin": 34}},
    }
    assert len(fingerprint) == 64


def test_a_finding_that_moved_keeps_its_fingerprint(run: Run) -> None:
    before, after = (
        issues(GateReport.of([replace(LOW, line=line)]), run)[0]["fingerprint"] for line in (1, 99)
    )
    assert before == after


def test_equal_findings_of_a_file_are_told_apart(run: Run) -> None:
    twice = GateReport.of([LOW, replace(LOW, line=99)])

    first, second = (issue["fingerprint"] for issue in issues(twice, run))
    assert first != second


def test_nothing_found_is_an_empty_list(run: Run) -> None:
    assert issues(GateReport(()), run) == []


@given(REPORTS)
def test_any_report_is_what_gitlab_reads(report: GateReport) -> None:
    said = issues(report, Run(Path("/work")))

    assert len({issue["fingerprint"] for issue in said}) == len(report.findings)
    for issue in said:
        assert issue["severity"] in ("info", "minor", "major", "critical", "blocker")
        assert issue["location"]["lines"]["begin"] >= 1
        assert issue["location"]["path"] is not None
