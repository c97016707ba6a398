"""Text for people: a finding a line, one code's findings together, an excerpt of the file."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_reports import REPORT, REPORTS

from kg.validation.findings import Finding, GateReport
from kg.validation.reports import Run, write_report
from kg.validation.reports.excerpts import excerpt, find_line
from kg.validation.reports.text import summary


def text(report: GateReport, run: Run) -> str:
    return write_report(report, "text", run)


def at(code: str, line: int, severity: str = "error", file: str = "a.yaml") -> Finding:
    return Finding(severity, code, f"words {line}", file, line, 3)


def test_one_code_s_findings_stand_together_the_gravest_first(run: Run) -> None:
    report = GateReport.of([at("w", 1, "warning"), at("b", 2), at("a", 3), at("b", 4)])

    assert text(report, run) == (
        "b: 2 errors\n"
        "a.yaml:2:3: error b: words 2\n"
        "a.yaml:4:3: error b: words 4\n"
        "\n"
        "a.yaml:3:3: error a: words 3\n"
        "\n"
        "a.yaml:1:3: warning w: words 1\n"
    )


def test_a_heading_says_in_how_many_files(run: Run) -> None:
    report = GateReport.of([at("a", 1), at("a", 2, file="b.yaml"), at("a", 3, "warning")])

    assert text(report, run).startswith("a: 2 errors, 1 warning in 2 files\n")


def test_the_first_finding_of_a_code_shows_the_line(run: Run) -> None:
    (run.start / "a.yaml").write_text("one\n  two: x\n  three: y\n")

    assert text(GateReport.of([at("a", 2), at("a", 3)]), run) == (
        "a: 2 errors\n"
        "a.yaml:2:3: error a: words 2\n"
        "     2 |   two: x\n"
        "       |   ^\n"
        "a.yaml:3:3: error a: words 3\n"
    )


def test_what_came_on_standard_input_is_shown_too(run: Run) -> None:
    report = replace(GateReport.of([at("a", 1, file="<stdin>")]), given={"<stdin>": b"ab: c\n"})

    assert "     1 | ab: c\n       |   ^\n" in text(report, run)


def test_colours_mark_severity_and_place(run: Run) -> None:
    (run.start / "a.yaml").write_text("one\n")

    assert text(GateReport.of([at("a", 1)]), replace(run, colour=True)) == (
        "a.yaml:1:3: \x1b[31merror\x1b[0m a: words 1\n"
        "\x1b[2m     1 | \x1b[0mone\n"
        "\x1b[2m       | \x1b[0m  \x1b[31m^\x1b[0m\n"
    )


@given(REPORTS)
def test_every_finding_is_one_line_whatever_it_says(report: GateReport) -> None:
    said = text(report, Run(Path("/nowhere")))

    assert "\x1b" not in said
    for severity, count in report.counts.items():
        lines = re.findall(rf"^(?:.*: )?{severity} .*?: ", said, re.MULTILINE)
        assert len(lines) >= count


# The counts -----------------------------------------------------------------------------------


def test_the_counts_are_by_severity() -> None:
    assert summary(REPORT) == "2 errors, 1 warning, 1 info"
    assert summary(GateReport(())) == "conforms: nothing found"


def test_where_there_are_many_findings_the_codes_are_counted_too() -> None:
    many = [at("a", line) for line in range(1, 1_201)]

    assert summary(GateReport.of([*many, at("b", 1, "warning")])) == (
        "1,200 errors, 1 warning\n    1200 a\n       1 b"
    )


# Excerpts -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "column", "shown", "before"),
    [
        ("abc", 1, "abc", 0),
        ("abc", 4, "abc", 3),
        ("북한군: x", 4, "북한군: x", 6),
        ("e\u0301a", 3, "e\u0301a", 1),
        ("\tlow: 1", 2, "→   low: 1", 4),
        ("a\x1b[31mb", 3, "a\\u001b[31mb", 7),
        ("a\u202eb", 3, "a\\u202eb", 7),
        ("🚢x", 2, "🚢x", 2),
        ("", 1, "", 0),
    ],
)
def test_the_mark_stands_under_the_column(line: str, column: int, shown: str, before: int) -> None:
    assert excerpt(line, column, 60) == (shown, before)


def test_a_column_past_the_line_has_no_excerpt() -> None:
    assert excerpt("abc", 5, 60) is None


@pytest.mark.parametrize(
    ("column", "shown", "before"),
    [
        (1, "0123456789abcdefgh…", 0),
        (18, "…89abcdefghijklmnop…", 10),
        (37, "…ijklmnopqrstuvwxyz", 19),
    ],
)
def test_a_long_line_is_cut_around_the_column(column: int, shown: str, before: int) -> None:
    assert excerpt("0123456789abcdefghijklmnopqrstuvwxyz", column, 20) == (shown, before)


@given(st.text(st.characters(exclude_categories=("Cs",))), st.data(), st.integers(20, 120))
def test_an_excerpt_fits_and_nothing_in_it_steers_a_terminal(
    line: str, data: st.DataObject, width: int
) -> None:
    column = data.draw(st.integers(1, len(line) + 1))

    cut = excerpt(line, column, width)
    assert cut is not None
    assert cut.before <= width
    assert not set(cut.shown) & set("\x1b\n\r\t\u202e\u200f\0")


def test_a_line_of_a_hundred_million_characters_is_no_burden(run: Run) -> None:
    with (run.start / "a.ndjson").open("wb") as stream:
        stream.truncate(100_000_000)

    assert find_line("a.ndjson", 2, run.start, {}) is None


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"one\r\ntwo\r\n", "two"),
        (b"\xef\xbb\xbfone\ntwo", "two"),
        (b"one\ncaf\xe9\n", "caf\\xe9"),
        (b"one\n\n", ""),
        (b"one\n", None),
    ],
)
def test_lines_are_counted_as_records_are_read(content: bytes, line: str | None, run: Run) -> None:
    (run.start / "a.yaml").write_bytes(content)

    assert find_line("a.yaml", 2, run.start, {}) == line


def test_what_cannot_be_read_again_has_no_line(run: Run) -> None:
    os.mkfifo(run.start / "pipe.yaml")
    for name in ("none.yaml", ".", "pipe.yaml", "a\0.yaml"):
        assert find_line(name, 1, run.start, {}) is None
