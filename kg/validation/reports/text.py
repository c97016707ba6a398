"""Findings for people: one a line as file:line:column, those of one code together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from kg.validation.findings import SEVERITIES, Finding, GateReport
from kg.validation.reports import Run
from kg.validation.reports.excerpts import excerpt, find_line
from kg.visible import visible

_GUTTER = 6
_MANY = 10
_COLOURS = {"error": "31", "warning": "33", "info": "36"}
_BOLD = "1"
_FAINT = "2"


def write(report: GateReport, run: Run) -> str:
    """Return the findings, errors before warnings, with one excerpt for each code."""
    groups = [
        "".join(f"{line}\n" for line in _group(group, report.given, run))
        for group in _groups(report)
    ]
    return "\n".join(groups)


def summary(report: GateReport) -> str:
    """Return the counts by severity, and where there are many findings also those by code."""
    if not report.findings:
        return "conforms: nothing found"
    lines = [_counted(report.findings)]
    groups = _groups(report)
    if len(groups) > 1 and len(report.findings) > _MANY:
        lines += [f"{len(group):>8} {visible(group[0].code)}" for group in groups]
    return "\n".join(lines)


def _groups(report: GateReport) -> list[list[Finding]]:
    """Return the findings of each code, the gravest code first, then in the order of files."""
    by_code: dict[str, list[Finding]] = {}
    for finding in report.findings:
        by_code.setdefault(finding.code, []).append(finding)
    return sorted(by_code.values(), key=lambda group: min(map(_gravity, group)))


def _gravity(finding: Finding) -> int:
    return SEVERITIES.index(finding.severity)


def _group(group: Sequence[Finding], given: Mapping[str, bytes], run: Run) -> Iterator[str]:
    if len(group) > 1:
        files = len({finding.file for finding in group})
        spread = f" in {files} files" if files > 1 else ""
        heading = f"{visible(group[0].code)}: {_counted(group)}{spread}"
        yield _painted(heading, _BOLD, colour=run.colour)
    first, *others = group
    yield one_line(first, colour=run.colour)
    yield from _excerpt(first, given, run)
    for finding in others:
        yield one_line(finding, colour=run.colour)


def one_line(finding: Finding, *, colour: bool = False) -> str:
    """Return ``file:line:column: severity code: message``, which tools and people know to read."""
    parts = (finding.file, finding.line, finding.column)
    place = ":".join(str(part) for part in parts if part is not None)
    severity = _painted(finding.severity, _COLOURS[finding.severity], colour=colour)
    where = f"{visible(place)}: " if place else ""
    return f"{where}{severity} {visible(finding.code)}: {visible(finding.message)}"


def _excerpt(finding: Finding, given: Mapping[str, bytes], run: Run) -> Iterator[str]:
    if finding.file is None or finding.line is None or finding.column is None:
        return
    line = find_line(finding.file, finding.line, run.start, given)
    if line is None:
        return
    part = excerpt(line, finding.column, run.width - _GUTTER - len(" | "))
    if part is None:
        return
    gutter, below = (
        _painted(f"{text:>{_GUTTER}} | ", _FAINT, colour=run.colour) for text in (finding.line, "")
    )
    mark = _painted("^", _COLOURS[finding.severity], colour=run.colour)
    yield gutter + part.shown
    yield below + " " * part.before + mark


def _counted(findings: Sequence[Finding]) -> str:
    found = Counter(finding.severity for finding in findings)
    return ", ".join(
        f"{found[severity]:,} {severity}{'s' if found[severity] != 1 else ''}"
        for severity in SEVERITIES
        if found[severity]
    )


def _painted(text: str, code: str, *, colour: bool) -> str:
    return f"\x1b[{code}m{text}\x1b[0m" if colour else text
