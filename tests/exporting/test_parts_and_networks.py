"""Parts of the graph by event, actor, period or query; nodes and edges; descriptions."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import shutil
import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import pandas
import pyoxigraph as ox
import pytest
import rdflib

import kg
from kg.exporting.files import export, target
from kg.exporting.merging import SortedSet, merged_triples
from kg.exporting.subsets import Part

BASE = "https://w3id.org/communique/id/"
EXAMPLE = Path(__file__).resolve().parents[2] / "examples/dprk-russia"
KG = "https://w3id.org/communique/ontology#"
RDF_TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
XMLNS = {"g": "http://graphml.graphdrawing.org/xmlns"}


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> kg.Workspace:
    root = tmp_path_factory.mktemp("example") / "workspace"
    shutil.copytree(EXAMPLE, root, ignore=shutil.ignore_patterns(".kg"))
    workspace = kg.open(root)
    assert workspace.build().conforms
    return workspace


def quads(workspace: kg.Workspace, **options: object) -> set[ox.Quad]:
    stream = io.BytesIO()
    workspace.export("-", stream=stream, **options)  # type: ignore[arg-type]
    return set(ox.parse(stream.getvalue(), format=ox.RdfFormat.N_QUADS))


def claims(found: set[ox.Quad]) -> set[str]:
    """The claims that are described, by what stands after ``claim/``."""
    return {
        quad.subject.value.removeprefix(f"{BASE}claim/")
        for quad in found
        if quad.predicate == RDF_TYPE and quad.object == ox.NamedNode(f"{KG}Claim")
    }


class TestNothingChosen:
    """It is no failure, and it is told."""

    NOTE = "note: nothing in the graph is what was asked for, so nothing of it is written\n"

    @pytest.mark.parametrize(
        "part",
        [
            Part(actor="france", event="dprk-combat-russia-2024"),
            Part(construct="CONSTRUCT { ?s ?p ?o } WHERE { ?s <urn:x:none> ?q ; ?p ?o }"),
        ],
    )
    @pytest.mark.parametrize("reference", [False, True])
    def test_a_part_that_no_claim_belongs_to(
        self, example: kg.Workspace, part: Part, *, reference: bool
    ) -> None:
        told: list[str] = []
        stream = io.BytesIO()

        example.export("-", part=part, reference=reference, stream=stream, warn=told.append)

        assert len(told) == 1
        assert bool(stream.getvalue()) == reference

    def test_what_was_found_is_not_told(self, example: kg.Workspace) -> None:
        told: list[str] = []
        for chosen in (None, Part(event="dprk-combat-russia-2024")):
            example.export("-", part=chosen, stream=io.BytesIO(), warn=told.append)

        assert told == []

    def test_on_the_command_line(
        self, example: kg.Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        from kg.cli.main import main

        file, bulk = tmp_path / "none.csv", tmp_path / "bulk"
        asked = ["--actor", "france", "--event", "dprk-combat-russia-2024"]
        into = ["--workspace", str(example.root), "export"]

        assert main([*into, str(file), *asked]) == 0
        assert self.NOTE in capsys.readouterr().err
        assert (file / "edges.csv").read_text() == "Source,Target,Type,Label\n"
        assert main([*into, "--bulk", str(bulk), "--for", "virtuoso", *asked]) == 0
        assert self.NOTE in capsys.readouterr().err
        assert json.loads((bulk / "manifest.json").read_text())["files"] == []


class TestParts:
    def test_an_event_with_its_claims_and_what_they_rest_on(self, example: kg.Workspace) -> None:
        found = quads(example, part=Part(event="dprk-combat-russia-2024"))

        asked = example.query("provenance", claim="2024-10-18-first-troops/c8")
        assert "2024-10-18-first-troops/c8" in claims(found)
        assert len(list(asked)) >= 1
        subjects = {quad.subject.value for quad in found}
        assert f"{BASE}claim/2024-10-18-first-troops/c8/quote" in subjects
        assert f"{BASE}event/dprk-combat-russia-2024" in subjects
        assert f"{BASE}claim/2024-10-18-first-troops/c1" not in subjects
        assert f"{BASE}claim/2024-10-18-first-troops/c1/quote" not in subjects

    def test_a_part_of_the_graph_is_in_the_graph(self, example: kg.Workspace) -> None:
        whole = quads(example)
        for part in (
            Part(actor="dmitry-peskov"),
            Part(period="2024-10"),
            Part(event="dprk-combat-russia-2024"),
        ):
            chosen = quads(example, part=part)
            assert chosen
            assert chosen < whole

    def test_an_actor_who_speaks(self, example: kg.Workspace) -> None:
        speaker = ox.NamedNode("http://www.w3.org/ns/prov#wasAttributedTo")
        found = quads(example, part=Part(actor="dmitry-peskov"))

        said = {quad.subject.value for quad in found if quad.predicate == speaker}
        assert f"{BASE}claim/2024-10-18-first-troops/c8" in said
        assert all(
            any(
                quad.subject.value == each and "dmitry-peskov" in str(quad.object) for quad in found
            )
            for each in said
        )

    def test_a_period(self, example: kg.Workspace) -> None:
        every = claims(quads(example))
        early = claims(quads(example, part=Part(period="../2024-10-20")))
        late = claims(quads(example, part=Part(period="2024-10-21/..")))

        assert early | late == every
        assert early < every
        assert late < every

    def test_all_at_once(self, example: kg.Workspace) -> None:
        one = claims(quads(example, part=Part(event="dprk-combat-russia-2024")))
        other = claims(quads(example, part=Part(actor="dmitry-peskov")))
        both = claims(
            quads(example, part=Part(event="dprk-combat-russia-2024", actor="dmitry-peskov"))
        )

        assert both == one & other

    def test_with_reference_data(self, example: kg.Workspace) -> None:
        found = quads(example, part=Part(actor="dmitry-peskov"), reference=True)

        assert f"{BASE}graph/reference" in {quad.graph_name.value for quad in found}

    def test_articles_with_reference_data(self, example: kg.Workspace) -> None:
        article = "2024-10-18-first-troops"

        found = quads(example, articles=article, reference=True)

        assert {quad.graph_name.value.removeprefix(BASE) for quad in found} == {
            f"article/{article}",
            "graph/reference",
        }

    def test_what_a_query_constructs(self, example: kg.Workspace) -> None:
        text = f"CONSTRUCT {{ ?c <urn:x:about> ?e }} WHERE {{ ?c <{KG}isAbout> ?e }}"
        found = quads(example, part=Part(construct=text))

        assert {quad.predicate.value for quad in found} == {"urn:x:about"}
        assert {each.subject.value.removeprefix(f"{BASE}claim/") for each in found} == claims(
            quads(example)
        )

    def test_a_query_passes_the_guard(self, example: kg.Workspace) -> None:
        with pytest.raises(kg.errors.CallError, match="SERVICE"):
            quads(
                example,
                part=Part(construct="CONSTRUCT WHERE { SERVICE <urn:x:s> { ?s ?p ?o } }"),
            )

    def test_rows_are_no_graph(self, example: kg.Workspace) -> None:
        with pytest.raises(kg.errors.CallError, match="CONSTRUCT query is needed"):
            quads(example, part=Part(construct="SELECT * WHERE { ?s ?p ?o }"))

    @pytest.mark.parametrize(
        ("part", "words"),
        [
            (Part(event="dprk-combat-russia-2023"), "no event"),
            (Part(actor="peskof"), "no actor"),
            (Part(period="autumn"), "no period"),
        ],
    )
    def test_nothing_of_that_name(self, example: kg.Workspace, part: Part, words: str) -> None:
        with pytest.raises(kg.errors.KgError, match=words):
            quads(example, part=part)


class TestNetworks:
    def resources(self, example: kg.Workspace) -> tuple[set[str], int]:
        """What is a node and how many edges there are, counted from the triples."""
        triples = {quad.triple for quad in quads(example)}
        nodes = {triple.subject.value for triple in triples}
        edges = [
            triple
            for triple in triples
            if isinstance(triple.object, ox.NamedNode) and triple.predicate != RDF_TYPE
        ]
        return nodes | {triple.object.value for triple in edges}, len(edges)

    def test_graphml(self, example: kg.Workspace, tmp_path: Path) -> None:
        nodes, edges = self.resources(example)
        file = tmp_path / "out.graphml"

        assert example.export(str(file))

        root = ET.parse(file).getroot()  # our own file
        assert {node.get("id") for node in root.iterfind(".//g:node", XMLNS)} == nodes
        assert len(root.findall(".//g:node", XMLNS)) == len(nodes)
        assert len(root.findall(".//g:edge", XMLNS)) == edges
        ends = {
            edge.get(end)
            for edge in root.iterfind(".//g:edge", XMLNS)
            for end in ("source", "target")
        }
        assert ends <= nodes
        (peskov,) = [
            node
            for node in root.iterfind(".//g:node", XMLNS)
            if node.get("id") == f"{BASE}actor/dmitry-peskov"
        ]
        values = {data.get("key"): data.text for data in peskov.iterfind("g:data", XMLNS)}
        assert (values["label"], values["type"]) == ("Dmitry Peskov", "kg:Person")

    def test_csv_is_a_folder(self, example: kg.Workspace, tmp_path: Path) -> None:
        nodes, edges = self.resources(example)

        assert example.export(str(tmp_path / "out.csv"))

        assert {file.name for file in (tmp_path / "out.csv").iterdir()} == {
            "nodes.csv",
            "edges.csv",
        }
        with (tmp_path / "out.csv/nodes.csv").open(newline="", encoding="utf-8") as source:
            rows = {row["Id"]: row for row in csv.DictReader(source)}
        assert rows.keys() == nodes
        claim = rows[f"{BASE}claim/2024-10-18-first-troops/c8"]
        assert (claim["type"], claim["Label"]) == (
            "kg:Claim",
            "id:claim/2024-10-18-first-troops/c8",
        )
        with (tmp_path / "out.csv/edges.csv").open(newline="", encoding="utf-8") as source:
            found = list(csv.DictReader(source))
        assert len(found) == edges
        assert {
            "Source": f"{BASE}claim/2024-10-18-first-troops/c8",
            "Target": f"{BASE}actor/dmitry-peskov",
            "Type": "Directed",
            "Label": "prov:wasAttributedTo",
        } in found

    def test_a_second_export_takes_the_place_of_the_first(
        self, example: kg.Workspace, tmp_path: Path
    ) -> None:
        target = tmp_path / "out.csv"
        example.export(str(target), articles="2024-10-18-first-troops")
        first = (target / "nodes.csv").read_bytes()
        example.export(f"{target}.gz", form="csv")
        example.export(str(target), articles="2024-10-18-first-troops")

        assert (target / "nodes.csv").read_bytes() == first
        assert {file.name for file in tmp_path.iterdir()} == {"out.csv", "out.csv.gz"}

    def test_a_folder_of_something_else_is_left_alone(
        self, example: kg.Workspace, tmp_path: Path
    ) -> None:
        (tmp_path / "out.csv").mkdir()
        (tmp_path / "out.csv/mine.txt").write_text("mine")

        with pytest.raises(kg.errors.CallError, match="holds something else"):
            example.export(str(tmp_path / "out.csv"))
        assert [file.name for file in (tmp_path / "out.csv").iterdir()] == ["mine.txt"]

    def test_networkx_would_refuse_signs_that_xml_has_not(self, tmp_path: Path) -> None:
        from kg.exporting.network import Network, write_graphml

        file = tmp_path / "a.nq"
        file.write_text('<urn:x:s> <urn:x:p> "bell\\u0007 & <b> \\"q\\"" <urn:x:g> .\n')
        stream = io.BytesIO()

        write_graphml(Network([file], {}), stream)

        root = ET.fromstring(stream.getvalue())
        assert 'bell\ufffd & <b> "q"' in [data.text for data in root.iter() if data.text]


class TestCarriageReturns:
    """Parsers of XML make line feeds of them, readers of CSV ends of rows, unless prevented."""

    WORDS = "one\rtwo\r\nthree\nfour\r"

    @pytest.fixture
    def graph(self, tmp_path: Path) -> Path:
        file = tmp_path / "a.nq"
        file.write_bytes(
            b'<urn:x:r> <urn:x:p> "one\\rtwo\\r\\nthree\\nfour\\r" <urn:x:g> .\n'
            b'<urn:x:s> <urn:x:p> "plain" <urn:x:g> .\n'
        )
        return file

    def test_rdf_xml(self, graph: Path) -> None:
        stream = io.BytesIO()

        export([graph], target("-", "rdf"), {}, stream)

        back = rdflib.Graph().parse(data=stream.getvalue(), format="xml")
        assert {str(value) for value in back.objects()} == {self.WORDS, "plain"}

    def test_rdf_xml_does_not_hold_what_xml_has_not(self, tmp_path: Path) -> None:
        for escaped, sign in ((b"\\u0007", "0007"), (b"\xef\xbf\xbe", "FFFE")):
            file = tmp_path / "a.nq"
            file.write_bytes(b'<urn:x:s> <urn:x:p> "a%sb" <urn:x:g> .\n' % escaped)

            with pytest.raises(kg.errors.DataError, match=f"U\\+{sign}"):
                export([file], target("-", "rdf"), {}, io.BytesIO())

    def test_graphml(self, graph: Path) -> None:
        stream = io.BytesIO()

        export([graph], target("-", "graphml"), {}, stream)

        root = ET.fromstring(stream.getvalue())
        assert self.WORDS in [data.text for data in root.iter()]

    def test_csv(self, graph: Path, tmp_path: Path) -> None:
        export([graph], target(str(tmp_path / "out.csv"), None), {}, io.BytesIO())

        file = tmp_path / "out.csv/nodes.csv"
        with file.open(newline="", encoding="utf-8") as source:
            rows = list(csv.DictReader(source))
        assert [row["urn:x:p"] for row in rows] == [self.WORDS, "plain"]
        assert list(pandas.read_csv(file)["urn:x:p"]) == [self.WORDS, "plain"]


class TestDescriptions:
    def test_counts_and_digests(self, example: kg.Workspace, tmp_path: Path) -> None:
        file = tmp_path / "out.nq.gz"
        example.export(str(file), describe=True)

        content = json.loads((tmp_path / "out.nq.gz.manifest.json").read_text())

        whole = quads(example)
        assert content["quads"] == len(whole)
        assert {row["graph"] for row in content["graphs"]} == {
            quad.graph_name.value for quad in whole
        }
        (written,) = content["files"]
        assert written["sha256"] == hashlib.sha256(file.read_bytes()).hexdigest()
        assert content["versions"]["communique"] == kg.__version__

    @pytest.mark.parametrize("ending", ["nq", "trig", "nt", "csv"])
    def test_void_counts_what_is_in_the_files(
        self, example: kg.Workspace, tmp_path: Path, ending: str
    ) -> None:
        """A triple that several graphs have is several quads, and one triple once they merge."""
        example.export(str(tmp_path / f"out.{ending}"), describe=True)

        void = (tmp_path / f"out.{ending}.void.ttl").read_text()

        found = quads(example)
        merged = {quad.triple for quad in found}
        assert len(merged) < len(found)
        expected = len(found) if ending in ("nq", "trig") else len(merged)
        assert f"<{BASE}graph> a void:Dataset, dcat:Dataset" in void
        assert f"\n  void:triples {expected} ;\n  void:vocabulary" in void

    def test_void_names_the_files(self, example: kg.Workspace, tmp_path: Path) -> None:
        example.export(str(tmp_path / "out.csv"), describe=True)

        void = list(
            ox.parse((tmp_path / "out.csv.void.ttl").read_bytes(), format=ox.RdfFormat.TURTLE)
        )

        titles = {
            each.object.value for each in void if each.predicate.value.endswith("dc/terms/title")
        }
        assert {"out.csv/edges.csv", "out.csv/nodes.csv"} <= titles

    def test_the_licence_of_the_workspace(self, example: kg.Workspace, tmp_path: Path) -> None:
        config = example.config._replace(licence="https://creativecommons.org/licenses/by/4.0/")
        kg.Workspace(example.root, config).export(str(tmp_path / "out.nq"), describe=True)

        assert (
            "dct:license <https://creativecommons.org/licenses/by/4.0/>"
            in (tmp_path / "out.nq.void.ttl").read_text()
        )


def test_more_files_than_may_be_open_at_once_are_merged(tmp_path: Path) -> None:
    files = []
    for number in range(300):
        file = tmp_path / f"{number}.nq"
        lines = [
            f'<urn:x:s{number % 7}> <urn:x:p> "{each}" <urn:x:g{number}> .\n' for each in range(5)
        ]
        file.write_text("".join(sorted(lines)))
        files.append(file)

    found = list(merged_triples(files))

    assert found == sorted(
        {f'<urn:x:s{one}> <urn:x:p> "{each}" .\n'.encode() for one in range(7) for each in range(5)}
    )


def test_a_set_larger_than_memory_comes_back_sorted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.exporting.merging._HELD_AT_ONCE", 10)
    lines = SortedSet()
    for number in range(500):
        lines.add(f"{number * 7919 % 100:03}".encode())

    assert list(lines) == [f"{number:03}".encode() for number in range(100)]


@pytest.mark.parametrize("name", ["out.graphml", "out.csv"])
def test_a_killed_export_leaves_nothing_that_looks_whole(
    example: kg.Workspace, tmp_path: Path, name: str
) -> None:
    def contents(place: Path) -> Iterator[tuple[str, bytes]]:
        for file in sorted(place.iterdir()) if place.is_dir() else [place]:
            yield file.name, file.read_bytes()

    example.export(str(tmp_path / f"whole-{name}"))
    whole = [content for _, content in contents(tmp_path / f"whole-{name}")]
    target = tmp_path / name
    script = (
        "import sys, kg; workspace = kg.open(sys.argv[1]); print(flush=True);"
        "[workspace.export(sys.argv[2]) for _ in range(1000)]"
    )
    for number in range(6):
        child = subprocess.Popen(
            [sys.executable, "-c", script, str(example.root), str(target)], stdout=subprocess.PIPE
        )
        with child:
            assert child.stdout is not None
            child.stdout.readline()
            time.sleep(0.3 + 0.37 * number)
            child.kill()
        if target.exists():
            assert [content for _, content in contents(target)] == whole
