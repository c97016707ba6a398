"""`kg query`: formats, parameters, the guard, hostile values, and what an answer imports."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import socket
import subprocess
import sys
import threading
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

PREFIXES = """
PREFIX kg: <https://w3id.org/communique/ontology#>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""
FIGURES = (
    PREFIXES
    + """
SELECT DISTINCT ?claim ?as_stated ?low ?best WHERE {
  ?claim a kg:Claim ; kg:quantityAsStated ?as_stated .
  OPTIONAL { ?claim kg:low ?low }
  OPTIONAL { ?claim kg:best ?best }
} ORDER BY ?claim
"""
)
CLAIM = "https://w3id.org/communique/id/claim/autumn-soldiers/"

OWN = """\
#+ summary: What does a speaker say?
#+ description: Claims of one speaker, with their words.
#+ tags: [claims]
#+ params:
#+   speaker: {type: actor, required: true, description: who}
#+   since: {type: date}
#+   wording: {type: text}
#+   least: {type: integer}
#+ columns: [claim, quote]
PREFIX kg: <https://w3id.org/communique/ontology#>
PREFIX prov: <http://www.w3.org/ns/prov#>
SELECT DISTINCT ?claim ?quote WHERE {
  VALUES ?_speaker_iri { UNDEF }
  VALUES ?_since_date { UNDEF }
  VALUES ?_wording_string { UNDEF }
  VALUES ?_least_integer { UNDEF }
  ?claim prov:wasAttributedTo ?_speaker_iri ; kg:quoteExact ?quote ; kg:periodLatest ?latest .
  OPTIONAL { ?claim kg:best ?best }
  FILTER(!BOUND(?_since_date) || ?latest >= ?_since_date)
  FILTER(!BOUND(?_wording_string) || CONTAINS(?quote, ?_wording_string))
  FILTER(!BOUND(?_least_integer) || ?best >= ?_least_integer)
} ORDER BY ?claim
"""


@pytest.fixture
def asked(built: Any) -> Any:
    """The built workspace with a stored query of its own, `said-by`."""
    built.write("queries/mine/said-by.rq", OWN)
    return built


class TestFormats:
    """What the two claims with a figure are, in every format; the third has none."""

    def test_csv(self, built: Any) -> None:
        run = built.run("query", "-e", FIGURES, "--format", "csv")

        assert (run.code, run.err) == (0, "")
        assert list(csv.reader(io.StringIO(run.out))) == [
            ["claim", "as_stated", "low", "best"],
            [f"{CLAIM}c1", "about 1,500", "", "1500"],
            [f"{CLAIM}c2", "More than 2,000", "2000", ""],
        ]

    def test_tsv(self, built: Any) -> None:
        run = built.run("query", "-e", FIGURES, "--format", "tsv")

        assert run.out.splitlines() == [
            "?claim\t?as_stated\t?low\t?best",
            f'<{CLAIM}c1>\t"about 1,500"\t\t1500',
            f'<{CLAIM}c2>\t"More than 2,000"\t2000\t',
        ]

    def test_json(self, built: Any) -> None:
        run = built.run("query", "-e", FIGURES, "--format", "json")

        assert run.json["head"]["vars"] == ["claim", "as_stated", "low", "best"]
        first, second = run.json["results"]["bindings"]
        assert first["claim"] == {"type": "uri", "value": f"{CLAIM}c1"}
        assert first["best"]["value"] == "1500"
        assert "low" not in first
        assert second["low"]["datatype"] == "http://www.w3.org/2001/XMLSchema#integer"

    def test_xml(self, built: Any) -> None:
        run = built.run("query", "-e", FIGURES, "--format", "xml")

        space = {"r": "http://www.w3.org/2005/sparql-results#"}
        tree = ET.fromstring(run.out)
        names = [each.get("name") for each in tree.findall("r:head/r:variable", space)]
        assert names == ["claim", "as_stated", "low", "best"]
        assert len(tree.findall("r:results/r:result", space)) == 2

    def test_a_table_longer_than_what_sets_its_widths_has_all_its_rows(self, built: Any) -> None:
        side = " ".join(map(str, range(101)))
        text = f"SELECT ?a ?b WHERE {{ VALUES ?a {{ {side} }} VALUES ?b {{ {side} }} }}"

        run = built.run("query", "-e", text)

        assert len(run.out.splitlines()) == 1 + 101 * 101
        assert run.err == "10201 rows\n"

    def test_xml_stays_xml_whatever_the_text_holds(self, built: Any) -> None:
        escape = r'SELECT ("\u001b<b>\uFFFE" AS ?x) WHERE {}'

        run = built.run("query", "-e", escape, "--format", "xml")

        space = {"r": "http://www.w3.org/2005/sparql-results#"}
        assert [each.text for each in ET.fromstring(run.out).findall(".//r:literal", space)] == [
            "\ufffd<b>\ufffd"
        ]

    def test_md(self, built: Any) -> None:
        run = built.run("query", "-e", FIGURES, "--format", "md")

        lines = run.out.splitlines()
        assert lines[0] == "| claim | as_stated | low | best |"
        assert re.fullmatch(r"\| --- \| --- \| ---: \| ---: \|", lines[1])
        assert "about 1,500" in lines[2]
        assert len(lines) == 4

    def test_table(self, built: Any) -> None:
        run = built.run("query", "-e", FIGURES)

        lines = run.out.splitlines()
        assert lines[0].split() == ["claim", "as_stated", "low", "best"]
        assert re.search(r"about 1,500 +1500$", lines[-2].rstrip())
        assert run.err.splitlines()[-1] == "2 rows"

    @pytest.mark.parametrize("form", ["csv", "tsv", "json", "xml", "md", "table"])
    def test_an_empty_answer_is_fine(self, built: Any, form: str) -> None:
        run = built.run("query", "-e", f"{PREFIXES} SELECT ?x {{ ?x a kg:None }}", "--format", form)

        assert run.code == 0
        assert "x" in run.out

    @pytest.mark.parametrize("form", ["csv", "json", "table"])
    def test_a_question_of_yes_or_no(self, built: Any, form: str) -> None:
        run = built.run("query", "-e", f"{PREFIXES} ASK {{ ?x a kg:Claim }}", "--format", form)

        assert run.code == 0
        assert "true" in run.out

    def test_a_constructed_graph_is_turtle_with_prefixes(self, built: Any) -> None:
        text = f"{PREFIXES} CONSTRUCT {{ ?c kg:best ?b }} WHERE {{ ?c kg:best ?b }}"

        run = built.run("query", "-e", text)

        assert run.code == 0
        assert "@prefix kg: <https://w3id.org/communique/ontology#> ." in run.out
        assert "kg:best 1500" in run.out
        assert run.err == ""

    @pytest.mark.parametrize("form", ["csv", "json", "parquet"])
    def test_a_graph_in_a_format_of_rows_is_turtle_and_says_so(self, built: Any, form: str) -> None:
        text = f"{PREFIXES} CONSTRUCT {{ ?c kg:best ?b }} WHERE {{ ?c kg:best ?b }}"

        run = built.run("query", "-e", text, "--format", form)

        assert run.code == 0
        assert "kg:best 1500" in run.out
        assert f"this is Turtle, not {form}" in run.err

    def test_a_boolean_has_no_rows_for_parquet(self, built: Any) -> None:
        run = built.run("query", "-e", "ASK { ?s ?p ?o }", "--format", "parquet")

        assert (run.code, run.out) == (2, "")
        assert run.err == "kg: The format 'parquet' holds rows; this answer has none\n"

    def test_an_unknown_format_is_the_calls_fault(self, built: Any) -> None:
        assert built.run("query", "-e", FIGURES, "--format", "xlsx").code == 2

    def test_from_a_file(self, built: Any) -> None:
        file = built.write("mine.rq", FIGURES)

        run = built.run("query", "-f", file, "--format", "csv")

        assert run.out == built.run("query", "-e", FIGURES, "--format", "csv").out

    def test_from_a_file_that_is_not_there(self, built: Any) -> None:
        assert built.run("query", "-f", built.root / "none.rq").code == 2

    def test_from_a_file_that_is_no_text(self, built: Any) -> None:
        file = built.write("mine.rq", b"\xff\xfe\x00SELECT")

        run = built.run("query", "-f", file)

        assert run.code == 2
        assert "UTF-8" in run.err

    def test_from_a_folder(self, built: Any) -> None:
        assert built.run("query", "-f", built.root).code in (2, 3)


class TestCalls:
    """What is wrong with a call is said with the nearest right word."""

    def test_an_unknown_query(self, asked: Any) -> None:
        run = asked.run("query", "sad-by", "speaker=dmitry-peskov")

        assert (run.code, run.out) == (2, "")
        assert "did you mean 'said-by'" in run.err

    @pytest.mark.parametrize(
        "name", ["../said-by", "mine/said-by", "*", "..", "said-by\n", "a" * 300]
    )
    def test_a_name_is_no_path(self, asked: Any, name: str) -> None:
        assert asked.run("query", name).code == 2

    def test_an_unknown_parameter(self, asked: Any) -> None:
        run = asked.run("query", "said-by", "speeker=dmitry-peskov")

        assert run.code == 2
        assert "did you mean 'speaker'" in run.err

    def test_a_required_parameter_that_is_missing(self, asked: Any) -> None:
        run = asked.run("query", "said-by")

        assert run.code == 2
        assert "speaker=" in run.err

    def test_an_unknown_entity(self, asked: Any) -> None:
        run = asked.run("query", "said-by", "speaker=dmitri-peskov")

        assert (run.code, run.out) == (1, "")
        assert "did you mean 'dmitry-peskov'" in run.err

    def test_an_iri_the_graph_does_not_have(self, asked: Any) -> None:
        assert asked.run("query", "said-by", "speaker=https://example.org/nobody").code == 1

    @pytest.mark.parametrize(
        "value",
        ["dmitry-peskov", "Dmitry Peskov", "https://w3id.org/communique/id/actor/dmitry-peskov"],
    )
    def test_an_entity_by_id_name_or_iri(self, asked: Any, value: str) -> None:
        run = asked.run("query", "said-by", f"speaker={value}", "--format", "csv")

        assert run.out.splitlines()[1:] == [
            f"{CLAIM}c3,There are no foreign soldiers in the fighting"
        ]

    @pytest.mark.parametrize(
        ("value", "rows"), [("since=2024-10-18", 1), ("since=2024-11", 0), ("least=1500", 1),
                            ("least=1501", 0), ("wording=Vladivostok", 1), ("wording=x", 0)]
    )  # fmt: skip
    def test_typed_parameters(self, asked: Any, value: str, rows: int) -> None:
        run = asked.run("query", "said-by", "speaker=south-korea-nis", value, "--format", "csv")

        assert (run.code, len(run.out.splitlines()) - 1) == (0, rows)

    @pytest.mark.parametrize("value", ["since=2024-13-01", "since=soon", "least=many", "least=1e3"])
    def test_values_of_the_wrong_type(self, asked: Any, value: str) -> None:
        run = asked.run("query", "said-by", "speaker=south-korea-nis", value)

        assert (run.code, run.out) == (2, "")
        assert value.split("=")[0] in run.err

    def test_a_parameter_given_twice(self, asked: Any) -> None:
        assert asked.run("query", "said-by", "speaker=russia", "speaker=nato").code == 2

    def test_a_word_that_is_no_parameter(self, asked: Any) -> None:
        assert asked.run("query", "said-by", "dmitry-peskov").code == 2

    def test_a_name_and_a_text(self, asked: Any) -> None:
        assert asked.run("query", "said-by", "-e", FIGURES).code == 2

    def test_neither_name_nor_text(self, built: Any) -> None:
        assert built.run("query").code == 2

    @pytest.mark.parametrize("value", ["2024-13-01", "!!bool maybe", "!!timestamp soon"])
    def test_decorators_with_a_value_that_is_none(self, asked: Any, value: str) -> None:
        asked.write(
            "queries/mine/odd.rq", OWN.replace("type: date", f"type: date, default: {value}")
        )

        run = asked.run("query", "odd")
        assert run.code == 2
        assert re.match(r"kg: The decorators of .*odd\.rq are no YAML: ", run.err)
        run = asked.run("query", "--list")
        assert (run.code, "said-by" in run.out) == (0, True)
        assert "odd.rq are no YAML" in run.err
        run = asked.run("query", "--lint", "odd")
        assert run.code == 1
        assert "odd.rq are no YAML" in run.out

    def test_no_sparql(self, built: Any) -> None:
        run = built.run("query", "-e", "SELECT WHERE FOR {")

        assert run.code == 2
        assert "no SPARQL query" in run.err

    def test_no_sparql_is_told_by_its_place_and_not_by_the_whole_grammar(self, built: Any) -> None:
        run = built.run("query", "-e", "SELECT * WHERE { ?s ?p")

        assert run.err == "kg: This is no SPARQL query: error at 1:23\n"

    @pytest.mark.parametrize("limit", [[], ["--limit", "5"]])
    @pytest.mark.parametrize("where", [[], ["--endpoint", "http://127.0.0.1:9/sparql"]])
    def test_a_prefix_that_is_not_declared_is_told_with_its_line(
        self, built: Any, where: list[str], limit: list[str]
    ) -> None:
        run = built.run("query", "-e", "SELECT ?c { ?c\n a kg:Claim }", *where, *limit)

        line = "PREFIX kg: <https://w3id.org/communique/ontology#>"
        words = f"the prefix kg: is not declared; begin with '{line}'"
        assert (run.code, run.err) == (2, f"kg: This is no SPARQL query: {words}\n")
        assert built.run("query", "-e", f"{line} SELECT ?c {{ ?c a kg:Claim }}").code == 0

    def test_a_stored_query_that_lacks_a_prefix(self, built: Any) -> None:
        built.write("queries/mine/odd.rq", OWN.partition("PREFIX")[0] + "ASK { ?s ex:p _:o }")

        run = built.run("query", "odd", "speaker=dmitry-peskov")

        assert run.code == 2
        assert "the prefix ex: is not declared; begin with 'PREFIX ex: <…>'" in run.err

    @pytest.mark.parametrize("where", [[], ["--endpoint", "http://127.0.0.1:9/sparql"]])
    def test_a_place_is_that_in_the_text_as_given(self, built: Any, where: list[str]) -> None:
        run = built.run("query", "-e", "SELECT * WHERE { ?s ?p", "--limit", "5", *where)

        assert run.code == 2
        assert "error at 1:23" in run.err

    @pytest.mark.parametrize("update", ["LOAD <http://127.0.0.1:9/>", "DROP ALL"])
    def test_an_update_is_told_to_be_one(self, built: Any, update: str) -> None:
        run = built.run("query", "-e", update)

        assert run.code == 2
        assert run.err.startswith("kg: A query may only read, and this is an update (")

    def test_nothing_built(self, desk: Any) -> None:
        run = desk.run("query", "-e", FIGURES)

        assert run.code == 1
        assert "kg build" in run.err

    def test_list_and_show(self, asked: Any) -> None:
        listed = asked.run("query", "--list")
        shown = asked.run("query", "--show", "said-by")

        assert listed.code == shown.code == 0
        assert re.search(r"^  said-by +What does a speaker say\?$", listed.out, flags=re.M)
        assert "mine" in listed.out.splitlines()
        assert shown.out == OWN
        assert asked.run("query", "--show", "sad-by").code == 2


class TestTogether:
    """What would be ignored beside something else is refused."""

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (
                ["--lint", "-f", "mine.rq"],
                "--lint stands with the name of a query or none; leave -f away",
            ),
            (["--lint", "-e", "ASK {}"], "leave -e away"),
            (["--lint", "said-by", "speaker=x"], "leave speaker=x away"),
            (["--lint", "--endpoint", ""], "leave --endpoint away"),
            (["--list", "foo"], "--list stands alone; leave foo away"),
            (["--list", "-e", "ASK {}", "--limit", "0"], "leave -e, --limit away"),
            (["--list", "--format", "csv"], "leave --format away"),
            (["--list", "--lint"], "leave --lint away"),
            (["--show", "said-by", "bar=1"], "--show NAME stands alone; leave bar=1 away"),
            (["--new", "mine/other", "key=value"], "--new NAME stands alone; leave key=value away"),
            (["-e", "ASK {}", "-f", "mine.rq"], "Give either a stored query's name or a text"),
            (["-e", "ASK {}", "said-by", "--explain"], "Give either a stored query's name or"),
        ],
    )
    def test_is_refused(self, asked: Any, arguments: list[str], said: str) -> None:
        run = asked.run("query", *arguments)

        assert (run.code, run.out) == (2, "")
        assert said in run.err
        assert not (asked.root / "queries/mine/other.rq").exists()

    def test_an_empty_name(self, asked: Any) -> None:
        assert asked.run("query", "--show", "").code == 2
        assert asked.run("query", "--new", "").code == 2


def test_a_table_whose_name_is_misspelt(asked: Any) -> None:
    with (asked.root / "kg.toml").open("a", encoding="utf-8") as stream:
        stream.write('[endpoint.live]\nurl = "https://example.org/"\n')

    run = asked.run("query", "said-by", "speaker=russia", "--endpoint", "live")

    assert run.code == 2
    assert "kg.toml: nothing reads [endpoint]; did you mean 'endpoints'?" in run.err


def test_a_number_below_the_least(asked: Any) -> None:
    for origins in ("-1", "0"):
        run = asked.run("query", "corroboration", f"origins={origins}")
        assert (run.code, run.err) == (2, "kg: origins= takes a number from 1\n")
    assert asked.run("query", "corroboration", "origins=1").code == 0


@pytest.mark.parametrize("says", ["type: text, minimum: 1", "type: integer, minimum: few"])
def test_a_least_number_that_is_none(asked: Any, says: str) -> None:
    asked.write("queries/mine/said-by.rq", OWN.replace("type: integer", says))
    run = asked.run("query", "said-by", "speaker=russia")
    assert run.code == 2
    assert "'minimum:' of 'least' is a whole number, of an integer only" in run.err


class TestHostileValues:
    """A value is put into the query as one term; whatever it holds, it cannot become syntax."""

    @pytest.mark.parametrize(
        "value",
        [
            '" } SELECT * { ?s ?p ?o } #',
            "Vladivostok\\",
            'x" . ?s ?p "y',
            "x'''\"\"\"",
            "} UNION { ?claim ?p ?quote",
            "UNDEF }",
            "\\u0022",
            "line\nbreak",
            "?_speaker_iri",
            "%s %d {0}",
            "\u202e",
        ],
    )
    def test_text_stays_text(self, asked: Any, value: str) -> None:
        run = asked.run(
            "query", "said-by", "speaker=south-korea-nis", f"wording={value}", "--format", "csv"
        )

        assert (run.code, run.out.splitlines()) == (0, ["claim,quote"])

    @pytest.mark.parametrize(
        "value",
        [
            "https://example.org/> } #",
            "https://example.org/a b",
            "https://example.org/<",
            "https://example.org/\\u003e",
            "russia> . ?s ?p ?o #",
            "",
            "../article/autumn-soldiers",
            "x" * 2000,
            'O\'Neill "the" \\ man',
        ],
    )
    def test_an_entity_is_found_or_not(self, asked: Any, value: str) -> None:
        run = asked.run("query", "said-by", f"speaker={value}", "--format", "csv")

        assert run.code in (1, 2)
        assert run.out == ""

    @pytest.mark.parametrize("value", ['2024-10-18"^^xsd:date } #', "0000", "-1", "9" * 40])
    def test_a_date_is_a_date(self, asked: Any, value: str) -> None:
        run = asked.run("query", "said-by", "speaker=south-korea-nis", f"since={value}")

        assert run.code in (0, 2)

    @pytest.mark.parametrize("value", ["1 || true", "9" * 400, "٣", "1_000", "0x10", " 1"])
    def test_a_number_is_digits(self, asked: Any, value: str) -> None:
        assert asked.run("query", "said-by", "speaker=russia", f"least={value}").code == 2


@pytest.fixture
def listening() -> Iterator[tuple[int, list[object]]]:
    """A port that notes who connects."""
    seen: list[object] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.1)
        done = threading.Event()

        def note() -> None:
            while not done.is_set():
                try:
                    connection, address = server.accept()
                except TimeoutError:
                    continue
                connection.close()
                seen.append(address)

        thread = threading.Thread(target=note)
        thread.start()
        yield server.getsockname()[1], seen
        done.set()
        thread.join()


REFUSED = [
    "SELECT * { SERVICE <http://127.0.0.1:PORT/> { ?s ?p ?o } }",
    "SELECT * { service silent <http://127.0.0.1:PORT/> { ?s ?p ?o } }",
    "SELECT * { SERVICE<http://127.0.0.1:PORT/>{ ?s ?p ?o } }",
    "SELECT * { VALUES ?e { <http://127.0.0.1:PORT/> } SERVICE ?e { ?s ?p ?o } }",
    "SELECT * { { SELECT * { OPTIONAL { SERVICE <http://127.0.0.1:PORT/> { ?s ?p ?o } } } } }",
    "SELECT * { FILTER EXISTS { SERVICE <http://127.0.0.1:PORT/> { ?s ?p ?o } } }",
    "SELECT * { FILTER NOT EXISTS { { SERVICE <http://127.0.0.1:PORT/> { ?s ?p ?o } } } }",
    "ASK { SERVICE <http://127.0.0.1:PORT/> { ?s ?p ?o } }",
    "CONSTRUCT { ?s ?p ?o } WHERE { SERVICE <http://127.0.0.1:PORT/> { ?s ?p ?o } }",
    "DESCRIBE ?s { SERVICE <http://127.0.0.1:PORT/> { ?s ?p ?o } }",
    "SELECT * { \\u0053ERVICE <http://127.0.0.1:PORT/> { ?s ?p ?o } }",
    "SELECT * { \\U00000053ERVICE <http://127.0.0.1:PORT/> { ?s ?p ?o } }",
    "SELECT * { S\\u0045R\\u0056ICE <http://127.0.0.1:PORT/> { ?s ?p ?o } }",
    "SELECT * { #\\u000A SERVICE <http://127.0.0.1:PORT/> { ?s ?p ?o } }",
    "SELECT * { #\n SERVICE #\n <http://127.0.0.1:PORT/> { ?s ?p ?o } }",
    "SELECT * { #\r SERVICE <http://127.0.0.1:PORT/> { ?s ?p ?o } }",
    "SELECT * { ?s ?p '\\'' SERVICE <http://127.0.0.1:PORT/> { ?s ?p ?o } }",
    'SELECT * { ?s ?p """ \\""" """ SERVICE <http://127.0.0.1:PORT/> { ?s ?p ?o } }',
    "BASE <http://127.0.0.1:PORT/> SELECT * { SERVICE <x> { ?s ?p ?o } }",
    "PREFIX s: <http://127.0.0.1:PORT/> SELECT * { SERVICE s:x { ?s ?p ?o } }",
    "SELECT * FROM <http://127.0.0.1:PORT/> { ?s ?p ?o }",
    "SELECT * FROM NAMED <http://127.0.0.1:PORT/> { GRAPH ?g { ?s ?p ?o } }",
    "SELECT * fr\\u006fm <http://127.0.0.1:PORT/> { ?s ?p ?o }",
    "DESCRIBE <http://127.0.0.1:PORT/> FROM <http://127.0.0.1:PORT/>",
    "LOAD <http://127.0.0.1:PORT/>",
    "LOAD SILENT <http://127.0.0.1:PORT/> INTO GRAPH <https://example.org/g>",
    "INSERT DATA { <https://example.org/a> <https://example.org/b> 1 }",
    "DELETE WHERE { ?s ?p ?o }",
    "DROP ALL",
    "CLEAR DEFAULT",
    "SELECT * { ?s ?p ?o } ; DROP ALL",
]


class TestGuard:
    """A text from outside may read this graph and nothing else; nobody is contacted."""

    @pytest.mark.parametrize("query", REFUSED)
    def test_refused(
        self, built: Any, listening: tuple[int, list[object]], query: str, hurried: None
    ) -> None:
        port, seen = listening
        before = built.stored()

        run = built.run("query", "-e", query.replace("PORT", str(port)), "--format", "csv")

        assert (run.code, run.out) == (2, "")
        assert seen == []
        assert built.stored() == before

    @pytest.mark.parametrize("query", REFUSED[:3])
    def test_refused_in_a_file_and_as_a_workspaces_own(
        self, built: Any, listening: tuple[int, list[object]], query: str, hurried: None
    ) -> None:
        port, seen = listening
        whole = f"#+ summary: What?\n{query.replace('PORT', str(port))}"
        file = built.write("queries/mine/calls-out.rq", whole)

        assert built.run("query", "-f", file).code == 2
        assert built.run("query", "calls-out").code == 2
        assert seen == []

    @pytest.mark.parametrize(
        "query",
        [
            "SELECT * { ?s ?p 'SERVICE <http://127.0.0.1/> { }' }",
            "SELECT * { ?s ?p ?o } # SERVICE <http://127.0.0.1/> { ?s ?p ?o }",
            "SELECT * { ?service ?from ?load }",
            "SELECT * { ?s <https://example.org/SERVICE> ?o }",
            'SELECT * { ?s <https://example.org/from> "\\u0041" }',
            "PREFIX service: <https://example.org/> SELECT * { ?s service:from ?o }",
        ],
    )
    def test_words_that_only_look_like_it_are_let_through(self, built: Any, query: str) -> None:
        assert built.run("query", "-e", query, "--limit", "1", "--format", "csv").code == 0

    def test_a_text_too_long_is_refused(self, built: Any) -> None:
        assert built.run("query", "-e", f"SELECT * {{ }} #{'x' * 300_000}").code == 2

    def test_deep_nesting_is_refused_without_a_traceback(self, built: Any) -> None:
        text = f"SELECT * {{ {'{' * 5000} ?from ?p ?o {'}' * 5000} }}"

        assert built.run("query", "-e", text).code == 2


class TestLimit:
    ALL = "SELECT ?s { ?s ?p ?o }"

    @pytest.mark.parametrize(
        ("query", "rows"),
        [
            ("SELECT ?s { ?s ?p ?o }", 3),
            ("SELECT ?s { ?s ?p ?o } LIMIT 2", 2),
            ("SELECT ?s { ?s ?p ?o } LIMIT 5", 3),
            ("SELECT ?s { ?s ?p ?o } limit 5 offset 1", 3),
            ("SELECT ?s { ?s ?p ?o } OFFSET 1 LIMIT 5", 3),
            ("SELECT ?s { ?s ?p ?o } # the end", 3),
            ("SELECT ?s { { SELECT ?s { ?s ?p ?o } LIMIT 2 } }", 2),
            ("SELECT ?s { { SELECT ?s { ?s ?p ?o } LIMIT 9 } }", 3),
            ("SELECT ?s { ?s ?p ?o } VALUES ?o { <http://www.w3.org/2002/07/owl#Class> }", 3),
            ("SELECT ?limit { ?limit ?p 'LIMIT 1' } ", 0),
            ("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", 1),
        ],
    )  # fmt: skip
    def test_at_most_three_rows(self, built: Any, query: str, rows: int) -> None:
        run = built.run("query", "-e", query, "--limit", "3", "--format", "csv")

        assert (run.code, len(run.out.splitlines()) - 1) == (0, rows)

    @pytest.mark.parametrize("limit", ["0", "-1", "many", "1.5"])
    def test_a_limit_is_a_number_from_one(self, built: Any, limit: str) -> None:
        assert built.run("query", "-e", self.ALL, "--limit", limit).code == 2

    @pytest.mark.parametrize("query", ["SELECT * { ?s ?p ?o } LIMIT ?x", "SELECT * { ?s } LIMIT"])
    def test_a_broken_limit_in_the_text_is_no_sparql(self, built: Any, query: str) -> None:
        run = built.run("query", "-e", query, "--limit", "3")

        assert run.code == 2
        assert "no SPARQL query" in run.err


HOSTILE = {
    "escape": "\x1b[31mred\x1b[0m",
    "title": "\x1b]0;owned\x07",
    "bell": "a\x07b",
    "back": "a\x08b",
    "override": "a\u202eb",
    "isolate": "a\u2067b",
    "zero width": "a\u200bb",
    "separator": "a\u2028b",
    "next line": "a\x85b",
    "null-like": "a\x01b",
    "delete": "a\x7fb",
    "line": "a\nb",
    "carriage": "a\rb",
}
BAD = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")


class TestTerminalSafety:
    """What stands in the data never steers the terminal: it is shown, not sent."""

    @pytest.mark.parametrize("form", ["table", "md"])
    @pytest.mark.parametrize("name", HOSTILE)
    def test_a_literal(self, built: Any, name: str, form: str) -> None:
        escaped = "".join(f"\\u{ord(char):04X}" for char in HOSTILE[name])
        escaped = escaped.replace("\\u000A", "\\n").replace("\\u000D", "\\r")

        run = built.run("query", "-e", f'SELECT ("{escaped}" AS ?x) {{ }}', "--format", form)

        assert run.code == 0
        assert not BAD.search(run.out)
        shown = run.out.removesuffix("\n").split("\n")[-1]
        assert "a" in shown or "red" in shown or "owned" in shown

    @pytest.mark.parametrize("form", ["table", "md"])
    @pytest.mark.parametrize("space", ["https://example.org/", "https://w3id.org/communique/id/"])
    def test_an_iri(self, built: Any, space: str, form: str) -> None:
        run = built.run(
            "query", "-e", f'SELECT (IRI("{space}a\\u202Eb") AS ?x) {{ }}', "--format", form
        )

        assert run.code == 0
        assert not BAD.search(run.out)

    def test_markup_of_the_table_library_is_no_markup(self, built: Any) -> None:
        text = "[red]x[/red] [link=https://example.org]y[/link] :smile:"

        run = built.run("query", "-e", f'SELECT ("{text}" AS ?x) {{ }}')

        assert run.out.splitlines()[-1].strip() == text

    def test_markup_of_markdown_is_no_markup(self, built: Any) -> None:
        run = built.run("query", "-e", 'SELECT ("a|b <i> *c*" AS ?x) { }', "--format", "md")

        assert run.out.splitlines()[2] == r"| a\|b \<i\> \*c\* |"

    def test_a_message_shows_what_it_was_given(self, asked: Any) -> None:
        run = asked.run("query", "said-by", "speaker=a\x1b[31mb\u202e")

        assert run.code in (1, 2)
        assert not BAD.search(run.err)


COST = """
import sys
from kg.cli.main import main
code = main(sys.argv[1:])
print(" ".join(sorted(sys.modules)), file=sys.stderr)
sys.exit(code)
"""
NEVER = {"pyshacl", "owlready2", "pandas", "pydantic", "polars", "pyarrow", "SPARQLWrapper"}


def loaded(root: Path, *arguments: str) -> set[str]:
    """The modules that a fresh process has loaded after the command."""
    command = [sys.executable, "-c", COST, "--workspace", str(root), *arguments]
    environment = os.environ | {"COLUMNS": "80"}
    run = subprocess.run(command, capture_output=True, text=True, env=environment, check=True)
    assert run.stdout
    return set(run.stderr.splitlines()[-1].split())


class TestImportCost:
    """Answering a small question must not pay for validation, reasoning or data frames."""

    @pytest.mark.parametrize("form", ["csv", "tsv", "json", "xml", "md"])
    def test_of_a_stored_query(self, asked: Any, form: str) -> None:
        asked.run("build")  # so that the heads of the queries are remembered

        modules = loaded(asked.root, "query", "said-by", "speaker=dmitry-peskov", "--format", form)

        assert not modules & (NEVER | {"rdflib", "rich", "yaml", "oxrdflib"})

    def test_of_a_text(self, built: Any) -> None:
        modules = loaded(built.root, "query", "-e", FIGURES, "--format", "csv")

        assert not modules & (NEVER | {"rdflib", "rich", "yaml", "oxrdflib"})

    def test_of_a_table(self, built: Any) -> None:
        modules = loaded(built.root, "query", "-e", FIGURES)

        assert not modules & (NEVER | {"rdflib", "oxrdflib"})
        assert "rich" in modules

    def test_of_an_answer_as_json_through_python(self, built: Any) -> None:
        script = (
            "import sys, kg\n"
            "with kg.open(sys.argv[1]).asking_text(sys.argv[2]) as answer: list(answer)\n"
            "print(*sys.modules)"
        )
        command = [sys.executable, "-c", script, str(built.root), FIGURES]
        run = subprocess.run(command, capture_output=True, text=True, check=True)

        assert not set(run.stdout.split()) & (NEVER | {"rdflib", "rich"})


def test_json_of_numbers_is_plain(built: Any) -> None:
    """As the engine writes them, whatever the literal was: 1500, not 1.5E3 or 1,500."""
    run = built.run("query", "-e", FIGURES, "--format", "json")

    values = [each["best"]["value"] for each in run.json["results"]["bindings"] if "best" in each]
    assert values == ["1500"]
    assert json.loads(run.out)
