"""Findings: what the gate has to say, each at a file, line and column."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

_CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
SEVERITIES = ("error", "warning", "info")


@dataclass(frozen=True)
class Finding:
    """One result of the gate.

    Attributes:
        severity: ``error``, ``warning`` or ``info``.
        code: the stable code, with a page of its own.
        message: a sentence for an analyst.
        file: the file as the caller named it; None where there is none.
        line: from 1.
        column: from 1, in code points.
        focus_node: the IRI of the node that is at fault, if it has one.
        path: the predicate or record key.
        value: the offending value, shortened.
        shape: the IRI of the shape, or the name of the check, that found it.
        component: the IRI of the SHACL constraint component, for W3C reports only.
        term: the offending value as N-Triples writes it, for W3C reports only.
    """

    severity: str
    code: str
    message: str
    file: str | None = None
    line: int | None = None
    column: int | None = None
    focus_node: str | None = None
    path: str | None = None
    value: str | None = None
    shape: str | None = None
    component: str | None = field(default=None, compare=False)
    term: str | None = field(default=None, compare=False)

    @property
    def order(self) -> tuple[Any, ...]:
        """The order of reports: by file, line, column, then code and message."""
        return (self.file or "", self.line or 0, self.column or 0, self.code, self.message)


@dataclass(frozen=True)
class GateReport:
    """All findings of one run; `conforms` where none is an error.

    Attributes:
        findings: in the order of files and lines.
        files: the names of the files that were judged, where the caller tells.
        given: contents that were judged in place of those of files, by the name in findings.
    """

    findings: tuple[Finding, ...]
    files: tuple[str, ...] = ()
    given: Mapping[str, bytes] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def of(cls, findings: Iterable[Finding]) -> GateReport:
        """Return a report with each finding once, in order."""
        return cls(tuple(sorted(set(findings), key=lambda finding: finding.order)))

    @property
    def conforms(self) -> bool:
        """Whether no finding is an error."""
        return self.counts["error"] == 0

    @property
    def counts(self) -> dict[str, int]:
        """Severity to the number of findings."""
        found = Counter(finding.severity for finding in self.findings)
        return {severity: found[severity] for severity in SEVERITIES}

    def fails(self, level: str) -> bool:
        """Whether a finding is at `level` (``error`` or ``warning``) or above."""
        levels = SEVERITIES[: SEVERITIES.index(level) + 1]
        return any(finding.severity in levels for finding in self.findings)

    def as_json(self) -> dict[str, Any]:
        """Return the report as the contract's JSON object."""
        return {
            "conforms": self.conforms,
            "findings": [_as_json(finding) for finding in self.findings],
            "counts": self.counts,
        }


def _as_json(finding: Finding) -> dict[str, Any]:
    return {each.name: getattr(finding, each.name) for each in fields(finding) if each.compare}


def shown(path: Path, start: Path) -> str:
    """Return `path` as people write it: relative to `start` where it lies below.

    Bytes of a name that are no UTF-8 are shown as escapes, so that every format can hold it.
    """
    name = path.relative_to(start) if path.is_relative_to(start) else path
    return str(name).encode("utf-8", "backslashreplace").decode("utf-8")


def shortened(value: str | None) -> str | None:
    """Return `value` as a finding shows it: no longer than anybody reads."""
    return value if value is None or len(value) <= 200 else f"{value[:199]}…"


def called(focus_node: str, base: str) -> str:
    """Return ``claim c3`` for ``…/claim/A/c3``: what an analyst calls the node.

    One that is none of ours is called by its whole IRI.
    """
    if ":" in focus_node and not focus_node.startswith(base):
        return focus_node
    kind, *rest = focus_node.removeprefix(base).split("/")
    if kind in ("claim", "evidence", "source") and len(rest) >= 2:
        tail = " ".join(["", *rest[2:]]) if len(rest) > 2 else ""
        return f"{kind} {rest[1]}{tail}"
    return f"{kind} {'/'.join(rest)}"


def sentence(focus_node: str, base: str, message: str) -> str:
    """Return a shape's message on a node: ``claim c3: …``, or ``claim c3 says …``."""
    between = " " if message.startswith("says ") else ": "
    return f"{called(focus_node, base)}{between}{message}"


def is_code(code: str) -> bool:
    """Whether `code` is of words with hyphens between: it stands before a colon and space."""
    return _CODE.fullmatch(code) is not None


def no_code(code: str) -> str:
    """Return a sentence on a code that is none."""
    return f"'{code}' is no code; write small letters, figures and hyphens: dates-differ"
