"""Annotations of GitHub Actions: one a line, which nothing in a finding can break out of."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from sample_reports import REPORT, REPORTS

from kg.validation.findings import Finding, GateReport
from kg.validation.reports import Run, write_report

COMMAND = re.compile(r"::(error|warning|notice) ([^:]*)::(.*)")


def commands(report: GateReport, run: Run) -> list[str]:
    return write_report(report, "github", run).splitlines()


def test_each_finding_is_a_command(run: Run) -> None:
    assert write_report(REPORT, "github", run) == (
        "::notice title=reasoner-missing::Consistency was not checked\n"
        "::error file=records/a b.yaml,line=7,col=5,title=unknown-actor::"
        "records/a b.yaml:7:5: There is no actor 'x'\n"
        "::error file=records/a b.yaml,line=34,col=15,title=quantity-low-above-high::"
        "records/a b.yaml:34:15: claim c3: The low value is above the high value.\n"
        "::warning file=records/c.yaml,line=9,col=3,title=unresolved-mention::"
        "records/c.yaml:9:3: 'y' is not resolved\n"
    )


@pytest.mark.parametrize(
    ("file", "message", "command"),
    [
        ("a,b:c.yaml", "50% of it", "::error file=a%2Cb%3Ac.yaml,title=x::a,b:c.yaml: 50%25 of it"),
        ("%2C.yaml", "a\r\n::error::b", "file=%252C.yaml,title=x::%252C.yaml: a%0D%0A::error::b"),
        (
            "\n.yaml",
            "\x1b[31m\u202e",
            "::error file=%0A.yaml,title=x::%0A.yaml: \\u001b[31m\\u202e",
        ),
    ],
)
def test_what_means_something_to_github_is_escaped(
    file: str, message: str, command: str, run: Run
) -> None:
    (said,) = commands(GateReport.of([Finding("error", "x", message, file)]), run)

    assert said.endswith(command)


def test_in_a_repository_a_file_is_named_from_its_root(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    report = GateReport.of([Finding("error", "x", "y", "records/a.yaml", 1, 1)])

    (said,) = commands(report, Run(tmp_path / "desk"))
    assert said.startswith("::error file=desk/records/a.yaml,line=1,")


def test_nothing_found_is_no_command(run: Run) -> None:
    assert write_report(GateReport(()), "github", run) == ""


@given(REPORTS)
def test_a_finding_is_one_command_whatever_it_says(report: GateReport) -> None:
    lines = commands(report, Run(Path("/work")))

    assert len(lines) == len(report.findings)
    assert all(COMMAND.fullmatch(line) for line in lines)
