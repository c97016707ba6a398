"""SARIF 2.1.0, which code scanning services and editors read.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
"""

from __future__ import annotations

from typing import Any

from kg.validation.findings import Finding, GateReport
from kg.validation.reports import Run
from kg.validation.reports.json_text import json_text
from kg.validation.reports.places import as_uri, in_repository

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_LEVELS = {"error": "error", "warning": "warning", "info": "note"}


def write(report: GateReport, run: Run) -> str:
    """Return a log with one run, a rule for each code found, its page as the rule's help."""
    codes = {code: number for number, code in enumerate(_codes(report))}
    log = {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "kg",
                        "fullName": "Communique gate",
                        "version": run.version,
                        "rules": [_rule(code, run) for code in codes],
                    }
                },
                "columnKind": "unicodeCodePoints",
                "results": [
                    _result(finding, codes[finding.code], run) for finding in report.findings
                ],
            }
        ],
    }
    return json_text(log)


def _codes(report: GateReport) -> list[str]:
    return sorted({finding.code for finding in report.findings})


def _rule(code: str, run: Run) -> dict[str, Any]:
    page = run.pages.get(code) if run.pages else None
    if page is None:
        # A code of a workspace's own shapes or checks, which have messages but need no page.
        return {"id": code, "shortDescription": {"text": code}, "help": {"text": code}}
    return {
        "id": code,
        "shortDescription": {"text": page.summary},
        "help": {"text": page.text, "markdown": page.text},
        "defaultConfiguration": {"level": _LEVELS[page.severity]},
    }


def _result(finding: Finding, rule: int, run: Run) -> dict[str, Any]:
    more = {
        "focusNode": finding.focus_node,
        "path": finding.path,
        "value": finding.value,
        "shape": finding.shape,
    }
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": rule,
        "level": _LEVELS[finding.severity],
        "message": {"text": finding.message},
        "locations": [],
        "properties": {name: value for name, value in more.items() if value is not None},
    }
    if finding.file is not None:
        place: dict[str, Any] = {
            "artifactLocation": {"uri": as_uri(in_repository(finding.file, run))}
        }
        if finding.line is not None:
            place["region"] = {"startLine": finding.line, "startColumn": finding.column or 1}
        result["locations"] = [{"physicalLocation": place}]
    return result
