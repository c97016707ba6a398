"""Every format gives back what was put in, byte for byte the same however often it is written."""

from __future__ import annotations

import fcntl
import gzip
import io
import os
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest

import kg
import kg.exporting.files

GRAPHS = {"nq": ox.RdfFormat.N_QUADS, "trig": ox.RdfFormat.TRIG, "jsonld": ox.RdfFormat.JSON_LD}
TRIPLES = {"nt": ox.RdfFormat.N_TRIPLES, "ttl": ox.RdfFormat.TURTLE, "rdf": ox.RdfFormat.RDF_XML}
ENDINGS = [f"{form}{packed}" for form in (*GRAPHS, *TRIPLES) for packed in ("", ".gz")]
BASE = "https://w3id.org/communique/id/"

TEXT = (
    'Straße 9 \U0001f4a3: "0.50" of 1500 men,\ttab and back\\slash, stood at Kyōto; e\u0301 too.\n'
)
RECORD = """\
communique: 1
article:
  id: odd-signs
  title: "quotes \\" and back\\\\slash, a\\ttab, two\\nlines, a \\u2028, e\\u0301, \\U0001F4A3"
  publisher: unknown-outlet
  url: https://example.org/?a=1&b=<2>
  published: 2024-10-18
  language: en
  text: articles/odd-signs.txt
  sha256: SHA256
events:
  - id: march
    type: Deployment
    label: "0.50"
    from: north-korea
    to: russia
claims:
  - id: c1
    about: march
    aspect: personnel-present
    modality: actual
    polarity: affirmed
    speaker: south-korea-nis
    confidence: 0.50
    quantity:
      as_stated: 1500
      item: soldier
      best: 1500
      basis: exact
    quote:
      exact: 1500 men
"""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace whose record has every sign that some format must escape, built."""
    import hashlib

    root = tmp_path_factory.mktemp("exporting") / "workspace"
    for folder in ("articles", "records"):
        (root / folder).mkdir(parents=True)
    (root / "kg.toml").write_text("", encoding="utf-8")
    (root / "articles/odd-signs.txt").write_bytes(TEXT.encode())
    digest = hashlib.sha256(TEXT.encode()).hexdigest()
    (root / "records/odd-signs.yaml").write_text(RECORD.replace("SHA256", digest), "utf-8")
    report = kg.open(root).build()
    assert report.conforms, report.report.findings
    return root


@pytest.fixture(scope="module")
def canonical(root: Path) -> set[str]:
    """The quads as canonical N-Quads has them, which is what was mapped."""
    stream = io.BytesIO()
    kg.open(root).export("-", stream=stream)
    return set(lines_of(stream.getvalue()))


def lines_of(content: bytes) -> list[str]:
    """The lines of N-Quads; `str.splitlines` would also split at U+2028, which may stand in one."""
    return content.decode().removesuffix("\n").split("\n")


def parsed(content: bytes, ending: str) -> set[str]:
    """The statements of a file as N-Quads lines, graphs left out where the format has none."""
    form, _, packed = ending.partition(".")
    if packed:
        content = gzip.decompress(content)
    known = {**GRAPHS, **TRIPLES}[form]
    quads = ox.parse(content, format=known)
    if form in GRAPHS:
        return {f"{quad} ." for quad in quads}
    return {f"{quad.triple} ." for quad in quads}


def merged(lines: set[str]) -> set[str]:
    """Quads as triples: each line without its graph."""
    return {f"{line[: line.rindex(' <')]} ." for line in lines}


@pytest.mark.parametrize("ending", ENDINGS)
def test_all_comes_back(root: Path, canonical: set[str], tmp_path: Path, ending: str) -> None:
    file = tmp_path / f"out.{ending}"

    kg.open(root).export(str(file))

    expected = canonical if ending.split(".")[0] in GRAPHS else merged(canonical)
    assert parsed(file.read_bytes(), ending) == expected
    assert [each.name for each in tmp_path.iterdir()] == [file.name]


@pytest.mark.parametrize(
    ("ending", "form"),
    [("trig", "trig"), ("jsonld", "json-ld"), ("ttl", "turtle"), ("rdf", "xml"), ("nt", "nt")],
)
@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
def test_rdflib_reads_as_much(root: Path, tmp_path: Path, ending: str, form: str) -> None:
    """A second parser, since the first one wrote the file."""
    from rdflib import Dataset, Graph

    file = tmp_path / f"out.{ending}"
    kg.open(root).export(str(file), articles=["odd-signs"])
    own = io.BytesIO()
    kg.open(root).export("-", stream=own, articles=["odd-signs"])
    count = len(lines_of(own.getvalue()))

    graph = Dataset(default_union=True) if ending in GRAPHS else Graph()
    graph.parse(file, format=form)

    assert len(graph) == count


class TestLiterals:
    """The store rewrites some literals; an export has them as they were mapped."""

    CONFIDENCE = (
        f"<{BASE}claim/odd-signs/c1> <https://w3id.org/communique/ontology#extractionConfidence> "
        '"0.50"^^<http://www.w3.org/2001/XMLSchema#decimal>'
    )

    @pytest.mark.parametrize("ending", [*GRAPHS, *TRIPLES])
    def test_fifty_per_cent_keeps_its_nought(self, root: Path, tmp_path: Path, ending: str) -> None:
        file = tmp_path / f"out.{ending}"
        kg.open(root).export(str(file))

        lines = parsed(file.read_bytes(), ending)

        assert sum(line.startswith(self.CONFIDENCE) for line in lines) == 1

    @pytest.mark.parametrize("ending", [*GRAPHS, *TRIPLES])
    def test_text_that_looks_like_a_number_stays_text(
        self, root: Path, tmp_path: Path, ending: str
    ) -> None:
        file = tmp_path / f"out.{ending}"
        kg.open(root).export(str(file))
        label = f'<{BASE}event/march> <http://www.w3.org/2004/02/skos/core#prefLabel> "0.50" '

        assert any(line.startswith(label) for line in parsed(file.read_bytes(), ending))

    @pytest.mark.parametrize("ending", [*GRAPHS, *TRIPLES])
    def test_the_title_keeps_every_sign(self, root: Path, tmp_path: Path, ending: str) -> None:
        file = tmp_path / f"out.{ending}"
        kg.open(root).export(str(file))
        title = 'quotes " and back\\slash, a\ttab, two\nlines, a \u2028, e\u0301, \U0001f4a3'
        label = ox.NamedNode("http://www.w3.org/2004/02/skos/core#prefLabel")
        form = {**GRAPHS, **TRIPLES}[ending]

        found = {
            quad.object.value
            for quad in ox.parse(file.read_bytes(), format=form)
            if quad.subject.value == f"{BASE}article/odd-signs" and quad.predicate == label
        }

        assert found == {title}


EXPORT = "import sys, kg; kg.open(sys.argv[1]).export(sys.argv[2])"


@pytest.mark.parametrize("ending", ["trig", "ttl", "rdf", "jsonld", "nt", "nq.gz", "ttl.gz"])
def test_bytes_are_the_same_in_every_process(root: Path, tmp_path: Path, ending: str) -> None:
    """Hash seeds differ from process to process, so what is written from a set or map moves."""
    contents = set()
    for run in range(5):
        file = tmp_path / f"{run}.{ending}"
        environment = os.environ | {"PYTHONHASHSEED": str(run * 7919)}
        command = [sys.executable, "-c", EXPORT, str(root), str(file)]
        subprocess.run(command, check=True, env=environment)
        contents.add(file.read_bytes())
    assert len(contents) == 1


def test_repeated_exports_in_one_process_are_the_same(root: Path) -> None:
    contents = set()
    for _ in range(8):
        stream = io.BytesIO()
        kg.open(root).export("-", form="ttl", articles=["odd-signs"], stream=stream)
        contents.add(stream.getvalue())
    assert len(contents) == 1


def test_nquads_are_ordered_by_graph_then_line(root: Path) -> None:
    stream = io.BytesIO()
    kg.open(root).export("-", stream=stream)

    lines = lines_of(stream.getvalue())

    graphs = [line[line.rindex(" <") + 2 : -3] for line in lines]
    assert list(zip(graphs, lines, strict=True)) == sorted(zip(graphs, lines, strict=True))
    assert len(set(lines)) == len(lines)
    assert set(graphs) == {
        f"{BASE}article/odd-signs",
        f"{BASE}graph/derived",
        f"{BASE}graph/reference",
    }


def test_ntriples_are_sorted_and_each_there_once(root: Path) -> None:
    stream = io.BytesIO()
    kg.open(root).export("-", form="nt", stream=stream)

    lines = lines_of(stream.getvalue())

    assert lines == sorted(set(lines))


@pytest.mark.parametrize("ending", [*GRAPHS, *TRIPLES])
def test_runs_are_never_exported(root: Path, tmp_path: Path, ending: str) -> None:
    file = tmp_path / f"out.{ending}"
    kg.open(root).export(str(file))

    lines = parsed(file.read_bytes(), ending)

    assert not any(f"<{BASE}run/" in line for line in lines)
    assert not any("> <http://www.w3.org/ns/prov#wasGeneratedBy> <" in line for line in lines)


def test_the_text_of_an_article_is_never_exported(root: Path) -> None:
    stream = io.BytesIO()
    kg.open(root).export("-", stream=stream)

    assert "Kyōto" not in stream.getvalue().decode()


@pytest.mark.parametrize("ending", ["nq", "nq.gz", "ttl"])
def test_a_killed_export_leaves_the_file_that_was_there(
    root: Path, tmp_path: Path, ending: str
) -> None:
    """kill -9 at ten moments: the old file entire, or the new one entire."""
    import time

    whole = tmp_path / f"whole.{ending}"
    kg.open(root).export(str(whole))
    old = b"the file that was there\n"
    file = tmp_path / "target" / f"out.{ending}"
    file.parent.mkdir()
    script = (
        "import sys, kg; workspace = kg.open(sys.argv[1]); print(flush=True);"
        "[workspace.export(sys.argv[2]) for _ in range(1000)]"
    )
    for number in range(6):
        file.write_bytes(old)
        child = subprocess.Popen(
            [sys.executable, "-c", script, str(root), str(file)], stdout=subprocess.PIPE
        )
        with child:
            assert child.stdout is not None
            child.stdout.readline()
            time.sleep(0.01 + 0.017 * number)
            child.kill()
        assert file.read_bytes() in (old, whole.read_bytes())


@pytest.mark.parametrize("name", ["out", "out.gz", "folder.d/out"])
def test_a_name_without_an_ending_is_told_so(name: str) -> None:
    with pytest.raises(kg.errors.CallError, match=f"The name '{name}' tells no format"):
        kg.exporting.files.target(name, None)


class TestWhatAKillLeaves:
    """Files aside whose process is gone are deleted by the next export of the same name."""

    @pytest.fixture
    def nobody(self) -> int:
        """The number of a process that has ended."""
        child = subprocess.Popen([sys.executable, "-c", ""])
        child.wait()
        return child.pid

    @pytest.mark.parametrize("name", ["out.nq", "out.csv"])
    def test_is_swept(self, root: Path, tmp_path: Path, nobody: int, name: str) -> None:
        for ending in ("tmp", "old"):
            left = tmp_path / f".{name}.{nobody}.{ending}"
            if name == "out.csv":
                left.mkdir()
                (left / "nodes.csv").write_text("half")
            elif ending == "tmp":
                left.write_text("half")

        kg.open(root).export(str(tmp_path / name))

        assert [file.name for file in tmp_path.iterdir()] == [name]

    def test_but_not_that_of_a_process_that_runs_or_of_another_name(
        self, root: Path, tmp_path: Path, nobody: int
    ) -> None:
        kept = {
            f".out.nq.{os.getppid()}.tmp",
            f".other.nq.{nobody}.tmp",
            f".out.nq.{nobody}.tmp.txt",
            ".out.nq.mine.tmp",
        }
        for name in kept:
            (tmp_path / name).write_text("another's")

        kg.open(root).export(str(tmp_path / "out.nq"))

        assert {file.name for file in tmp_path.iterdir()} == kept | {"out.nq"}

    def test_nor_that_of_a_process_in_another_container(
        self, root: Path, tmp_path: Path, nobody: int
    ) -> None:
        """Its number is of nobody here, but it holds its lock."""
        aside = tmp_path / f".out.nq.{nobody}.tmp"
        with aside.open("w") as out:
            fcntl.flock(out, fcntl.LOCK_SH)

            kg.open(root).export(str(tmp_path / "out.nq"))

            assert aside.exists()
