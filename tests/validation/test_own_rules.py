"""A workspace's own shapes and checks extend the shipped ones, under the same guard."""

from __future__ import annotations

from typing import Any

import pytest

SHAPE = """\
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix kg: <https://w3id.org/communique/ontology#> .
@prefix kgsh: <https://w3id.org/communique/shapes#> .
@prefix ex: <https://example.org/shapes#> .
"""

OWN_RULE = (
    SHAPE
    + """\
ex:title-of-five-words a sh:PropertyShape ;
    sh:targetClass kg:Article ;
    sh:path <http://www.w3.org/2004/02/skos/core#prefLabel> ;
    sh:maxLength 10 ;
    kgsh:code "title-too-long" ;
    sh:message "The title is too long for our pages." .
"""
)

CALLS_OUT = (
    SHAPE
    + """\
ex:calls-out a sh:NodeShape ;
    sh:targetClass kg:Claim ;
    sh:sparql ex:calls-out-query .
ex:calls-out-query
    sh:select "SELECT $this WHERE { SERVICE <http://127.0.0.1:9/> { $this ?p ?o } }" .
"""
)


def test_a_shape_of_the_workspace_finds_its_line(built: Any) -> None:
    built.write("shapes/own.ttl", OWN_RULE)

    told = built.validate("records/autumn-soldiers.yaml")

    assert told.findings == [("title-too-long", 4, 3)]
    assert told.code == 1


def test_a_shape_that_calls_a_service_is_refused(built: Any) -> None:
    built.write("shapes/own.ttl", CALLS_OUT)

    told = built.run("validate")

    assert told.code == 2
    assert "calls-out-query" in told.err
    assert "SERVICE" in told.err


def test_a_check_that_calls_a_service_is_refused_by_its_file(built: Any) -> None:
    built.write(
        "queries/checks/calls-out.rq",
        "#+ code: calls-out\n#+ message: no\n"
        "SELECT ?focus WHERE { SERVICE <http://127.0.0.1:9/> { ?focus ?p ?o } }\n",
    )

    told = built.run("validate")

    assert told.code == 2
    assert "calls-out.rq" in told.err


def test_an_unnamed_source_publishes_nothing(built: Any, record: str) -> None:
    edited = record.replace("publisher: unknown-outlet", "publisher: two-officials")
    built.write("records/autumn-soldiers.yaml", edited)

    told = built.validate("records/autumn-soldiers.yaml")

    assert told.findings == [("unknown-actor", 5, 3)]
    assert "unknown-outlet" in told.json["findings"][0]["message"]


HEAD = "#+ code: own\n#+ message: Mend this.\n"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"SELECT ?focus WHERE { ?focus ?p ?o }", "lacks '#+ code:'"),
        (b"#+ code: [\nSELECT ?focus WHERE { ?focus ?p ?o }", "no YAML"),
        (HEAD.encode() + b"#+ severity: bogus\nSELECT ?focus { ?focus ?p ?o }", "severity"),
        (HEAD.encode() + b"SELECT ?focus WHERE {", "no SPARQL query"),
        (HEAD.encode() + b"SELECT ?who WHERE { ?who ?p ?o }", "must SELECT ?focus"),
        (HEAD.encode() + b"ASK { ?who ?p ?o }", "must SELECT ?focus"),
        (b"\xff\xfe", "no UTF-8"),
    ],
)
def test_a_malformed_check_is_named_by_its_file(built: Any, content: bytes, says: str) -> None:
    built.write("queries/checks/own.rq", content)

    told = built.run("validate")

    assert told.code == 2
    assert "own.rq" in told.err
    assert says in told.err


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"#+ params: [a]\nSELECT * { ?s ?p ?o }", "'#+ params:' is a mapping"),
        (b"#+ params: {a: {type: colour}}\nSELECT * { ?s ?p ?o }", "needs a type"),
        (b"SELECT * { ?s ?p ?o }", "no decorators"),
        (b"\xff\xfe", "no UTF-8"),
    ],
)
def test_a_malformed_query_is_named_and_hides_no_other(
    built: Any, content: bytes, says: str
) -> None:
    built.write("queries/own/mine.rq", content)

    asked = built.run("query", "mine")
    listed = built.run("query", "--list")

    assert asked.code == 2
    assert says in asked.err
    assert listed.code == 0
    assert says in listed.err
    assert "who-speaks-for" in listed.out


def test_parameters_may_follow_options(built: Any) -> None:
    asked = built.run("query", "who-speaks-for", "--format", "csv", "state=russia", "--limit", "1")

    assert asked.code == 0
    assert asked.out.count("\n") == 2


def test_a_folder_is_no_query_file(built: Any) -> None:
    assert built.run("query", "-f", ".").code == 2


def test_an_address_is_a_whole_one(built: Any, record: str) -> None:
    edited = record.replace("url: https://example.org/a", "url: not an address")
    built.write("records/autumn-soldiers.yaml", edited)

    assert built.validate("records/autumn-soldiers.yaml").findings == [("invalid-value", 6, 3)]


def test_an_actor_may_act_for_several(built: Any, record: str) -> None:
    both = "  - id: liaison-office\n    type: Organization\n    name: Liaison office\n"
    edited = record.replace("places:\n", f"{both}    acts_for: [russia, north-korea]\nplaces:\n", 1)
    built.write("records/autumn-soldiers.yaml", edited)

    assert built.validate("records/autumn-soldiers.yaml").findings == []
