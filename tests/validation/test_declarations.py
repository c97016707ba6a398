"""What several records declare must be declared alike; one article has one record."""

from __future__ import annotations

from typing import Any

import pyoxigraph as ox
import pytest

import kg
from kg.vocabulary.shipped import shipped
from kg.vocabulary.terms import DEFAULT_BASE, DERIVED, KG, SKOS

WINTER_TEXT = "Two officials said more soldiers have arrived.\n"
WINTER = """\
communique: 1
article:
  id: winter-soldiers
  title: More soldiers
  publisher: unknown-outlet
  published: 2024-12
  language: en
  text: articles/winter-soldiers.txt
  sha256: SHA256
actors:
  - id: harbour-office
    type: Organization
    name: Harbour office
    acts_for:
      - actor: russia
        role: port authority
places:
  - id: dock-seven
    name: Dock 7
    within: vladivostok
events:
  - id: soldiers-east
    type: Deployment
    label: North Korean soldiers in the Russian Far East
    from: north-korea
    to: russia
claims:
  - id: c1
    about: soldiers-east
    aspect: personnel-present
    modality: actual
    polarity: affirmed
    speaker: unknown-outlet
    responds_to: [autumn-soldiers/c1]
    quote:
      exact: more soldiers have arrived
"""


@pytest.fixture
def winter(built: Any, digest: Any) -> Any:
    """A second record, about the event of the first, which is built; not written yet."""
    built.write("articles/winter-soldiers.txt", WINTER_TEXT)
    return WINTER.replace("SHA256", digest(WINTER_TEXT))


def test_equal_declarations_are_one(built: Any, winter: str) -> None:
    built.write("records/winter.yaml", winter)
    assert built.validate("records").findings == []
    assert built.validate("records/winter.yaml").findings == []
    assert built.run("build").code == 0


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        pytest.param("    to: russia\n", "    to: ukraine\n", (22, 5), id="an event"),
        pytest.param("    type: Deployment\n", "    type: Combat\n", (22, 5), id="its type"),
        pytest.param("    label: North", "    label: Some North", (22, 5), id="its label"),
        pytest.param("    within: vladivostok\n", "    within: ussuriysk\n", (18, 5), id="a place"),
    ],
)
@pytest.mark.parametrize("paths", [("records",), ("records/winter.yaml",)], ids=["folder", "file"])
def test_unequal_declarations_are_told_against_the_call_and_the_last_build(
    built: Any, winter: str, old: str, new: str, place: tuple[int, int], paths: tuple[str, ...]
) -> None:
    assert winter.count(old) == 1
    before = built.stored()
    built.write("records/winter.yaml", winter.replace(old, new))
    told = built.validate(*paths)
    assert told.findings == [("conflicting-declaration", *place)]
    assert told.json["findings"][0]["file"].endswith("winter.yaml")
    assert built.run("build").code == 1
    assert built.stored() == before


def test_files_are_named_as_one_would_open_them(
    built: Any, winter: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(built.root)
    built.write("records/more/winter.yaml", winter)
    other = winter.replace("winter-soldiers\n", "spring-soldiers\n").replace(
        "port authority", "owner"
    )
    built.write("records/spring.yaml", other)
    built.write("records/winter.yaml", winter)

    found = {each["code"]: each["message"] for each in built.validate("records").json["findings"]}

    assert "already, in records/more/winter.yaml" in found["duplicate-id"]
    assert "declared otherwise in records/more/winter.yaml" in found["conflicting-declaration"]


def test_offices_belong_to_a_declaration(built: Any, winter: str) -> None:
    built.write("records/winter.yaml", winter)
    other = winter.replace("winter-soldiers\n", "spring-soldiers\n").replace(
        "port authority", "owner"
    )
    built.write("records/a.yaml", other)
    told = built.validate("records")
    assert told.findings == [("conflicting-declaration", 11, 5)]
    assert told.json["findings"][0]["file"].endswith("winter.yaml")


def test_a_conflict_hides_nothing_that_each_declaration_has_wrong(built: Any, winter: str) -> None:
    captain = "  - id: the-captain\n    type: Person\n    name: the captain\nplaces:\n"
    built.write("records/winter.yaml", winter.replace("places:\n", captain))
    other = winter.replace("winter-soldiers\n", "spring-soldiers\n")
    built.write(
        "records/a.yaml", other.replace("places:\n", captain.replace("the cap", "a cap", 1))
    )
    told = built.validate("records")
    found = {(each["file"][-11:], each["code"], each["line"]) for each in told.json["findings"]}
    assert found == {
        ("cords/a.yaml"[-11:], "person-without-role", 17),
        ("winter.yaml", "person-without-role", 17),
        ("winter.yaml", "conflicting-declaration", 17),
    }


def test_the_reference_data_may_be_repeated_but_not_contradicted(built: Any, winter: str) -> None:
    kremlin = "  - id: kremlin\n    type: Government\n    name: Kremlin\n    acts_for: russia\n"
    built.write("records/winter.yaml", winter.replace("places:\n", f"{kremlin}places:\n"))
    assert built.validate("records").findings == []
    other = kremlin.replace("acts_for: russia", "acts_for: ukraine")
    built.write("records/winter.yaml", winter.replace("places:\n", f"{other}places:\n"))
    assert built.validate("records").findings == [("conflicting-declaration", 17, 5)]


def test_an_event_may_change_where_the_only_other_record_of_it_changes_too(
    built: Any, winter: str, record: str
) -> None:
    label = "North Korean soldiers in the Russian Far East"
    built.write("records/winter.yaml", winter.replace(label, "Soldiers in the east"))
    built.write("records/autumn-soldiers.yaml", record.replace(label, "Soldiers in the east"))
    assert built.validate("records").findings == []
    assert built.run("build").code == 0


def test_an_article_has_one_record(
    built: Any, record: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(built.root)
    before = built.stored()
    built.write("records/other.yaml", record)
    told = built.validate("records")
    assert told.findings == [("duplicate-id", 3, 3)]
    assert told.json["findings"][0]["file"] == "records/other.yaml"
    build = built.run("build")
    assert build.out.startswith("records/other.yaml:3:3: error duplicate-id: ")
    assert build.out.count("duplicate-id") == 1
    assert built.stored() == before


def test_the_reference_data_may_know_more_than_a_record(built: Any, winter: str) -> None:
    """It grows from release to release, and records outlive that."""
    kremlin = "  - id: kremlin\n    type: Government\n    name: Kremlin\n    aliases: [the walls]\n"
    built.write("records/winter.yaml", winter.replace("places:\n", f"{kremlin}places:\n"))
    assert built.validate("records").findings == []
    for other in (kremlin.replace("Government", "Ministry"), kremlin.replace("name: K", "name: C")):
        built.write("records/winter.yaml", winter.replace("places:\n", f"{other}places:\n"))
        assert built.validate("records").findings == [("conflicting-declaration", 17, 5)]


@pytest.mark.parametrize(
    ("subject", "predicate", "value"),
    [
        pytest.param("event/soldiers-east", "kg:isTo", "id:actor/ukraine", id="an event"),
        pytest.param("place/dock-seven", "kg:isWithin", "id:place/ussuriysk", id="a place"),
        pytest.param("event/soldiers-east", "skos:prefLabel", '"Soldiers"', id="a label"),
    ],
)
def test_rdf_may_not_declare_otherwise_what_a_record_declares(
    built: Any, subject: str, predicate: str, value: str
) -> None:
    """Whole and alike is one declaration; in any other way it is two, with one address."""
    whole = _exported(built, subject)
    file = built.write("contribution.nt", "".join(f"{triple} .\n" for triple in whole))
    assert built.validate("contribution.nt").findings == []

    said = [triple for triple in whole if triple.predicate != _term(predicate)]
    said.append(ox.Triple(whole[0].subject, _term(predicate), _term(value)))
    file.write_text("".join(f"{triple} .\n" for triple in said), encoding="utf-8")
    told = built.validate("contribution.nt")

    (finding,) = told.json["findings"]
    assert (told.code, finding["code"]) == (1, "conflicting-declaration")
    assert finding["focus_node"] == f"{DEFAULT_BASE}{subject}"
    assert "is declared otherwise in the record of autumn-soldiers" in finding["message"]


def test_two_graphs_of_one_rdf_file_may_not_declare_otherwise(built: Any) -> None:
    whole = _exported(built, "event/soldiers-east")
    quads = [ox.Quad(*triple, _term("id:article/autumn-soldiers")) for triple in whole]
    other = [triple for triple in whole if triple.predicate != _term("skos:prefLabel")]
    quads += [ox.Quad(*triple, _term("id:article/winter-soldiers")) for triple in other]
    built.write("contribution.nq", "".join(f"{quad} .\n" for quad in quads))

    codes = [each["code"] for each in built.validate("contribution.nq").json["findings"]]

    assert "conflicting-declaration" in codes


def test_rdf_may_not_mean_something_else_by_an_id_of_the_reference_data(built: Any) -> None:
    text = """\
@prefix kg: <https://w3id.org/communique/ontology#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<https://w3id.org/communique/id/actor/kremlin> a kg:Organization ; skos:prefLabel "Kremlin" .
"""
    built.write("contribution.ttl", text)
    told = built.validate("contribution.ttl").json["findings"]
    assert [each["code"] for each in told] == ["conflicting-declaration"]


def _exported(built: Any, subject: str) -> list[ox.Triple]:
    """What the built record says of a node."""
    file = built.root / "out.nq"
    kg.open(built.root).export(str(file), articles=["autumn-soldiers"])
    quads = ox.parse(file.read_bytes(), format=ox.RdfFormat.N_QUADS)
    node, article = _term(f"id:{subject}"), _term("id:article/autumn-soldiers")
    return [quad.triple for quad in quads if (quad.subject, quad.graph_name) == (node, article)]


def _term(name: str) -> Any:
    spaces = {"id": DEFAULT_BASE, "kg": KG, "skos": SKOS}
    prefix, _, local = name.partition(":")
    return (
        ox.NamedNode(spaces[prefix] + local)
        if local
        else ox.Literal(name.strip('"'), language="en")
    )


def test_what_a_build_derives_is_no_part_of_a_declaration(built: Any) -> None:
    """A format without graphs mixes it in, and the file still declares what the record does."""
    workspace = kg.open(built.root)
    workspace.export(str(built.root / "all.nq"))
    quads = ox.parse((built.root / "all.nq").read_bytes(), format=ox.RdfFormat.N_QUADS)
    derived = {
        quad.predicate.value for quad in quads if quad.graph_name == _term("id:graph/derived")
    }
    assert derived
    assert derived <= set(DERIVED)
    module = ox.parse(path=shipped("ontology") / "modules/derived.ttl")
    assert {str(quad.subject) for quad in module} <= {f"<{name}>" for name in DERIVED}

    workspace.export(str(built.root / "all.ttl"))
    assert built.validate("all.ttl").findings == []


def test_an_event_without_a_claim_is_told_where_it_has_none(built: Any, winter: str) -> None:
    unused = winter.replace("about: soldiers-east", "about: other").replace(
        "claims:\n",
        "  - id: other\n    type: Deployment\n    label: Others\n    from: north-korea\n"
        "    to: russia\nclaims:\n",
    )
    built.write("records/winter.yaml", unused)
    told = built.validate("records")
    assert told.findings == [("event-without-claim", 22, 5)]
    assert told.json["findings"][0]["file"].endswith("winter.yaml")
