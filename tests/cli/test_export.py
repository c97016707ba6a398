"""`kg export`: formats by ending or by name, one article, no reference data; what goes wrong."""

from __future__ import annotations

import gzip
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

BASE = "https://w3id.org/communique/id/"


def graphs(nquads: str) -> set[str]:
    """The graphs of N-Quads lines, below the base."""
    return {line[line.rindex(" <") + 2 + len(BASE) : -3] for line in nquads.splitlines()}


def test_standard_output_gets_nquads(built: Any) -> None:
    run = built.run("export", "-")

    assert run.code == 0
    assert graphs(run.out) == {"article/autumn-soldiers", "graph/derived", "graph/reference"}
    assert run.err == ""


def test_the_ending_tells_the_format(built: Any, tmp_path: Path) -> None:
    assert built.run("export", tmp_path / "out.trig").code == 0
    assert (tmp_path / "out.trig").read_text().startswith("@prefix ")


def test_format_wins_over_the_ending(built: Any, tmp_path: Path) -> None:
    run = built.run("export", tmp_path / "out.txt", "--format", "nq")

    assert (run.code, run.out) == (0, "")
    assert (tmp_path / "out.txt").read_text() == built.run("export", "-").out


def test_packed(built: Any, tmp_path: Path) -> None:
    assert built.run("export", tmp_path / "out.nq.gz").code == 0
    content = gzip.decompress((tmp_path / "out.nq.gz").read_bytes()).decode()
    assert content == built.run("export", "-").out


def test_one_article(built: Any) -> None:
    run = built.run("export", "-", "--graph", "autumn-soldiers")

    assert graphs(run.out) == {"article/autumn-soldiers"}
    assert f"<{BASE}claim/autumn-soldiers/c1>" in run.out


def test_without_reference_data(built: Any) -> None:
    run = built.run("export", "-", "--no-reference")

    assert graphs(run.out) == {"article/autumn-soldiers", "graph/derived"}


def test_bulk_parts_of_what_is_chosen(built: Any, tmp_path: Path) -> None:
    run = built.run("export", "--bulk", tmp_path / "bulk", "--for", "qlever", "--no-reference")

    assert run.code == 0
    content = gzip.decompress((tmp_path / "bulk/part-00000.nq.gz").read_bytes()).decode()
    assert content == built.run("export", "-", "--no-reference").out


@pytest.mark.parametrize("more", [["--format", "ttl"], ["--describe"]])
def test_bulk_parts_have_one_format(built: Any, tmp_path: Path, more: list[str]) -> None:
    run = built.run("export", "--bulk", tmp_path / "bulk", "--for", "qlever", *more)

    assert run.code == 2
    assert not (tmp_path / "bulk").exists()


@pytest.mark.parametrize("form", ["nt", "ttl", "rdf"])
def test_merged_formats_say_so(built: Any, form: str) -> None:
    run = built.run("export", "-", "--format", form)

    assert run.code == 0
    assert "merged" in run.err
    assert "merged" not in run.out
    assert len(run.err.splitlines()) == 1


@pytest.mark.parametrize("form", ["nq", "trig", "jsonld"])
def test_formats_with_graphs_say_nothing(built: Any, form: str) -> None:
    assert built.run("export", "-", "--format", form).err == ""


def test_a_file_that_is_there_is_replaced(built: Any, tmp_path: Path) -> None:
    (tmp_path / "out.nq").write_text("older")

    assert built.run("export", tmp_path / "out.nq").code == 0

    assert (tmp_path / "out.nq").read_text() == built.run("export", "-").out


@pytest.mark.parametrize("name", ["out.xlsx", "out", "out.gz", "out.nq.zip"])
def test_an_unknown_format_is_the_calls_fault(built: Any, tmp_path: Path, name: str) -> None:
    run = built.run("export", tmp_path / name)

    assert run.code == 2
    assert "nq, trig" in run.err
    assert not (tmp_path / name).exists()


def test_an_unknown_article_is_the_datas_fault(built: Any) -> None:
    run = built.run("export", "-", "--graph", "autum-soldiers")

    assert run.code == 1
    assert run.out == ""
    assert "did you mean 'autumn-soldiers'" in run.err


def test_nothing_built_is_the_datas_fault(desk: Any) -> None:
    run = desk.run("export", "-")

    assert (run.code, run.out) == (1, "")
    assert "kg build" in run.err


class TestTargetsThatCannotBeWritten:
    def test_a_folder_that_is_not_there(self, built: Any, tmp_path: Path) -> None:
        run = built.run("export", tmp_path / "nowhere/out.nq")

        assert run.code == 3
        assert "nowhere" in run.err

    def test_a_folder_where_the_file_should_be(self, built: Any, tmp_path: Path) -> None:
        (tmp_path / "out.nq").mkdir()

        assert built.run("export", tmp_path / "out.nq").code == 3
        assert [each.name for each in tmp_path.iterdir() if each.is_file()] == []

    @pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs Linux")
    def test_a_full_disk_behind_standard_output(self, built: Any) -> None:
        command = [sys.executable, "-m", "kg", "--workspace", built.root, "export", "-"]
        with Path("/dev/full").open("wb") as full:
            run = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True)

        assert run.returncode == 3
        assert "Traceback" not in run.stderr
        assert len(run.stderr.splitlines()) == 1

    def test_a_reader_that_stops_early_is_no_error(self, built: Any) -> None:
        command = [sys.executable, "-m", "kg", "--workspace", built.root, "export", "-"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as child:
            assert child.stdout is not None
            assert child.stderr is not None
            child.stdout.read(10)
            child.stdout.close()
            assert child.stderr.read() == b""
        assert child.returncode == 0

    def test_a_pipe_is_written_into_and_stays_a_pipe(
        self, built: Any, tmp_path: Path, hurried: None
    ) -> None:
        """As `kg export >(gzip …)` and /dev/stdout are: not files to be replaced by a rename."""
        pipe = tmp_path / "out.nq"
        os.mkfifo(pipe)
        with (tmp_path / "read").open("wb") as copy:
            reader = subprocess.Popen(["cat", str(pipe)], stdout=copy)
            with reader:
                run = built.run("export", pipe)
                if not pipe.is_fifo():
                    reader.kill()

        assert run.code == 0
        assert pipe.is_fifo()
        assert (tmp_path / "read").read_text() == built.run("export", "-").out

    def test_a_link_stays_a_link(self, built: Any, tmp_path: Path) -> None:
        (tmp_path / "real.nq").write_text("older")
        (tmp_path / "out.nq").symlink_to(tmp_path / "real.nq")

        assert built.run("export", tmp_path / "out.nq").code == 0

        assert (tmp_path / "out.nq").is_symlink()
        assert (tmp_path / "real.nq").read_text() == built.run("export", "-").out
