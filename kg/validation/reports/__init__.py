"""Reports: what the gate found, as text in each format of the contract."""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import CallError

if TYPE_CHECKING:
    from kg.validation.findings import GateReport
    from kg.validation.pages import Pages

_WRITERS = {
    "text": "text",
    "json": "contract",
    "sarif": "sarif",
    "junit": "junit",
    "github": "github",
    "gitlab": "gitlab",
    "turtle": "shacl",
}
FORMATS = tuple(_WRITERS)


@dataclass(frozen=True)
class Run:
    """What a report may say of the run it comes from, beside its findings.

    Attributes:
        start: the folder to which file names in findings are relative.
        level: ``error`` or ``warning``, the severity from which a finding fails the run.
        version: of the program.
        pages: the pages of the codes.
        width: how many cells a line of text may take.
        colour: whether text may be coloured.
    """

    start: Path
    level: str = "error"
    version: str = "0"
    pages: Pages | None = None
    width: int = 100
    colour: bool = False


def write_report(report: GateReport, form: str, run: Run) -> str:
    """Return `report` in the format `form`, with a line end at its end unless it is empty.

    Raises:
        CallError: there is no such format.
    """
    if form not in _WRITERS:
        raise CallError(f"There is no format '{form}'; there are: {', '.join(FORMATS)}")
    writer = importlib.import_module(f"{__name__}.{_WRITERS[form]}")
    return str(writer.write(report, run))
