"""A workspace's own shapes and checks extend the shipped ones, under the same guard."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

SHAPE = """\
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix kg: <https://w3id.org/communique/ontology#> .
@prefix kgsh: <https://w3id.org/communique/shapes#> .
@prefix ex: <https://example.org/shapes#> .
"""

BEST = "best: 1500\n      basis: approximate\n"
LOW_ABOVE_HIGH = "low: 2000\n      high: 1000\n      basis: range\n"

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

OF_CLAIMS = f"{SHAPE}ex:own a sh:Shape ;\n  sh:targetClass kg:Claim ;\n"

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


def test_a_shape_of_the_package_cannot_be_switched_off(built: Any, record: str) -> None:
    built.write("shapes/own.ttl", SHAPE + "kgsh:figure-low-to-high sh:deactivated true .\n")
    built.write("records/autumn-soldiers.yaml", record.replace(BEST, LOW_ABOVE_HIGH))

    told = built.validate("records")

    line = record.splitlines().index("      best: 1500") + 1
    assert told.code == 1
    assert _told(told) == [
        ("quantity-low-above-high", "autumn-soldiers.yaml", line, 7),
        ("bad-shape", "own.ttl", 5, 1),
    ]
    assert "figure-low-to-high, a shape of the package" in _messages(told)


def test_a_shape_that_calls_a_service_is_refused(built: Any) -> None:
    built.write("shapes/own.ttl", CALLS_OUT)

    told = built.validate("records")

    assert told.code == 1
    assert _told(told) == [("bad-shape", "own.ttl", 8, 1)]
    assert "SERVICE" in _messages(told)


def test_a_check_that_calls_a_service_is_refused_by_its_file(built: Any) -> None:
    built.write(
        "queries/checks/calls-out.rq",
        "#+ code: calls-out\n#+ message: no\n"
        "SELECT ?focus WHERE { SERVICE <http://127.0.0.1:9/> { ?focus ?p ?o } }\n",
    )

    told = built.validate("records")

    assert told.code == 1
    assert _told(told) == [("bad-check", "calls-out.rq", 3, 23)]
    assert "SERVICE" in _messages(told)


def test_a_shape_without_an_end_is_given_up(built: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Five statements at a time, of all that there are, of which none is found."""
    monkeypatch.setattr("kg.validation.shapes.MAX_SECONDS", 0.2)
    every = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i"
    query = f"SELECT $this WHERE {{ $this ?p ?o . {every} FILTER(STR(?c) = CONCAT(?i, ?f)) }}"
    rule = f'ex:endless sh:targetClass kg:Claim ;\n  sh:sparql [ sh:select "{query}" ] .\n'
    built.write("shapes/own.ttl", OWN_RULE + rule)

    told = built.validate("records")

    assert _told(told) == [
        ("title-too-long", "autumn-soldiers.yaml", 4, 3),
        ("rule-too-slow", "own.ttl", 11, 1),
    ]


def test_a_shape_that_is_asked_node_by_node_says_so(built: Any) -> None:
    query = "SELECT $this WHERE { $this ?p 'nothing' } LIMIT 1"
    rule = f'{OF_CLAIMS}  sh:sparql [ sh:select "{query}" ] .\n'
    built.write("shapes/own.ttl", rule)

    told = built.validate("records")

    assert told.code == 0
    assert _told(told) == [("asked-one-by-one", "own.ttl", 5, 1)]


def test_an_unnamed_source_publishes_nothing(built: Any, record: str) -> None:
    edited = record.replace("publisher: unknown-outlet", "publisher: two-officials")
    built.write("records/autumn-soldiers.yaml", edited)

    told = built.validate("records/autumn-soldiers.yaml")

    assert told.findings == [("unknown-actor", 5, 3)]
    assert "unknown-outlet" in told.json["findings"][0]["message"]


HEAD = "#+ code: own\n#+ message: Mend this.\n"


@pytest.mark.parametrize(
    ("content", "code", "line", "column", "says"),
    [
        ("SELECT ?focus WHERE { ?focus ?p ?o }", "bad-check", 1, 1, "lacks '#+ code:'"),
        ("#+ code: [\nSELECT ?focus WHERE { ?focus ?p ?o }", "bad-check", 1, 1, "no YAML"),
        (
            f"{HEAD}#+ since: 2024-13-01\nSELECT ?focus {{ ?focus ?p ?o }}",
            "bad-check",
            1,
            1,
            "no YAML",
        ),
        (
            f"{HEAD}#+ severity: bogus\nSELECT ?focus {{ ?focus ?p ?o }}",
            *("bad-check", 3, 1, "they are error, warning, info"),
        ),
        (f"{HEAD}SELECT ?focus\nWHERE {{ ?focus", "bad-check", 4, 15, "no SPARQL query"),
        (
            f"{HEAD}SELECT ?focus WHERE {{ ?focus kg:isTo ?o }}",
            *("bad-check", 3, 30, "the prefix kg: is not declared"),
        ),
        (f"{HEAD}SELECT ?who WHERE {{ ?who ?p ?o }}", "bad-check", 3, 1, "must SELECT ?focus"),
        (f"{HEAD}ASK {{ ?who ?p ?o }}", "bad-check", 3, 1, "must SELECT ?focus"),
        (HEAD, "bad-check", 3, 1, "no SPARQL query"),
        ("", "bad-check", 1, 1, "lacks '#+ code:'"),
        (b"#\n\xff\xfe", "not-utf8", 2, 1, "is no UTF-8"),
    ],
)
def test_a_malformed_check_is_a_finding_and_hides_no_other(
    built: Any, record: str, content: str | bytes, code: str, line: int, column: int, says: str
) -> None:
    built.write("queries/checks/own.rq", content)
    built.write("records/autumn-soldiers.yaml", record.replace(BEST, LOW_ABOVE_HIGH))

    told = built.validate("records")

    at = record.splitlines().index("      best: 1500") + 1
    assert told.code == 1
    assert _told(told) == [
        (code, "own.rq", line, column),
        ("quantity-low-above-high", "autumn-soldiers.yaml", at, 7),
    ] or _told(told) == [
        ("quantity-low-above-high", "autumn-soldiers.yaml", at, 7),
        (code, "own.rq", line, column),
    ]
    assert says in _messages(told)


@pytest.mark.parametrize(
    ("content", "code", "line", "column", "says"),
    [
        (f"{SHAPE}ex:own a sh:NodeShape\n  sh:targetClass kg:Claim .", "rdf-syntax", 6, 3, "RDF"),
        (b"# \xff", "not-utf8", 1, 3, "is no UTF-8"),
        (
            f"{SHAPE}ex:own a sh:PropertyShape ;\n  sh:targetClass kg:Claim ; sh:minCount 1 .\n",
            *("bad-shape", 5, 1, "needs a sh:path"),
        ),
        (
            OF_CLAIMS + '  sh:path kg:isAbout ; sh:minCount "one" .\n',
            *("bad-shape", 7, 24, "sh:minCount takes a whole number"),
        ),
        (
            OF_CLAIMS + "  sh:property [ sh:path kg:isAbout ; sh:nodeKind sh:Iri ] .\n",
            *("bad-shape", 7, 38, "sh:nodeKind takes one of"),
        ),
        (
            OF_CLAIMS + '  sh:sparql [ sh:select "SELECT $this WHERE { $this ?p" ] .\n',
            *("bad-shape", 7, 3, "its query is no SPARQL"),
        ),
        (
            f"{SHAPE}ex:own a sh:NodeShape ;\n  sh:targetClass kg:Claim ; sh:node ex:own .\n",
            *("bad-shape", 5, 1, "refers to itself"),
        ),
        (
            f"{SHAPE}ex:own a sh:PropertyShape ;\n  sh:path kg:isAbout ; sh:minCount 1 .\n",
            *("unused-shape", 5, 1, "has no target"),
        ),
        (
            f"{SHAPE}ex:own a sh:NodeShape ;\n  sh:targetClass kg:Claim ; ex:property kg:low .\n",
            *("unused-shape", 5, 1, "asks for nothing"),
        ),
    ],
    ids=["syntax", "bytes", "path", "count", "inner", "query", "circle", "no target", "nothing"],
)
def test_a_malformed_shape_is_a_finding_and_hides_no_other(
    built: Any, record: str, content: str | bytes, code: str, line: int, column: int, says: str
) -> None:
    built.write("shapes/own.ttl", content)
    built.write("shapes/title.ttl", OWN_RULE)
    built.write("records/autumn-soldiers.yaml", record.replace(BEST, LOW_ABOVE_HIGH))

    told = built.validate("records")

    at = record.splitlines().index("      best: 1500") + 1
    assert told.code == 1
    assert _told(told) == [
        ("title-too-long", "autumn-soldiers.yaml", 4, 3),
        ("quantity-low-above-high", "autumn-soldiers.yaml", at, 7),
        (code, "own.ttl", line, column),
    ]
    assert says in _messages(told)


def test_the_reference_engine_leaves_out_what_is_malformed_too(built: Any) -> None:
    built.write(
        "shapes/own.ttl",
        f"{OWN_RULE}ex:bad sh:targetClass kg:Claim ; sh:node ex:worse .\n"
        'ex:worse a sh:NodeShape ; sh:closed "of course" .\n',
    )

    told = built.validate("records", options=("--engine", "pyshacl"))

    assert _told(told) == [
        ("title-too-long", "autumn-soldiers.yaml", 4, 3),
        ("bad-shape", "own.ttl", 12, 27),
    ]


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("shapes/own.jsonld", "that end in .ttl"),
        ("shapes/own.TTL", "that end in .ttl"),
        ("queries/checks/own.sparql", "that end in .rq"),
    ],
)
def test_a_file_that_no_rule_is_read_from_is_told(built: Any, name: str, says: str) -> None:
    built.write(name, OWN_RULE)
    built.write("shapes/README.md", "Why we have these shapes.")
    built.write("shapes/.gitkeep", "")

    told = built.validate("records")

    assert told.code == 1
    assert _told(told) == [("unread-file", name.rsplit("/", 1)[-1], 1, 1)]
    assert says in _messages(told)


@pytest.mark.parametrize("folder", ["shapes/draft", "queries/checks/draft"])
def test_a_folder_that_no_rule_is_read_from_is_told(built: Any, folder: str) -> None:
    built.write(f"{folder}/own.ttl", OWN_RULE)

    told = built.validate("records")

    assert told.code == 1
    assert _told(told) == [("unread-file", "draft", None, None)]


@pytest.mark.parametrize("form", ["text", "sarif", "junit", "github", "gitlab", "turtle"])
def test_a_broken_rule_is_told_in_every_format(built: Any, form: str) -> None:
    built.write("shapes/own.ttl", "ex:own a sh:NodeShape .\n")
    built.write("queries/checks/own.rq", HEAD)

    told = built.run("validate", "--format", form)

    assert told.code == 1
    assert "rdf-syntax" in told.out
    assert "bad-check" in told.out


def test_a_build_does_not_go_past_a_broken_rule(built: Any) -> None:
    built.write("queries/checks/own.rq", HEAD)

    told = built.run("build")

    assert told.code == 1
    assert "bad-check" in told.out + told.err


def test_a_check_without_an_end_is_given_up(
    built: Any, record: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Four statements at a time, of all that there are."""
    monkeypatch.setattr("kg.validation.checks.MAX_SECONDS", 0.2)
    built.write(
        "queries/checks/endless.rq",
        f"{HEAD}SELECT ?focus WHERE {{ ?focus ?a ?b . ?c ?d ?e . ?f ?g ?h . ?i ?j ?k }}\n",
    )

    told = built.validate("records")

    assert told.code == 1
    assert _told(told) == [("rule-too-slow", "endless.rq", 1, 1)]


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


@pytest.mark.parametrize(
    "address",
    ["not an address", "javascript:alert(1)", "file:///etc/hosts", "https://", "www.a.org"],
)
def test_an_address_is_a_whole_one(built: Any, record: str, address: str) -> None:
    edited = record.replace("url: https://example.org/a", f"url: {address}")
    built.write("records/autumn-soldiers.yaml", edited)

    assert built.validate("records/autumn-soldiers.yaml").findings == [("invalid-value", 6, 3)]


def test_an_actor_may_act_for_several(built: Any, record: str) -> None:
    both = "  - id: liaison-office\n    type: Organization\n    name: Liaison office\n"
    edited = record.replace("places:\n", f"{both}    acts_for: [russia, north-korea]\nplaces:\n", 1)
    built.write("records/autumn-soldiers.yaml", edited)

    assert built.validate("records/autumn-soldiers.yaml").findings == []


MISSPELT = (
    SHAPE
    + """\
ex:misspelt a sh:PropertyShape ;
    sh:targetClass kg:Cliam ;
    sh:path kg:hasPlacce ;
    sh:minCount 1 ;
    sh:message "A claim names a place." .
"""
)


def _told(told: Any) -> list[tuple[str, str, int, int]]:
    return [
        (each["code"], each["file"].rsplit("/", 1)[-1], each["line"], each["column"])
        for each in told.json["findings"]
    ]


def _messages(told: Any) -> str:
    return "\n".join(each["message"] for each in told.json["findings"])


def test_a_slip_in_a_target_or_a_path_is_told_where_it_stands(built: Any) -> None:
    built.write("shapes/own.ttl", MISSPELT)

    told = built.validate("records")

    assert told.code == 1
    assert _told(told) == [
        ("undeclared-term", "own.ttl", 6, 20),
        ("undeclared-term", "own.ttl", 7, 13),
    ]
    assert "'kg:Cliam' is not declared in the ontology; did you mean 'Claim'?" in _messages(told)
    assert "did you mean 'hasPlace'?" in _messages(told)


def test_a_slip_in_the_namespace_is_told_too(built: Any) -> None:
    shape = OWN_RULE.replace("communique/ontology#", "communique/ontolgy#")
    built.write("shapes/own.ttl", shape)

    told = built.validate("records")

    assert _told(told) == [("undeclared-term", "own.ttl", 6, 20)]
    assert "did you mean 'kg:Article'?" in _messages(told)


def test_a_name_that_shacl_does_not_have_is_told_and_the_rest_is_judged(built: Any) -> None:
    shape = OWN_RULE.replace("sh:maxLength 10", "sh:maxLength 10 ; sh:minCont 1")
    built.write("shapes/own.ttl", shape)

    told = built.validate("records")

    assert _told(told) == [
        ("title-too-long", "autumn-soldiers.yaml", 4, 3),
        ("unknown-shacl-term", "own.ttl", 8, 23),
    ]
    assert "sh:minCont is no name of SHACL's; did you mean 'minCount'?" in _messages(told)


@pytest.mark.parametrize(
    "shape",
    [
        OWN_RULE.replace("sh:path ", "sh:pathh "),
        (
            f"{SHAPE}ex:own a sh:NodeShape ; sh:targetClass kg:Article ;\n"
            "    sh:property [ sh:pathh kg:textPath ; sh:minCount 1 ] .\n"
        ),
    ],
    ids=["named", "inside another"],
)
def test_a_rule_without_its_path_is_left_out(built: Any, shape: str) -> None:
    built.write("shapes/own.ttl", shape)

    told = built.validate("records")

    assert [code for code, *_ in told.findings] == ["unknown-shacl-term"]
    assert "did you mean 'path'?" in _messages(told)


def test_a_class_of_shacl_may_be_misspelt_as_well(built: Any) -> None:
    built.write("shapes/own.ttl", OWN_RULE.replace("a sh:PropertyShape", "a sh:PropertyShap"))

    told = built.validate("records")

    assert ("unknown-shacl-term", "own.ttl", 5, 26) in _told(told)


def test_a_target_of_another_vocabulary_finds_nothing_and_is_told(built: Any) -> None:
    shape = OWN_RULE.replace("kg:Article", "<https://news.example/vocabulary#Article>")
    built.write("shapes/own.ttl", shape)

    told = built.validate("records")

    assert told.code == 0
    assert _told(told) == [("undeclared-term", "own.ttl", 6, 20)]
    assert told.json["counts"] == {"error": 0, "warning": 1, "info": 0}


def test_a_class_that_the_workspace_declares_is_no_slip(built: Any) -> None:
    built.write(
        "ontology/own.ttl",
        "@prefix owl: <http://www.w3.org/2002/07/owl#> .\n"
        "<https://news.example/vocabulary#Article> a owl:Class .\n",
    )
    shape = OWN_RULE.replace("kg:Article", "<https://news.example/vocabulary#Article>")
    built.write("shapes/own.ttl", shape)

    assert built.validate("records").findings == []


def test_a_slip_in_the_query_of_a_constraint_is_told(built: Any) -> None:
    built.write(
        "shapes/own.ttl",
        SHAPE
        + """\
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
ex:prefixes sh:declare [
    sh:prefix "kg" ;
    sh:namespace "https://w3id.org/communique/ontology#"^^xsd:anyURI ] .
ex:own a sh:NodeShape ;
    sh:targetClass kg:Claim ;
    sh:sparql [ sh:prefixes ex:prefixes ;
        sh:select "SELECT $this WHERE { $this kg:hasAspekt ?aspect }" ] .
""",
    )

    told = built.validate("records")

    assert _told(told) == [("undeclared-term", "own.ttl", 12, 47)]
    assert "did you mean 'hasAspect'?" in _messages(told)


def test_a_slip_in_a_check_is_told_in_its_head_and_in_its_text(built: Any) -> None:
    built.write(
        "queries/checks/own.rq",
        "#+ code: own\n#+ message: Mend this.\n#+ follows: [kg:isAbot]\n"
        "PREFIX kg: <https://w3id.org/communique/ontology#>\n"
        "SELECT ?focus WHERE { ?focus kg:hasAspekt ?aspect }\n",
    )

    told = built.validate("records")

    assert told.code == 1
    assert _told(told) == [
        ("undeclared-term", "own.rq", 3, 1),
        ("undeclared-term", "own.rq", 5, 30),
    ]


def test_a_check_of_the_workspace_follows_what_it_says(built: Any, record: str) -> None:
    """The state that an event goes to is known from the reference data, not from the record."""
    built.write(
        "queries/checks/to-state.rq",
        "#+ code: to-state\n#+ severity: warning\n#+ message: This goes to Russia.\n"
        "#+ follows: [kg:isTo]\n"
        "PREFIX kg: <https://w3id.org/communique/ontology#>\n"
        "PREFIX skos: <http://www.w3.org/2004/02/skos/core#>\n"
        "SELECT DISTINCT ?focus WHERE { ?focus kg:isTo/skos:prefLabel ?name . "
        "FILTER(STR(?name) = 'Russia') }\n",
    )

    told = built.validate("records/autumn-soldiers.yaml")

    line = record.splitlines().index("  - id: soldiers-east") + 1
    assert told.findings[0] == ("to-state", line, 5)


@pytest.mark.parametrize(
    ("follows", "says"),
    [("kg:isTo", "is a list of predicates"), ("[x:isTo]", "whose prefix the query does not")],
)
def test_what_a_check_follows_is_a_list_of_names(built: Any, follows: str, says: str) -> None:
    head = f"{HEAD}#+ follows: {follows}\n"
    built.write("queries/checks/own.rq", f"{head}SELECT ?focus WHERE {{ ?focus ?p ?o }}")

    told = built.validate("records")

    assert _told(told) == [("bad-check", "own.rq", 3, 1)]
    assert says in _messages(told)


def test_a_build_stops_at_a_rule_that_can_find_nothing(built: Any, record: str) -> None:
    built.write("shapes/own.ttl", MISSPELT)

    told = built.run("build")

    assert told.code == 1
    assert "undeclared-term" in told.out + told.err


def test_the_check_that_the_documentation_shows_works(built: Any, record: str) -> None:
    page = (Path(__file__).parents[2] / "docs" / "validate.md").read_text(encoding="utf-8")
    (query,) = re.findall(r"^```sparql\n(.*?)^```$", page, re.DOTALL | re.MULTILINE)
    built.write("queries/checks/to-russia-alone.rq", query)
    before, after = record.split("  - id: shells-by-rail\n")
    edited = f"{before}  - id: shells-by-rail\n{after.replace('to: russia', 'to: belarus', 1)}"
    built.write("records/autumn-soldiers.yaml", edited)

    told = built.validate("records/autumn-soldiers.yaml")

    at = edited.splitlines().index("  - id: shells-by-rail") + 1
    assert ("to-russia-alone", at, 5) in told.findings
    assert [code for code, *_ in told.findings].count("to-russia-alone") == 1


@pytest.mark.parametrize(
    "rule",
    ["sh:node ex:titel", "sh:not ex:titel", "sh:or ( ex:title ex:titel )"],
    ids=["node", "not", "in a list"],
)
def test_a_shape_that_nobody_wrote_lets_everything_pass_and_is_told(built: Any, rule: str) -> None:
    other = f"ex:own a sh:NodeShape ; sh:targetClass kg:Article ; {rule} .\n"
    built.write("shapes/own.ttl", f"{SHAPE}ex:title a sh:NodeShape .\n{other}")

    told = built.validate("records")

    assert ("undeclared-term", "own.ttl") in [each[:2] for each in _told(told)]
    assert "There is no shape 'https://example.org/shapes#titel'" in _messages(told)


def test_a_datatype_that_is_none_is_told(built: Any) -> None:
    shape = OWN_RULE.replace("sh:maxLength 10", "sh:datatype xsd:strng")
    prefix = "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n"
    built.write("shapes/own.ttl", prefix + shape)

    told = built.validate("records")

    assert "undeclared-term" in [code for code, *_ in told.findings]
    assert "There is no datatype" in _messages(told)


def test_a_shape_without_a_message_says_which_rule_it_sets(built: Any) -> None:
    message = 'sh:message "The title is too long for our pages."'
    built.write("shapes/own.ttl", OWN_RULE.replace(f" ;\n    {message}", ""))

    told = built.validate("records")

    assert "article autumn-soldiers: This breaks sh:maxLength of the shape " in _messages(told)


@pytest.mark.parametrize(
    ("old", "new", "line", "column", "says"),
    [
        ("#+ message:", "#+ folows: [kg:isTo]\n#+ message:", 3, 1, "did you mean 'follows'?"),
        ("#+ code: ", "#+ code: Our ", 1, 1, "write small letters, figures and hyphens"),
        ("SELECT ?focus ", "SELECT ?focus ?pth ", 5, 15, "did you mean 'path'?"),
        ("?focus a", "?focs a", 1, 1, "its WHERE never binds it"),
    ],
    ids=["a decorator", "a code", "a column", "a variable"],
)
def test_a_slip_in_a_check_is_told(
    built: Any, old: str, new: str, line: int, column: int, says: str
) -> None:
    check = """\
#+ code: any-event
#+ severity: warning
#+ message: We follow no events
PREFIX kg: <https://w3id.org/communique/ontology#>
SELECT ?focus WHERE { VALUES ?focus { UNDEF } ?focus a kg:Deployment }
"""
    assert old in check
    built.write("queries/checks/own.rq", check)
    assert [code for code, *_ in built.validate("records").findings] == ["any-event"]
    built.write("queries/checks/own.rq", check.replace(old, new))

    told = built.validate("records")

    assert told.code == 1
    assert _told(told) == [("bad-check", "own.rq", line, column)]
    assert says in _messages(told)


def test_a_code_of_an_own_shape_is_of_words_with_hyphens(built: Any) -> None:
    built.write("shapes/own.ttl", OWN_RULE.replace('"title-too-long"', '"Title: too long"'))

    told = built.validate("records")

    assert told.code == 1
    assert ("bad-shape", "own.ttl", 9, 5) in _told(told)
    assert "'Title: too long' is no code" in _messages(told)
