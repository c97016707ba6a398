"""Judge a file that does not exist yet, and put it in its place only if the gate lets it."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from kg.errors import EnvironmentFault
from kg.validation.findings import GateReport, shown

Judge = Callable[[Sequence[Path]], GateReport]


def propose(target: Path, content: str, judge: Judge, start: Path) -> GateReport:
    """Judge `content` as the file `target`, and write it there if no finding is an error.

    Args:
        target: where the file is to stand; it does not exist.
        content: its text.
        judge: the gate.
        start: the folder to which file names in findings are relative.

    Returns:
        The gate's report, its findings at their lines of `target`.

    Raises:
        EnvironmentFault: the file cannot be written, or has appeared in the meantime.
    """
    with tempfile.TemporaryDirectory() as folder:
        draft = Path(folder) / target.name
        draft.write_text(content, encoding="utf-8")
        report = judge([draft])
    name = shown(target, start)
    report = GateReport.of(replace(finding, file=name) for finding in report.findings)
    if report.conforms:
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("x", encoding="utf-8") as stream:
                stream.write(content)
        except OSError as error:
            raise EnvironmentFault(f"{name} cannot be written: {error.strerror}") from error
    return report
