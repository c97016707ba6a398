"""Print findings in the format asked for; for people the counts beside them."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from kg import __version__
from kg.cli.terminal import colours
from kg.validation.reports import FORMATS as FORMATS
from kg.validation.reports import Run, write_report

if TYPE_CHECKING:
    from kg.validation.findings import GateReport
    from kg.validation.pages import Pages

READ_BY_PEOPLE = ("text", "github")


def print_findings(
    report: GateReport,
    form: str,
    *,
    level: str = "error",
    pages: Pages | None = None,
) -> None:
    """Print `report` to standard output; with text and annotations, the counts to standard error.

    Args:
        report: of the gate.
        form: one of `FORMATS`.
        level: the severity from which a finding fails the run.
        pages: of the codes.
    """
    run = Run(Path.cwd(), level, __version__, pages, _width(), colours(sys.stdout))
    text = write_report(report, form, run)
    if form in READ_BY_PEOPLE:
        sys.stdout.write(text)
        sys.stdout.flush()
        _print_summary(report)
    else:
        # Programs are promised UTF-8, whatever the terminal speaks.
        sys.stdout.flush()
        sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace"))
        sys.stdout.buffer.flush()


def _print_summary(report: GateReport) -> None:
    from kg.validation.reports.text import summary

    print(summary(report), file=sys.stderr)
    if report.findings and sys.stderr.isatty():
        print("'kg validate --explain CODE' says what a code means", file=sys.stderr)


def _width() -> int:
    """Return the cells of a line, where standard output is no terminal those of a wide page."""
    columns = os.get_terminal_size(sys.stdout.fileno()).columns if sys.stdout.isatty() else 0
    return max(40, columns) if columns else 100
