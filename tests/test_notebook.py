"""examples/analysis.ipynb runs from its first cell to its last."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

ROOT = Path(__file__).resolve().parents[1]

# The kernel's messages are its own affair.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


@pytest.fixture(scope="module")
def cells(tmp_path_factory: pytest.TempPathFactory) -> list[Any]:
    folder = tmp_path_factory.mktemp("notebook")
    ignore = shutil.ignore_patterns(".kg")
    shutil.copytree(ROOT / "examples/dprk-russia", folder / "dprk-russia", ignore=ignore)
    notebook = nbformat.read(ROOT / "examples/analysis.ipynb", as_version=4)
    NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(folder)}}).execute()
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def _said(cell: Any) -> str:
    return "".join(
        output.get("text", "") or output.get("data", {}).get("text/plain", "")
        for output in cell.outputs
    )


def test_it_builds_and_shows_a_table(cells: list[Any]) -> None:
    assert _said(cells[0]).startswith("(True, ")
    (shown,) = cells[1].outputs
    assert "National Intelligence Service" in shown.data["text/html"]


def test_the_figures_and_what_they_revise(cells: list[Any]) -> None:
    assert "About 3,000" in _said(cells[2])


def test_contradictions_are_told_in_words(cells: list[Any]) -> None:
    said = _said(cells[3])
    assert "denial: " in said
    assert "quantity: " in said
    assert "denies combat participation" in said


def test_own_sparql_counts_claims_and_denials(cells: list[Any]) -> None:
    assert set(eval(_said(cells[5]))) == {"affirmed", "denied"}
