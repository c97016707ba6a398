"""A reader never notices a build: each answer is of one state, and a generation held stays."""

from __future__ import annotations

import gc
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from rdflib import Dataset, URIRef
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.sparql import Query
from small_records import Small, exported, start
from swings import Swing

import kg
from kg.errors import CallError, DataError, EnvironmentFault

READER = Path(__file__).with_name("reader.py")
READERS = 20
BUILDS = 50


def test_twenty_readers_during_fifty_builds(swing: Swing) -> None:
    command = [sys.executable, str(READER), str(swing.root), str(READERS)]
    readers = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    with readers:
        assert readers.stdin is not None
        assert readers.stdout is not None
        assert readers.stdout.readline() == "reading\n"
        for number in range(BUILDS):
            swing.write("AB"[(number + 1) % 2])
            assert swing.build()["code"] == 0
        readers.stdin.close()
        said = [json.loads(line) for line in readers.stdout]

    assert len(said) == READERS
    assert [error for each in said for error in each["errors"]] == []
    answers = sum(each["answers"] for each in said)
    print(f"\n{answers} answers to {READERS} readers during {BUILDS} builds")
    assert answers > BUILDS
    expected = {whole_answer(swing, name) for name in "AB"} | {
        f"export {json.dumps([best(figure)])}" for figure in (1500, 1700)
    }
    assert {kind for each in said for kind in each["kinds"]} == expected


def best(figure: int) -> str:
    return f'ontology#best> "{figure}'


def whole_answer(swing: Swing, name: str) -> str:
    """What a reader is told in the state `name`, from the records themselves."""
    base = "https://w3id.org/communique/id/"
    integer = "http://www.w3.org/2001/XMLSchema#integer"
    rows = []
    for article, record in swing.states[name].records.items():
        status = "None"
        if article == "a":
            status = f"<https://w3id.org/communique/scheme/status/{swing.states[name].status}>"
        rows.append(
            [
                f"<{base}article/{article}>",
                f'"Count of {record.figure}"',
                f'"{record.figure}"^^<{integer}>',
                f"<{base}event/{record.whole}>",
                status,
            ]
        )
    return f"ask {json.dumps(sorted(rows))}"


class TestHeldGenerations:
    """What is being read is not deleted; once it is not, the next build deletes it."""

    FIGURE = "SELECT DISTINCT ?best { ?claim <https://w3id.org/communique/ontology#best> ?best }"

    def test_a_graph_keeps_its_answer_during_ten_builds(self, tmp_path: Path) -> None:
        root = start(tmp_path / "workspace", Small("a", 1000))
        kg.open(root).build()
        first = root / ".kg/generations" / (root / ".kg/current").read_text().strip()
        graph = kg.open(root).graph
        whole = {str(quad) for quad in graph.quads()}

        for figure in range(1001, 1011):
            Small("a", figure).write(root)
            assert kg.open(root).build().conforms
            assert [int(row[0]) for row in graph.query(self.FIGURE)] == [1000]
        assert {str(quad) for quad in graph.quads()} == whole
        assert [int(row[0]) for row in kg.open(root).graph.query(self.FIGURE)] == [1010]
        assert first.exists()

        del graph
        gc.collect()
        Small("a", 1011).write(root)
        kg.open(root).build()
        assert not first.exists()
        assert len(list((root / ".kg/generations").iterdir())) == 1

    def test_a_snapshot_keeps_its_canonical_quads(self, tmp_path: Path) -> None:
        root = start(tmp_path / "workspace", Small("a", 1000))
        kg.open(root).build()
        before = exported(root)
        generations = kg.open(root).generations
        with generations.reading() as snapshot:
            for figure in (1001, 1002):
                Small("a", figure).write(root)
                kg.open(root).build()
            digests = snapshot.manifest["graphs"]
            files = [generations.files.path(digests[name]) for name in sorted(digests)]
            assert b"".join(file.read_bytes() for file in files) == before
        Small("a", 1003).write(root)
        kg.open(root).build()
        assert not all(file.exists() for file in files)

    def test_an_answer_being_read_is_not_cut_short(self, tmp_path: Path) -> None:
        root = start(tmp_path / "workspace", Small("a", 1000))
        kg.open(root).build()
        with kg.open(root).asking_text("SELECT ?s ?p ?o { ?s ?p ?o }") as answer:
            first = next(iter(answer))
            Small("a", 1001).write(root)
            kg.open(root).build()
            rest = sum(1 for _ in answer)
        assert first is not None
        assert rest > 1000


class TestTheGraphFetchesNothing:
    SERVICE = "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"

    @pytest.mark.parametrize("text", [SERVICE, prepareQuery(SERVICE)])
    def test_a_service_is_refused(self, tmp_path: Path, text: str | Query) -> None:
        root = start(tmp_path / "workspace", Small("a", 1000))
        kg.open(root).build()
        graph = kg.open(root).graph
        for each in (graph, next(graph.graphs())):
            with pytest.raises(CallError, match=r"SERVICE|takes the text"):
                each.query(text)


class TestTheGraphIsReadOnly:
    @pytest.mark.parametrize(
        "write",
        [
            lambda graph: graph.add((URIRef("x:x"), URIRef("x:x"), URIRef("x:x"), URIRef("x:x"))),
            lambda graph: graph.remove((None, None, None, None)),
            lambda graph: graph.update("DELETE WHERE { ?s ?p ?o }"),
            lambda graph: graph.parse(data="<x:x> <x:x> <x:x> .", format="turtle"),
        ],
        ids=["add", "remove", "update", "parse"],
    )
    @pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
    def test_a_write_is_a_clear_error(
        self, tmp_path: Path, write: Callable[[Dataset], object]
    ) -> None:
        root = start(tmp_path / "workspace", Small("a"))
        kg.open(root).build()
        before = exported(root)
        graph = kg.open(root).graph

        with pytest.raises(CallError, match="read-only"):
            write(graph)

        assert exported(root) == before


class TestNobodyWritesWhatIsRead:
    """pyoxigraph calls reading a store that is open for writing undefined behaviour."""

    def test_the_store_is_closed_when_a_build_returns(self, tmp_path: Path) -> None:
        """Also where the garbage collector has not run: cached tracebacks hold many things."""
        import pyoxigraph as ox

        root = start(tmp_path / "workspace", Small("a"))
        gc.collect()
        gc.disable()
        try:
            kg.open(root).build()
            number = (root / ".kg/current").read_text().strip()
            # A second writer is refused for as long as there is a first.
            ox.Store(str(root / ".kg/generations" / number / "store"))
        finally:
            gc.enable()

    def test_the_store_is_closed_when_its_generation_becomes_current(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        root = start(tmp_path / "workspace", Small("a"))
        kg.open(root).build()
        Small("a", 1600).write(root)
        replace = Path.replace
        seen = []

        def watched(self: Path, target: str | Path) -> Path:
            if Path(target).name == "current":
                number = self.read_text().strip()
                folder = root / ".kg/generations" / number / "store"
                seen.append(open_for_writing(folder))
            return replace(self, target)

        monkeypatch.setattr(Path, "replace", watched)
        kg.open(root).build()

        assert seen == [False]


def open_for_writing(folder: Path) -> bool:
    """Whether this process has any file of the store open in a mode that writes."""
    for link in Path("/proc/self/fdinfo").iterdir():
        try:
            target = Path(f"/proc/self/fd/{link.name}").readlink()
            # Other lines are of another form where the process waits for events.
            lines = link.read_text().splitlines()
            flags = int(next(line for line in lines if line.startswith("flags:")).split()[1], 8)
        except OSError:
            continue
        if target.is_relative_to(folder) and flags & 0o3:
            return True
    return False


class TestBrokenStores:
    """What is wrong with the store is said in a sentence that tells how to go on."""

    def test_nothing_built(self, tmp_path: Path) -> None:
        root = start(tmp_path / "workspace", Small("a"))

        with pytest.raises(DataError, match="kg build"):
            exported(root)

    @pytest.mark.parametrize("content", [b"", b"one\n", b"\xff\xfe"])
    def test_an_unreadable_pointer(self, tmp_path: Path, content: bytes) -> None:
        root = start(tmp_path / "workspace", Small("a"))
        kg.open(root).build()
        (root / ".kg/current").write_bytes(content)

        with pytest.raises(EnvironmentFault, match="build again"):
            exported(root)

    def test_a_generation_that_is_gone(self, tmp_path: Path) -> None:
        root = start(tmp_path / "workspace", Small("a"))
        kg.open(root).build()
        (root / ".kg/current").write_text("77\n")

        with pytest.raises(EnvironmentFault, match="build again"):
            exported(root)

    def test_a_store_that_is_damaged(self, tmp_path: Path) -> None:
        root = start(tmp_path / "workspace", Small("a"))
        kg.open(root).build()
        for file in (root / ".kg/generations/1/store").glob("*.sst"):
            file.unlink()

        with pytest.raises(EnvironmentFault, match="build again"):
            exported(root)

    def test_deleting_the_store_is_always_allowed(self, tmp_path: Path) -> None:
        import shutil

        root = start(tmp_path / "workspace", Small("a"))
        kg.open(root).build()
        before = exported(root)
        shutil.rmtree(root / ".kg")

        assert kg.open(root).build().conforms
        assert exported(root) == before
