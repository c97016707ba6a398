"""The same from Python: `kg.open` and what hangs on it."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from rdflib import URIRef

import kg
from kg.errors import CallError, DataError

ROOT = Path(__file__).resolve().parents[1]
KG = "https://w3id.org/communique/ontology#"
ID = "https://w3id.org/communique/id/"


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> kg.Workspace:
    folder = tmp_path_factory.mktemp("face") / "example"
    ignore = shutil.ignore_patterns(".kg")
    shutil.copytree(ROOT / "examples/dprk-russia", folder, ignore=ignore)
    opened = kg.open(folder / "records")
    assert opened.root == folder
    assert opened.build().conforms
    return opened


def test_a_question_gives_rows_of_python_values(workspace: kg.Workspace) -> None:
    figures = workspace.query("deployment-figures", event="dprk-troops-russia-2024")
    (first,) = [row for row in figures if row.claim == f"{ID}claim/2024-10-18-first-troops/c1"]

    assert (first.best, first.speaker_label) == (1500, "National Intelligence Service")
    assert "claim_label" in figures.columns
    (refuted,) = [
        row for row in workspace.query("claim-status", status="refuted") if "c8" in row.claim
    ]
    assert refuted.since == date(2025, 5, 2)


def test_one_path_or_several_are_validated(workspace: kg.Workspace) -> None:
    record = workspace.root / "records/2024-10-18-first-troops.yaml"

    assert workspace.validate(str(record)).conforms
    assert workspace.validate([record, workspace.root / "assessments"]).conforms
    assert workspace.validate().counts == {"error": 0, "warning": 0, "info": 0}


# rdflib warns of its own use of a deprecated name.
@pytest.mark.filterwarnings("ignore:Dataset:DeprecationWarning")
def test_the_graph_can_be_read_with_rdflib_and_not_written(workspace: kg.Workspace) -> None:
    graph = workspace.graph
    claims = set(graph.subjects(None, URIRef(f"{KG}Claim")))

    assert URIRef(f"{ID}claim/2024-10-18-first-troops/c1") in claims
    with pytest.raises(CallError, match="read-only"):
        graph.remove((None, None, None))


def test_an_export_of_one_article(workspace: kg.Workspace, tmp_path: Path) -> None:
    merged = workspace.export(str(tmp_path / "one.nq"), articles="2024-10-18-first-troops")

    lines = (tmp_path / "one.nq").read_text(encoding="utf-8").splitlines()
    assert not merged
    assert all(line.endswith(f"<{ID}article/2024-10-18-first-troops> .") for line in lines)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("deployment-figures", {"event": f"{ID}actor/russia"}),
        ("deployment-figures", {"event": "no-such-event"}),
        ("claim-status", {"status": "https://w3id.org/communique/scheme/status/zzz"}),
    ],
)
def test_what_does_not_exist_is_no_empty_answer(
    workspace: kg.Workspace, name: str, value: dict[str, str]
) -> None:
    with pytest.raises(DataError):
        workspace.query(name, **value)


def test_a_name_that_one_entity_bears_stands_for_it(workspace: kg.Workspace) -> None:
    by_id = workspace.query("who-speaks-for", state="north-korea")
    by_capital = workspace.query("who-speaks-for", state="Pyongyang")

    assert by_id.terms == by_capital.terms
    assert len(by_id) > 0


def test_unnamed_sources_are_asked_for_by_their_article(workspace: kg.Workspace) -> None:
    everyone = workspace.query("unnamed-sources")
    one = next(iter(everyone))

    assert one.source.startswith(f"{ID}source/")
