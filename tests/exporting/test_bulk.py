"""Parts for bulk loaders: bounded, the same every time, gone on with, and loaded by Virtuoso."""

from __future__ import annotations

import configparser
import gzip
import io
import json
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from servers import virtuoso_server

import kg
from kg.exporting.bulk import plan_parts
from kg.exporting.describing import sha256
from kg.exporting.subsets import Part

EXAMPLE = Path(__file__).resolve().parents[2] / "examples/dprk-russia"
SMALL = 500_000


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> kg.Workspace:
    root = tmp_path_factory.mktemp("example") / "workspace"
    shutil.copytree(EXAMPLE, root, ignore=shutil.ignore_patterns(".kg"))
    workspace = kg.open(root)
    assert workspace.build().conforms
    return workspace


def whole(workspace: kg.Workspace) -> bytes:
    stream = io.BytesIO()
    workspace.export("-", stream=stream)
    return stream.getvalue()


def joined(folder: Path) -> bytes:
    return b"".join(gzip.decompress(file.read_bytes()) for file in sorted(folder.glob("part-*")))


def contents(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def test_the_parts_are_the_export(example: kg.Workspace, tmp_path: Path) -> None:
    parts = example.export_bulk(tmp_path / "bulk", "qlever", SMALL)

    assert joined(tmp_path / "bulk") == whole(example)
    assert len(parts) > 5
    longest = max(map(len, whole(example).splitlines(keepends=True)))
    assert all(len(gzip.decompress(part.read_bytes())) <= SMALL + longest for part in parts)


def test_the_same_bytes_every_time(example: kg.Workspace, tmp_path: Path) -> None:
    for name in ("one", "other"):
        example.export_bulk(tmp_path / name, "neptune", SMALL)

    assert contents(tmp_path / "one") == contents(tmp_path / "other")


def test_what_is_there_is_not_written_again(example: kg.Workspace, tmp_path: Path) -> None:
    folder = tmp_path / "bulk"
    first, second, *_ = example.export_bulk(folder, "neptune", SMALL)
    before = contents(folder)
    second.write_bytes(b"half a pa")
    (folder / "load.json").unlink()
    (folder / "part-99999.nq.gz").write_bytes(b"of an older plan")
    written = first.stat().st_mtime_ns

    example.export_bulk(folder, "neptune", SMALL)

    assert contents(folder) == before
    assert first.stat().st_mtime_ns == written


def test_a_killed_export_has_no_loaders_file_and_goes_on(
    example: kg.Workspace, tmp_path: Path
) -> None:
    example.export_bulk(tmp_path / "whole", "qlever", 100_000)
    folder = tmp_path / "bulk"
    script = "import sys, kg; kg.open(sys.argv[1]).export_bulk(sys.argv[2], 'qlever', 100_000)"
    killed = 0
    for number in range(6):
        child = subprocess.Popen([sys.executable, "-c", script, str(example.root), str(folder)])
        while not list(folder.glob("part-*")) and child.poll() is None:
            time.sleep(0.005)
        time.sleep(0.02 * number)
        child.kill()
        if child.wait() == -signal.SIGKILL:
            killed += 1
            assert not (folder / "Qleverfile").exists()
        for part in folder.glob("part-*"):
            assert gzip.decompress(part.read_bytes())
        if child.returncode == 0:
            break

    example.export_bulk(folder, "qlever", 100_000)

    assert killed
    assert contents(folder) == contents(tmp_path / "whole")


def test_a_file_of_another_loader_does_not_make_half_a_folder_look_whole(
    example: kg.Workspace, tmp_path: Path
) -> None:
    folder = tmp_path / "bulk"
    example.export_bulk(folder, "virtuoso", SMALL)

    example.export_bulk(folder, "qlever", SMALL)

    assert not (folder / "load.sql").exists()
    assert (folder / "Qleverfile").exists()


def test_what_a_kill_left_aside_is_cleared_away(example: kg.Workspace, tmp_path: Path) -> None:
    folder = tmp_path / "bulk"
    folder.mkdir()
    (folder / ".parts.json.4711.tmp").write_bytes(b"{")

    example.export_bulk(folder, "qlever", SMALL)

    assert not list(folder.glob(".*"))


def test_a_part_of_the_graph(example: kg.Workspace, tmp_path: Path) -> None:
    chosen = Part(event="dprk-combat-russia-2024")
    stream = io.BytesIO()
    example.export("-", part=chosen, stream=stream)

    example.export_bulk(tmp_path / "event", "qlever", part=chosen)
    example.export_bulk(tmp_path / "bare", "qlever", reference=False)

    assert joined(tmp_path / "event") == stream.getvalue()
    assert b"/graph/reference>" not in joined(tmp_path / "bare")
    assert b"/graph/derived>" in joined(tmp_path / "bare")


def test_progress_is_told_part_by_part(example: kg.Workspace, tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []

    parts = example.export_bulk(
        tmp_path / "bulk", "qlever", SMALL, progress=lambda *each: told.append(each)
    )

    assert told == [("packing", number, len(parts)) for number in range(len(parts))]


def test_a_folder_of_something_else_is_left_alone(example: kg.Workspace, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")

    with pytest.raises(kg.errors.CallError, match="holds something else"):
        example.export_bulk(tmp_path, "qlever")


def test_a_large_graph_is_cut_between_lines(shelf: object) -> None:
    graph = shelf.write("a", [f"<urn:x:s> <urn:x:p> <urn:x:o{each:05}>" for each in range(100)])  # type: ignore[attr-defined]
    content = graph.file.read_bytes()

    slices = [each for part in plan_parts([graph], 1000) for each in part]

    assert b"".join(content[each.start : each.end] for each in slices) == content
    assert all(content[each.end - 1 : each.end] == b"\n" for each in slices)


class TestContracts:
    """What each loader's documentation asks for."""

    def test_qlever(self, example: kg.Workspace, tmp_path: Path) -> None:
        example.export_bulk(tmp_path / "bulk", "qlever", SMALL)

        says = configparser.ConfigParser(interpolation=None)
        says.read(tmp_path / "bulk/Qleverfile")
        assert says["data"]["FORMAT"] == "nq"
        command = says["index"]["CAT_INPUT_FILES"].replace(
            "${INPUT_FILES}", says["index"]["INPUT_FILES"]
        )
        run = subprocess.run(
            command, shell=True, cwd=tmp_path / "bulk", capture_output=True, check=True
        )
        assert run.stdout == whole(example)
        json.loads(says["index"]["SETTINGS_JSON"])

    def test_neptune(self, example: kg.Workspace, tmp_path: Path) -> None:
        parts = example.export_bulk(tmp_path / "bulk", "neptune", SMALL)

        request = json.loads((tmp_path / "bulk/load.json").read_text())
        assert request["format"] == "nquads"
        assert {"source", "iamRoleArn", "region", "failOnError", "parserConfiguration"} <= set(
            request
        )
        prefix = request["source"].rpartition("/")[2]
        loaded = {
            file.name for file in (tmp_path / "bulk").iterdir() if file.name.startswith(prefix)
        }
        assert loaded == {part.name for part in parts}

    def test_the_manifest_names_every_part(self, example: kg.Workspace, tmp_path: Path) -> None:
        parts = example.export_bulk(tmp_path / "bulk", "virtuoso", SMALL)

        content = json.loads((tmp_path / "bulk/manifest.json").read_text())
        assert [row["file"] for row in content["files"]] == [part.name for part in parts]
        assert [row["sha256"] for row in content["files"]] == [sha256(part) for part in parts]


def test_virtuoso_loads_them_and_what_they_became(
    example: kg.Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also a second time from the same folder, when a record says less than before."""
    root = tmp_path / "workspace"
    shutil.copytree(example.root, root)
    workspace = kg.open(root)
    folder = tmp_path / "bulk's"
    server_folder = tmp_path / "virtuoso"
    server_folder.mkdir()

    with virtuoso_server(server_folder, allowed=f"., {folder}") as server:
        for name, value in server.environment.items():
            monkeypatch.setenv(name.replace("LIVE", "TARGET"), value)
        for _ in range(2):
            workspace.export_bulk(folder, "virtuoso", SMALL)
            said = server.run_sql((folder / "load.sql").read_text())
            assert not re.search(r"\*\*\* Error", said)
            found = workspace.push(server.url, profile="virtuoso", verify=True)
            assert {outcome.state for outcome in found.outcomes} == {"equal"}, said
            record = sorted((root / "records").glob("*.yaml"))[0]
            text = record.read_text(encoding="utf-8")
            record.write_text(text.partition("mentions:")[0], encoding="utf-8")
            assert workspace.build().conforms
