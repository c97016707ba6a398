"""A code quality report, which GitLab shows in merge requests at the changed lines.

https://docs.gitlab.com/ci/testing/code_quality/
"""

from __future__ import annotations

import hashlib
from collections import Counter
from typing import Any

from kg.validation.findings import Finding, GateReport
from kg.validation.reports import Run
from kg.validation.reports.json_text import json_text
from kg.validation.reports.places import in_repository

_SEVERITIES = {"error": "major", "warning": "minor", "info": "info"}


def write(report: GateReport, run: Run) -> str:
    """Return a JSON list with an issue a finding."""
    seen: Counter[tuple[str, ...]] = Counter()
    issues = [_issue(finding, run, seen) for finding in report.findings]
    return json_text(issues)


def _issue(finding: Finding, run: Run, seen: Counter[tuple[str, ...]]) -> dict[str, Any]:
    path = in_repository(finding.file, run) if finding.file is not None else "."
    # Without the line: a finding that only moved is the same. Issues of one fingerprint are taken
    # for one, so equal findings of a file are counted.
    same = (path, finding.code, finding.message)
    seen[same] += 1
    mark = "\0".join((*same, str(seen[same])))
    return {
        "description": finding.message,
        "check_name": finding.code,
        "fingerprint": hashlib.sha256(mark.encode("utf-8", "backslashreplace")).hexdigest(),
        "severity": _SEVERITIES[finding.severity],
        "location": {"path": path, "lines": {"begin": finding.line or 1}},
    }
