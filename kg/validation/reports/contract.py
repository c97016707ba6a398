"""The JSON of the contract: the findings, their counts, and whether the data conforms."""

from __future__ import annotations

from kg.validation.findings import GateReport
from kg.validation.reports import Run
from kg.validation.reports.json_text import json_text


def write(report: GateReport, run: Run) -> str:  # noqa: ARG001  # every writer is called alike
    """Return the report as a JSON object."""
    return json_text(report.as_json())
