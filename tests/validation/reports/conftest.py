"""A run to report on."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.validation.reports import Run


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """A run in a folder that no repository holds."""
    return Run(tmp_path, version="1.2.3")
