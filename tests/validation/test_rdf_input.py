"""RDF contributions: told by focus node and path, or by line where it is no RDF."""

from __future__ import annotations

import gzip
import os
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


@pytest.mark.parametrize("ending", FORMATS)
def test_a_term_of_ours_that_does_not_exist_is_told(
    built: Any, contribution: list[ox.Quad], ending: str
) -> None:
    kind = ox.NamedNode(f"{RDF}type")
    march = ox.NamedNode(f"{BASE}event/march")
    wrong = [
        ox.Quad(march, kind, ox.NamedNode(f"{KG}Deploymnt"), ox.DefaultGraph()),
        ox.Quad(march, ox.NamedNode(f"{KG}isPrtOf"), march, ox.DefaultGraph()),
    ]

    told = built.validate(_write(built, [*contribution, *wrong], ending))

    said = {each["value"]: each["message"] for each in told.json["findings"]}
    assert said.keys() == {f"{KG}Deploymnt", f"{KG}isPrtOf"}
    assert "did you mean 'Deployment'?" in said[f"{KG}Deploymnt"]
    assert "did you mean 'isPartOf'?" in said[f"{KG}isPrtOf"]
    assert {each["code"] for each in told.json["findings"]} == {"undeclared-term"}


def test_a_node_of_others_is_called_by_its_whole_address(built: Any) -> None:
    built.write("theirs.nt", f"<https://example.org/a/b> <{KG}isPrtOf> <https://example.org/c> .\n")

    (finding,) = built.validate("theirs.nt").json["findings"]

    assert finding["message"].startswith("https://example.org/a/b: ")


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
    "rdf": (f'<rdf:RDF xmlns:rdf="{RDF}">\n<rdf:Description>\n</rdf:RDF>', 3),
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
    assert (told.code, told.findings) == (1, [("not-utf8", 1, 1)])


def test_rdf_of_other_vocabularies_is_none_of_the_gate_s_business(built: Any) -> None:
    built.write("other.ttl", "<https://a.example/a> <https://a.example/b> [] .\n")
    told = built.validate("other.ttl")
    assert (told.code, told.findings) == (0, [])


@pytest.mark.parametrize("ending", FORMATS)
def test_a_file_may_be_gzipped(built: Any, contribution: list[ox.Quad], ending: str) -> None:
    event = ox.NamedNode(f"{BASE}event/pact")
    part_of = ox.NamedNode(f"{KG}isPartOf")
    contribution.append(ox.Quad(event, part_of, event, contribution[0].graph_name))
    content = (built.root / _write(built, contribution, ending)).read_bytes()
    # A gzip file may have several members.
    zipped = gzip.compress(content[:100]) + gzip.compress(content[100:])
    built.write(f"zipped.{ending}.gz", zipped)
    told = built.validate(f"zipped.{ending}.gz")
    assert [each["code"] for each in told.json["findings"]] == ["part-of-circle"]


def test_gzipped_files_of_a_folder_are_found(built: Any) -> None:
    built.write("proposals/a.nt.gz", gzip.compress(b"no triple\n"))
    built.write("proposals/b.txt.gz", gzip.compress(b"no triple\n"))
    told = built.validate("proposals")
    assert [each["file"].rsplit("/", 1)[-1] for each in told.json["findings"]] == ["a.nt.gz"]


def test_an_excerpt_of_a_gzipped_file_shows_what_is_in_it(built: Any) -> None:
    content = f"<{BASE}place/a> <{RDF}type> <{KG}Place> .\nno triple\n"
    file = built.write("a.nt.gz", gzip.compress(content.encode()))

    told = built.run("validate", file)

    assert "     2 | no triple\n       | ^\n" in told.out


def test_what_is_no_gzip_file_has_no_excerpt(built: Any) -> None:
    told = built.run("validate", built.write("a.nt.gz", b"\x1f\x8bno gzip file\n"))

    assert "bad-gzip" in told.out
    assert " | " not in told.out


def test_a_pipe_is_not_waited_for(built: Any) -> None:
    for name in ("a.yaml", "a.ttl"):
        os.mkfifo(built.root / name)

        told = built.run("validate", built.root / name)

        assert told.code == 2
        assert f"{name} is a pipe or a device" in told.err


@pytest.mark.parametrize(("name", "what"), [("a.yaml", "a pipe"), ("b.yaml", "a link that leads")])
def test_what_lies_in_a_folder_and_cannot_be_judged_is_told(
    built: Any, name: str, what: str
) -> None:
    os.mkfifo(built.root / "records" / "a.yaml")
    (built.root / "records" / "b.yaml").symlink_to("nowhere.yaml")
    for other in {"a.yaml", "b.yaml"} - {name}:
        (built.root / "records" / other).unlink()

    for command in ("validate", "build"):
        told = built.run(command)
        assert told.code == 3
        assert f"{name} is {what}" in told.err


def test_links_to_folders_are_followed_but_not_round_in_a_circle(
    built: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(built.root)
    built.write("elsewhere/bad.yaml", "communique: 1\nfoo: 1\n")
    (built.root / "records" / "more").symlink_to(built.root / "elsewhere")
    (built.root / "elsewhere" / "back").symlink_to(built.root / "records")

    told = built.validate("records")

    assert {each["file"] for each in told.json["findings"]} == {"records/more/bad.yaml"}


def test_another_gzipped_file_is_nothing_that_can_be_judged(built: Any) -> None:
    built.write("record.yaml.gz", gzip.compress(b"communique: 1\n"))
    told = built.run("validate", built.root / "record.yaml.gz")
    assert told.code == 2
    assert ".nq.gz" in told.err


def test_what_is_exported_whole_conforms(built: Any) -> None:
    """Ontology, schemes, desks and all that a build derives stand in it, and are known."""
    for name in ("whole.nq", "whole.trig", "whole.nq.gz"):
        kg.open(built.root).export(str(built.root / name))
        assert built.validate(name).findings == []


def test_an_article_in_a_format_without_graphs_is_looked_at_like_one_with(
    built: Any, contribution: list[ox.Quad]
) -> None:
    """That an event has no claim is known within the graph of its article alone."""
    event = ox.NamedNode(f"{BASE}event/talks")
    graph = contribution[0].graph_name
    for predicate, value in (
        ("http://www.w3.org/1999/02/22-rdf-syntax-ns#type", ox.NamedNode(f"{KG}Meeting")),
        (f"{KG}hasParty", ox.NamedNode(f"{BASE}actor/russia")),
        ("http://www.w3.org/2004/02/skos/core#prefLabel", ox.Literal("talks")),
    ):
        contribution.append(ox.Quad(event, ox.NamedNode(predicate), value, graph))
    for ending in FORMATS:
        told = built.validate(_write(built, contribution, ending))
        assert [(each["code"], each["focus_node"]) for each in told.json["findings"]] == [
            ("event-without-claim", event.value)
        ], ending


def test_a_file_that_says_nothing_is_told(built: Any) -> None:
    built.write("empty.ttl", "# nothing yet\n")
    told = built.validate("empty.ttl")
    assert (told.code, told.findings) == (0, [("no-triples", 1, 1)])


def test_a_desk_is_listed_in_kg_toml_and_nowhere_else(
    built: Any, contribution: list[ox.Quad]
) -> None:
    desk = ox.NamedNode(f"{BASE}desk/our-own-desk")
    assessed = ox.NamedNode(f"{BASE}assessment/autumn-soldiers/c4/2024-12-01-example-desk")
    by = ox.NamedNode("http://www.w3.org/ns/prov#wasAttributedTo")
    quads = [quad for quad in contribution if (quad.subject, quad.predicate) != (assessed, by)]
    graph = contribution[0].graph_name
    kind = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    quads += [
        ox.Quad(assessed, by, desk, graph),
        ox.Quad(desk, kind, ox.NamedNode(f"{KG}Desk"), graph),
    ]
    told = built.validate(_write(built, quads, "nq"))
    assert [(each["code"], each["focus_node"]) for each in told.json["findings"]] == [
        ("declared-in-data", desk.value),
        ("unknown-desk", assessed.value),
    ]


def test_a_term_is_declared_in_the_ontology_and_nowhere_else(built: Any) -> None:
    built.write(
        "terms.ttl",
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        "<https://w3id.org/communique/scheme/item/unicorn> a skos:Concept .\n",
    )
    told = built.validate("terms.ttl")
    (finding,) = told.json["findings"]
    assert finding["code"] == "declared-in-data"
    assert finding["focus_node"] == "https://w3id.org/communique/scheme/item/unicorn"
    assert "ontology/" in finding["message"]


def test_a_quote_stands_in_the_text_where_the_text_is_at_hand(
    built: Any, contribution: list[ox.Quad]
) -> None:
    quote = f"{BASE}claim/autumn-soldiers/c5/quote"
    other = f"{BASE}claim/autumn-soldiers/c4/quote"
    oa = "http://www.w3.org/ns/oa#"
    changed = {
        # "mutual assistance pact" is what the article says.
        (quote, f"{oa}exact"): ox.Literal("mutual defence pact"),
        (f"{BASE}claim/autumn-soldiers/c5", f"{KG}quoteExact"): ox.Literal("mutual defence pact"),
        (other, f"{oa}start"): ox.Literal(0),
        (f"{BASE}claim/autumn-soldiers/c4", f"{KG}quoteStart"): ox.Literal(0),
    }
    quads = [
        ox.Quad(
            quad.subject,
            quad.predicate,
            changed.get((quad.subject.value, quad.predicate.value), quad.object),
            quad.graph_name,
        )
        for quad in contribution
    ]
    told = built.validate(_write(built, quads, "ttl"))
    assert [(each["code"], each["focus_node"], each["path"]) for each in told.json["findings"]] == [
        ("quote-not-in-text", quote, f"{oa}exact"),
        ("quote-offset", other, f"{oa}start"),
    ]
    (built.root / "articles/autumn-soldiers.txt").unlink()
    assert built.validate("contribution.ttl").findings == []


def test_of_another_text_the_digest_alone_is_told(built: Any, contribution: list[ox.Quad]) -> None:
    built.write("articles/autumn-soldiers.txt", "Another text.")
    told = built.validate(_write(built, contribution, "nq"))
    assert [(each["code"], each["focus_node"]) for each in told.json["findings"]] == [
        ("digest-mismatch", f"{BASE}article/autumn-soldiers")
    ]


@pytest.mark.parametrize("outside", ["../outside.txt", "/etc/passwd"])
def test_a_text_outside_the_workspace_is_told_and_never_read(
    built: Any, contribution: list[ox.Quad], outside: str
) -> None:
    (built.root.parent / "outside.txt").write_text("secret", encoding="utf-8")
    path = ox.NamedNode(f"{KG}textPath")
    quads = [
        ox.Quad(quad.subject, path, ox.Literal(outside), quad.graph_name)
        if quad.predicate == path
        else quad
        for quad in contribution
    ]
    told = built.validate(_write(built, quads, "nq"))
    assert told.findings == [("text-outside-workspace", None, None)]


HEAD = """\
@prefix kg: <https://w3id.org/communique/ontology#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@base <https://w3id.org/communique/id/place/> .
"""
EIGHT = f'{HEAD}<dock-eight> a kg:Place ; skos:prefLabel "Dock 8"@en ; kg:isWithin <east-pier> .\n'
PIER = (
    f'{HEAD}<east-pier> a kg:Place ; skos:prefLabel "East pier"@en ; kg:isWithin <vladivostok> .\n'
)


def test_the_files_of_a_call_may_refer_to_each_other(built: Any) -> None:
    built.write("eight.ttl", EIGHT)
    built.write("pier.ttl", PIER)
    alone = built.validate("eight.ttl").json["findings"]
    assert [(each["code"], each["focus_node"]) for each in alone] == [
        ("unknown-place", f"{BASE}place/dock-eight")
    ]
    assert built.validate("eight.ttl", "pier.ttl").findings == []


def test_rdf_may_refer_to_a_record_of_the_call(desk: Any) -> None:
    """Nothing is built; the dock is known from the record alone."""
    desk.write("eight.ttl", EIGHT.replace("east-pier", "dock-seven"))
    assert [each[0] for each in desk.validate("eight.ttl").findings] == ["unknown-place"]
    assert desk.validate("eight.ttl", "records").findings == []


def test_a_record_may_not_rely_on_rdf_which_no_build_loads(desk: Any, record: str) -> None:
    desk.write("pier.ttl", PIER)
    desk.write(
        "records/autumn-soldiers.yaml", record.replace("within: vladivostok", "within: east-pier")
    )
    assert [each[0] for each in desk.validate("pier.ttl", "records").findings] == ["unknown-place"]


def test_each_file_that_describes_a_node_is_told(built: Any) -> None:
    built.write("pier.ttl", PIER)
    built.write("other.ttl", PIER.replace("East pier", "Eastern pier"))
    told = built.validate("pier.ttl", "other.ttl").json["findings"]
    assert [(each["file"].rpartition("/")[2], each["code"]) for each in told] == [
        ("other.ttl", "several-values"),
        ("pier.ttl", "several-values"),
    ]


def test_what_rdf_breaks_in_a_record_is_told_at_the_line_of_the_record(built: Any) -> None:
    """The built article comes anew as RDF, a month later than an assessment of it."""
    assessment = """\
communique: 1
assessments:
  - claim: autumn-soldiers/c2
    status: disputed
    by: example-desk
    dated: 2024-11-02
    rationale: Another agency counts fewer.
"""
    built.write("assessments/desk.yaml", assessment)
    assert built.run("build").code == 0
    kg.open(built.root).export(str(built.root / "out.nt"), articles=["autumn-soldiers"])
    later = (built.root / "out.nt").read_text(encoding="utf-8").replace("2024-10-18", "2024-11-18")
    built.write("later.nt", later)

    told = built.validate("later.nt").json["findings"]

    assert ("desk.yaml", "assessment-before-article", 6) in [
        (each["file"].rpartition("/")[2], each["code"], each["line"]) for each in told
    ]


def test_blank_nodes_of_two_files_are_two(built: Any) -> None:
    """What both call _:b is not one thing with two names."""
    for name in ("one", "two"):
        text = f'_:b <http://www.w3.org/2004/02/skos/core#prefLabel> "{name}"@en .\n'
        built.write(f"{name}.nt", text)
    alone = built.validate("one.nt").findings
    assert built.validate("one.nt", "two.nt").findings == 2 * alone


def test_classes_that_no_shape_is_about_are_told_once_each(built: Any) -> None:
    people = """
        <https://example.org/a> a <http://xmlns.com/foaf/0.1/Person> .
        <https://example.org/b> a <http://xmlns.com/foaf/0.1/Person> .
        <https://example.org/c> a <http://xmlns.com/foaf/0.1/Person>, <https://example.org/Crew> .
    """
    built.write("people.ttl", people)
    told = built.validate("people.ttl")
    assert [each["code"] for each in told.json["findings"]] == ["foreign-class"] * 2
    assert {each["value"] for each in told.json["findings"]} == {
        "http://xmlns.com/foaf/0.1/Person",
        "https://example.org/Crew",
    }
    assert told.code == 0

    shape = """
        @prefix sh: <http://www.w3.org/ns/shacl#> .
        <https://example.org/person> a sh:NodeShape ;
            sh:targetClass <http://xmlns.com/foaf/0.1/Person> ;
            sh:nodeKind sh:IRI .
    """
    built.write("shapes/people.ttl", shape)
    told = built.validate("people.ttl")
    assert "foreign-class" not in [each["code"] for each in told.json["findings"]]


CLAIM = ox.NamedNode(f"{BASE}claim/autumn-soldiers/c1")
RETRACTED = ox.NamedNode(f"{KG}retractedOn")
DAY = ox.Literal("2025-01-01", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#date"))


@pytest.mark.parametrize("graph", [None, "article/autumn-soldiers", "article/another"])
def test_a_claim_of_a_recorded_article_is_not_changed_by_the_way(
    built: Any, graph: str | None
) -> None:
    home = ox.NamedNode(BASE + graph) if graph else ox.DefaultGraph()
    name = _write(built, [ox.Quad(CLAIM, RETRACTED, DAY, home)], "nq")
    codes = {each["code"] for each in built.validate(name).json["findings"]}
    # In its own graph it is what is left of the article: then all the rest is missing.
    assert ("claim-in-other-graph" in codes) == (graph != "article/autumn-soldiers")
    assert codes != set()


def test_an_article_stays_in_its_graph_whatever_that_is_said_to_be(
    built: Any, contribution: list[ox.Quad]
) -> None:
    other = ox.NamedNode(f"{BASE}article/winter-soldiers")
    moved = [ox.Quad(q.subject, q.predicate, q.object, other) for q in contribution]
    told = built.validate(_write(built, moved, "nq"))
    assert {"claim-in-other-graph", "foreign-graph"} <= {
        each["code"] for each in told.json["findings"]
    }


def test_what_has_no_class_is_told(built: Any, contribution: list[ox.Quad]) -> None:
    kind = ox.NamedNode(f"{RDF}type")
    quads = [q for q in contribution if (q.subject, q.predicate) != (CLAIM, kind)]
    told = built.validate(_write(built, quads, "ttl"))
    assert ("class-missing", CLAIM.value) in {
        (each["code"], each["focus_node"]) for each in told.json["findings"]
    }


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("published", "2024-10-25", "The date 2024-10-25 means 2024-10-25, and"),
        ("published", "2024-10", "The date 2024-10 means 2024-10-01 to 2024-10-31, and"),
    ],
)
def test_days_are_those_that_the_date_means(
    built: Any, contribution: list[ox.Quad], name: str, value: str, says: str
) -> None:
    article = ox.NamedNode(f"{BASE}article/autumn-soldiers")
    key = ox.NamedNode(KG + name)
    quads = [q for q in contribution if (q.subject, q.predicate) != (article, key)]
    quads.append(ox.Quad(article, key, ox.Literal(value), quads[0].graph_name))
    told = built.validate(_write(built, quads, "nq"))
    (finding,) = [each for each in told.json["findings"] if each["code"] == "days-differ"]
    assert says in finding["message"]
    assert finding["focus_node"] == article.value
