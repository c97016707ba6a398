"""Annotations as GitHub Actions reads them from a step's output.

https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
"""

from __future__ import annotations

from kg.validation.findings import Finding, GateReport
from kg.validation.reports import Run
from kg.validation.reports.places import in_repository
from kg.visible import visible

_COMMANDS = {"error": "error", "warning": "warning", "info": "notice"}


def write(report: GateReport, run: Run) -> str:
    """Return a workflow command a finding, one a line."""
    return "".join(f"{_command(finding, run)}\n" for finding in report.findings)


def _command(finding: Finding, run: Run) -> str:
    properties: dict[str, str | int | None] = {}
    message = finding.message
    if finding.file is not None:
        file = in_repository(finding.file, run)
        properties = {"file": file, "line": finding.line, "col": finding.column}
        # The log of a step shows the message alone, so it says again where it is.
        places = (file, finding.line, finding.column)
        message = f"{':'.join(str(part) for part in places if part is not None)}: {message}"
    properties["title"] = finding.code
    words = ",".join(
        f"{name}={_escaped(str(value), ':,')}"
        for name, value in properties.items()
        if value is not None
    )
    return f"::{_COMMANDS[finding.severity]} {words}::{_escaped(message)}"


def _escaped(text: str, more: str = "") -> str:
    for char in f"%\r\n{more}":
        text = text.replace(char, f"%{ord(char):02X}")
    return visible(text)
