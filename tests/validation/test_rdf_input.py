"""RDF contributions: told by focus node and path, or by line where it is no RDF."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pyoxigraph as ox
import pytest

import kg

BASE = "https://w3id.org/communique/id/"
KG = "https://w3id.org/communique/ontology#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
FORMATS = {
    "nq": ox.RdfFormat.N_QUADS,
    "trig": ox.RdfFormat.TRIG,
    "jsonld": ox.RdfFormat.JSON_LD,
    "nt": ox.RdfFormat.N_TRIPLES,
    "ttl": ox.RdfFormat.TURTLE,
    "rdf": ox.RdfFormat.RDF_XML,
}

LIMITED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, (2_000_000_000, 2_000_000_000))
from kg.cli.main import main
sys.exit(main(sys.argv[1:]))
"""

pytestmark = pytest.mark.usefixtures("hurried")


@pytest.fixture
def contribution(built: Any) -> Any:
    """The quads of the built article, as another tool would hand them in."""
    file = built.root / "out.nq"
    kg.open(built.root).export(str(file), articles=["autumn-soldiers"])
    return list(ox.parse(file.read_bytes(), format=ox.RdfFormat.N_QUADS))


def _write(built: Any, quads: list[ox.Quad], ending: str) -> str:
    form = FORMATS[ending]
    items = quads if form.supports_datasets else [quad.triple for quad in quads]
    name = f"contribution.{ending}"
    ox.serialize(items, str(built.root / name), format=form)
    return name


@pytest.mark.parametrize("ending", FORMATS)
def test_a_good_contribution_conforms_in_every_format(
    built: Any, contribution: list[ox.Quad], ending: str
) -> None:
    told = built.validate(_write(built, contribution, ending))
    assert (told.code, told.findings) == (0, [])


@pytest.mark.parametrize("ending", FORMATS)
def test_a_claim_without_a_speaker_is_told_by_node_path_and_shape(
    built: Any, contribution: list[ox.Quad], ending: str
) -> None:
    speaker = ox.NamedNode("http://www.w3.org/ns/prov#wasAttributedTo")
    claim = ox.NamedNode(f"{BASE}claim/autumn-soldiers/c1")
    quads = [quad for quad in contribution if (quad.subject, quad.predicate) != (claim, speaker)]
    told = built.validate(_write(built, quads, ending))
    assert told.code == 1
    (finding,) = told.json["findings"]
    assert finding.pop("message").startswith("claim c1: The claim has no speaker.")
    assert finding.pop("file").endswith(f"contribution.{ending}")
    assert finding == {
        "severity": "error",
        "code": "missing-key",
        "line": None,
        "column": None,
        "focus_node": claim.value,
        "path": speaker.value,
        "value": None,
        "shape": "https://w3id.org/communique/shapes#claim-speaker-required",
    }


def test_a_low_above_its_high_is_told_with_its_value(
    built: Any, contribution: list[ox.Quad]
) -> None:
    claim = ox.NamedNode(f"{BASE}claim/autumn-soldiers/c2")
    integer = ox.NamedNode("http://www.w3.org/2001/XMLSchema#integer")
    basis = ox.NamedNode(f"{KG}rangeBasis")
    quads = [quad for quad in contribution if (quad.subject, quad.predicate) != (claim, basis)]
    graph = quads[0].graph_name
    scheme = "https://w3id.org/communique/scheme/basis/"
    quads.append(ox.Quad(claim, basis, ox.NamedNode(f"{scheme}range"), graph))
    quads.append(
        ox.Quad(claim, ox.NamedNode(f"{KG}high"), ox.Literal("9", datatype=integer), graph)
    )
    told = built.validate(_write(built, quads, "ttl"))
    assert [
        (each["code"], each["focus_node"], each["path"], each["value"])
        for each in told.json["findings"]
    ] == [("quantity-low-above-high", claim.value, f"{KG}low", "2000")]


def test_a_check_across_claims_sees_rdf_too(built: Any, contribution: list[ox.Quad]) -> None:
    event = ox.NamedNode(f"{BASE}event/pact")
    part_of = ox.NamedNode(f"{KG}isPartOf")
    contribution.append(ox.Quad(event, part_of, event, contribution[0].graph_name))
    told = built.validate(_write(built, contribution, "nq"))
    assert [
        (each["code"], each["focus_node"], each["shape"]) for each in told.json["findings"]
    ] == [("part-of-circle", event.value, "part-of-circle")]


BROKEN = {
    "ttl": ("@prefix kg: <https://example.org/> .\nkg:a kg:b .\n", 2),
    "nt": ("<https://a.example/a> <https://a.example/b> <https://a.example/c> .\nno triple\n", 2),
    "nq": ("<https://a.example/a> <https://a.example/b> .\n", 1),
    "trig": ("{ <https://a.example/a> a }\n", 1),
    "jsonld": ('{\n "@id": "https://a.example/a",\n "@type": oops\n}', 3),
    # The parser of RDF/XML tells no line.
    "rdf": (f'<rdf:RDF xmlns:rdf="{RDF}">\n<rdf:Description>\n</rdf:RDF>', 1),
}


@pytest.mark.parametrize("ending", BROKEN)
def test_what_is_no_rdf_is_told_by_its_line(built: Any, ending: str) -> None:
    content, line = BROKEN[ending]
    built.write(f"broken.{ending}", content)
    told = built.validate(f"broken.{ending}")
    assert told.code == 1
    assert [(code, at) for code, at, _ in told.findings] == [("rdf-syntax", line)]


@pytest.mark.parametrize("ending", BROKEN)
def test_what_is_no_text_is_no_rdf(built: Any, ending: str) -> None:
    built.write(f"binary.{ending}", b"\x89PNG\r\n\x1a\n\0\xff\xfe")
    told = built.validate(f"binary.{ending}")
    assert (told.code, [code for code, *_ in told.findings]) == (1, ["rdf-syntax"])


def test_a_context_elsewhere_is_not_fetched(built: Any) -> None:
    built.write("far.jsonld", '{"@context": "https://example.org/context", "@id": "x", "a": "b"}')
    told = built.validate("far.jsonld")
    assert (told.code, [code for code, *_ in told.findings]) == (1, ["rdf-syntax"])


def test_entities_that_multiply_are_not_unfolded(built: Any) -> None:
    entities = "".join(
        f'<!ENTITY e{number} "{f"&e{number - 1};" * 10}">' for number in range(1, 12)
    )
    built.write(
        "bomb.rdf",
        f'<!DOCTYPE r [<!ENTITY e0 "lol">{entities}]>\n'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        'xmlns:x="https://x.example/"><rdf:Description rdf:about="https://x.example/a">'
        "<x:b>&e11;</x:b></rdf:Description></rdf:RDF>",
    )
    # In a process of its own that may have 2 GB: unfolded, these are 300 GB.
    told = subprocess.run(
        [sys.executable, "-c", LIMITED, "validate", "bomb.rdf", "--format", "json"],
        cwd=built.root,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert told.returncode == 1, told.stderr
    assert [each["code"] for each in json.loads(told.stdout)["findings"]] == ["xml-entity"]


def test_entities_are_refused_even_where_they_only_shorten_names(built: Any) -> None:
    built.write(
        "short.rdf",
        '<!DOCTYPE rdf:RDF [\n<!ENTITY x "https://x.example/">]>\n'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:x="&x;">'
        '<rdf:Description rdf:about="&x;a"><x:b>c</x:b></rdf:Description></rdf:RDF>',
    )
    told = built.validate("short.rdf")
    assert (told.code, told.findings) == (1, [("xml-entity", 2, 1)])


def test_fifty_megabytes_of_rdf_are_too_many(built: Any) -> None:
    with (built.root / "big.nt").open("wb") as stream:
        stream.truncate(50_000_000)
    assert built.validate("big.nt").findings == [("file-too-large", 1, 1)]


def test_rdf_of_other_vocabularies_is_none_of_the_gate_s_business(built: Any) -> None:
    built.write("other.ttl", "<https://a.example/a> <https://a.example/b> [] .\n")
    told = built.validate("other.ttl")
    assert (told.code, told.findings) == (0, [])
