"""What holds for every format."""

from __future__ import annotations

from pathlib import Path

import pytest
from sample_reports import REPORT

from kg.errors import CallError
from kg.validation.findings import Finding, GateReport
from kg.validation.reports import FORMATS, Run, write_report

HALF = "\ud800"


@pytest.mark.parametrize("form", FORMATS)
def test_half_a_character_can_be_written(form: str, run: Run) -> None:
    finding = Finding("error", HALF, HALF, HALF, 1, 1, HALF, HALF, HALF, HALF, HALF)

    text = write_report(GateReport.of([finding]), form, run)

    assert "ud800" in text
    assert text.encode("utf-8")


@pytest.mark.parametrize("form", FORMATS)
def test_a_report_is_the_same_each_time_and_names_no_absolute_path(
    form: str, run: Run, tmp_path: Path
) -> None:
    text = write_report(REPORT, form, run)

    assert text == write_report(REPORT, form, run)
    assert text.endswith("\n")
    assert str(tmp_path) not in text


def test_an_unknown_format_is_refused(run: Run) -> None:
    with pytest.raises(CallError, match="no format 'yaml'"):
        write_report(REPORT, "yaml", run)
