"""The user's article, as one record in a workspace of its own: what the stored queries say of it.

The rows are read from the article, not from the program. The article is not part of the project;
where it is not at hand these tests are skipped.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

import kg
from kg.querying.table import Table
from kg.workspace import Workspace

ROOT = Path(__file__).resolve().parents[2]
NAME = "2024-10-dprk-troops"
TEXT = ROOT.parent / "shared" / "articles" / f"{NAME}.txt"
RECORD = ROOT / "tests" / "data" / f"{NAME}.yaml"
KREMLIN = "https://w3id.org/communique/id/actor/kremlin"

pytestmark = pytest.mark.skipif(not TEXT.is_file(), reason="the article is not at hand")


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """An empty workspace into which the article and its record are put, built."""
    root = tmp_path_factory.mktemp("users-article")
    (root / "kg.toml").write_text('[workspace]\nname = "tests"\n', encoding="utf-8")
    for folder, file in (("articles", TEXT), ("records", RECORD)):
        (root / folder).mkdir()
        shutil.copy(file, root / folder)
    workspace = kg.open(root)
    built = workspace.build()
    assert built.conforms, built.as_json()["findings"]
    return workspace


def _cells(table: Table, columns: str) -> list[tuple[Any, ...]]:
    """Return the rows cut to `columns`, IRIs to their last part."""
    names = columns.split()
    return [tuple(_last(getattr(row, name)) for name in names) for row in table]


def _last(value: Any) -> Any:
    is_iri = isinstance(value, str) and value.startswith("https://w3id.org/")
    return value.rpartition("/")[2] if is_iri else value


def _with(rows: Iterable[tuple[Any, ...]], *cells: Any) -> bool:
    return any(set(cells) <= set(row) for row in rows)


def test_deployment_figures(workspace: Workspace) -> None:
    table = workspace.query("deployment-figures")
    rows = _cells(table, "speaker_label aspect modality low best high")
    assert _with(rows, "National Intelligence Service", "personnel-present", "actual", 1500)
    assert [row for row in rows if row[0] == "Volodymyr Zelenskyy"] == [
        ("Volodymyr Zelenskyy", "personnel-total", "possible", None, 10000, None)
    ]
    # "Ukrainian intelligence" is another name of this service.
    assert [row for row in rows if row[0] == "Defence Intelligence of Ukraine"] == [
        ("Defence Intelligence of Ukraine", "personnel-training", "ongoing", 11000, 11000, 11000)
    ]
    speakers = {row.high: row.speaker for row in table}
    assert speakers[12000].startswith(f"https://w3id.org/communique/id/source/{NAME}/")


def test_contradictions(workspace: Workspace) -> None:
    table = workspace.query("contradictions")
    pairs = {
        (row.kind, frozenset((row.claim1_label, row.claim2_label))): row.reason for row in table
    }
    assert len(pairs) == len(table), "each pair once"
    present = "approximately 1,500 North Korean troops have already arrived in Russia"
    training = "11,000 North Korean infantry troops are currently training in Russia’s Far East"
    denials = (
        "the Kremlin has denied reports of North Korean soldiers fighting in Ukraine",
        "spokesman Dmitry Peskov dismissing the allegations as “fake news,”",
    )
    fighting = (
        "North Korea is now sending soldiers to fight alongside Russian forces in Ukraine",
        "military and intelligence sources suggest otherwise",
    )
    assert pairs.keys() == {
        ("quantity", frozenset((present, training))),
        *(("denial", frozenset((denial, claim))) for denial in denials for claim in fighting),
    }
    reason = pairs["quantity", frozenset((present, training))]
    assert "11,000" in reason
    assert "approximately 1,500" in reason
    assert not any("10,000" in label for _, pair in pairs for label in pair)


def test_undenied(workspace: Workspace) -> None:
    rows = [row for row in workspace.query("undenied") if row.speaker == KREMLIN]
    assert {_last(row.denied_aspect) for row in rows} == {"combat-participation"}
    undenied = {_last(row.undenied_aspect) for row in rows}
    assert {"personnel-present", "personnel-training", "items-delivered"} <= undenied
    assert not undenied & {"combat-participation", "personnel-in-combat"}


def test_claim_status(workspace: Workspace) -> None:
    table = workspace.query("claim-status", status="refuted")
    (row,) = (row for row in table if "2023" in row.claim_label)
    assert row.status_label == "refuted"
    assert row.replacement == "2024-06-19"
    assert row.since.isoformat() == "2024-12-01"


def test_claim_status_before_the_assessment(workspace: Workspace) -> None:
    assert len(workspace.query("claim-status", status="refuted", as_of="2024-11-30")) == 0


def test_training_places(workspace: Workspace) -> None:
    places = {row.place_label for row in workspace.query("training-places")}
    assert {"Vladivostok", "Ussuriysk", "Khabarovsk", "Blagoveshchensk"} <= places
    assert "Chongjin" not in places


def test_shipment_figures(workspace: Workspace) -> None:
    rows = _cells(
        workspace.query("shipment-figures", supplier="north-korea"), "item_label low high"
    )
    assert sorted(rows, key=str) == [
        ("122-mm shell, 152-mm shell", None, 8_000_000),
        ("shipping container", 13_000, None),
    ]


def test_agreements_in_force(workspace: Workspace) -> None:
    signed = _cells(
        workspace.query("agreements-in-force", party="Moscow", other_party="Pyongyang"),
        "signed_earliest signed_latest in_force_earliest",
    )
    assert [tuple(day and day.isoformat() for day in row) for row in signed] == [
        ("2024-06-19", "2024-06-19", None)
    ]
    early = workspace.query("agreements-in-force", party="russia", day="2024-06-18")
    assert len(early) == 0
