"""Print findings: one a line as file:line:column, the counts at the end."""

from __future__ import annotations

import json
import sys

from kg.cli.terminal import colours
from kg.querying.formats import visible
from kg.validation.findings import Finding, GateReport

_COLOURS = {"error": "31", "warning": "33", "info": "36"}


def print_findings(report: GateReport, form: str) -> None:
    """Print `report` to standard output as ``text`` or ``json``."""
    if form == "json":
        print(json.dumps(report.as_json(), ensure_ascii=False, indent=2))
        return
    for finding in report.findings:
        print(_line(finding))
    print(summary(report), file=sys.stderr)


def summary(report: GateReport) -> str:
    """Return ``conforms`` or the counts, in a line."""
    counts = [
        f"{count} {severity}{'s' if count != 1 else ''}"
        for severity, count in report.counts.items()
        if count
    ]
    return ", ".join(counts) if counts else "conforms: nothing found"


def _line(finding: Finding) -> str:
    place = ":".join(
        str(part) for part in (finding.file, finding.line, finding.column) if part is not None
    )
    severity = finding.severity
    if colours(sys.stdout):
        severity = f"\x1b[{_COLOURS[severity]}m{severity}\x1b[0m"
    place = f"{visible(place)}: " if place else ""
    return f"{place}{severity} {finding.code}: {visible(finding.message)}"
