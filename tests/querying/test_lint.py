"""`kg query --new` starts a query that works; `--lint` finds what would lose rows in silence."""

from __future__ import annotations

from pathlib import Path

import pytest
from desks import Desk

from kg.cli.main import main

GOOD = """\
#+ summary: Which claims are about an event?
#+ description: One row for each claim.
#+ tags: [claims]
#+ params:
#+   event: {type: event}
#+ columns: [claim, event]

PREFIX kg: <https://w3id.org/communique/ontology#>

SELECT DISTINCT ?claim ?event
WHERE {
  VALUES ?_event_iri { UNDEF }
  ?claim kg:isAbout ?event .
  FILTER(!BOUND(?_event_iri) || ?event = ?_event_iri)
}
ORDER BY ?claim
"""
UNION = """\
  ?claim kg:isAbout ?event ; kg:earliest ?day .
  { ?claim kg:low ?n FILTER(?day > ?n) } UNION { ?claim kg:high ?n }
"""
# Code, what is planted in the place of what, and the words that tell it.
PLANTED = [
    ("undeclared-term", "kg:isAbout", "kg:isAbuot", "did you mean 'kg:isAbout'"),
    ("undeclared-term", "kg:isAbout", "kgg:isAbout", "The prefix kgg: is not declared"),
    ("missing-decorator", "#+ tags: [claims]\n", "", "'#+ tags: …'"),
    ("missing-decorator", "#+ summary: Which claims are about an event?\n", "", "summary"),
    ("other-columns", "columns: [claim, event]", "columns: [claim]", "event"),
    ("unbound-variable", "SELECT DISTINCT ?claim ?event", "SELECT DISTINCT ?clam ?event", "?clam"),
    ("misspelt-variable", "ORDER BY ?claim", "ORDER BY ?cclaim", "did you mean ?claim?"),
    (
        "parameter-without-values",
        "  VALUES ?_event_iri { UNDEF }\n",
        "",
        "lacks 'VALUES ?_event_iri",
    ),
    ("undeclared-parameter", "#+   event: {type: event}", "#+   when: {type: date}", "?_event_iri"),
    (
        "parameter-without-values",
        "#+   event: {type: event}",
        "#+   event: {type: event}\n#+   day: {type: date}",
        "?_day_date is declared and not used",
    ),
    (
        "parameter-without-values",
        "  ?claim kg:isAbout ?event .\n",
        "  { SELECT ?claim WHERE { ?claim kg:isAbout ?event . FILTER(?event = ?_event_iri) } }\n",
        "This scope uses ?_event_iri",
    ),
    (
        "cartesian-product",
        "?claim kg:isAbout ?event .",
        "?claim kg:isAbout ?event . ?other kg:hasAspect ?side .",
        "Nothing joins the patterns of ?claim and ?other",
    ),
    (
        "filter-outer-variable",
        "  ?claim kg:isAbout ?event .\n",
        UNION,
        "cannot see ?day",
    ),
    ("no-sparql", "WHERE {", "WHERE {{", "no SPARQL"),
    (
        "undeclared-term",
        "?claim kg:isAbout",
        "?claim <https://w3id.org/communique/ontology#isAbuot>",
        "did you mean 'https://w3id.org/communique/ontology#isAbout'",
    ),
    (
        "undeclared-term",
        "communique/ontology#>",
        "communique/ontologie#>",
        "did you mean <https://w3id.org/communique/ontology#>",
    ),
    (
        "undeclared-term",
        "?claim kg:isAbout",
        "?claim a <http://schema.org/Claim> ; kg:isAbout",
        "did you mean <https://schema.org/>",
    ),
    # A variable that is asked and never given, in each place that asks.
    ("unbound-variable", "ORDER BY ?claim", "ORDER BY ?day", "gives ?day a value"),
    ("unbound-variable", "?event .\n", "?event . FILTER(?evnt = 1)\n", "did you mean '?event'"),
    ("unbound-variable", "?event .\n", "?event . BIND(STR(?other) AS ?event2)\n", "?other"),
    (
        "unbound-variable",
        "?event .\n",
        "?event . OPTIONAL { ?claim kg:low ?n FILTER(?m > ?n) }\n",
        "?m",
    ),
    (
        "unbound-variable",
        "?event .\n",
        "?event . FILTER NOT EXISTS { ?x kg:low ?n FILTER(?m > ?n) }\n",
        "?m",
    ),
    # Given and never used.
    ("unused-variable", "?event .\n", "?event ; kg:low ?n .\n", "?n is used nowhere else"),
    ("unused-variable", "?event .\n", "?event . OPTIONAL { ?claim kg:low ?n }\n", "?n is used"),
    ("unused-variable", "?event .\n", "?event . BIND(STR(?event) AS ?text)\n", "?text is used"),
    (
        "unused-variable",
        "?event .\n",
        "?event . { SELECT DISTINCT ?claim WHERE { ?claim kg:low ?n } }\n",
        "?n is used",
    ),
    ("missing-order", "ORDER BY ?claim\n", "", "There is no ORDER BY"),
    # What is joined by no equality, and by no pattern, of whatever kind.
    (
        "cartesian-product",
        "?event .\n",
        "?event . ?other kg:isAbout ?event2 . FILTER(?event != ?event2 && ?other > ?claim)\n",
        "Nothing joins the patterns of ?claim and ?other",
    ),
    (
        "cartesian-product",
        "?event .\n",
        "?event . OPTIONAL { ?other kg:hasAspect ?side } FILTER(BOUND(?side))\n",
        "Nothing joins the patterns of ?claim and ?other",
    ),
    (
        "cartesian-product",
        "  ?claim kg:isAbout ?event .\n",
        "  { SELECT * { ?claim kg:isAbout ?event } } { SELECT ?one { ?one kg:low 1 } }\n",
        "Nothing joins the patterns of ?claim and ?one",
    ),
    (
        "cartesian-product",
        "  ?claim kg:isAbout ?event .\n",
        "  { ?claim kg:low 1 . ?event kg:high 2 } UNION { ?claim kg:isAbout ?event }\n",
        "Nothing joins the patterns of ?claim and ?event",
    ),
    (
        "cartesian-product",
        "?event .\n",
        "?event ; kg:low ?n ; kg:high ?m . ?other kg:low ?k FILTER(?n < ?k && ?m < ?k)\n",
        "Nothing joins the patterns of ?claim and ?other",
    ),
    # What stands outside a group is not seen in it.
    (
        "filter-outer-variable",
        "?event .\n",
        "?event . { ?claim kg:low ?n BIND(STR(?event) AS ?text) FILTER(?text != ?n) } UNION {}\n",
        "A BIND in a group of its own, as a branch of UNION is, cannot see ?event",
    ),
    (
        "filter-outer-variable",
        "?event .\n",
        "?event . { ?claim kg:low ?n FILTER(?event != ?n) }\n",
        "cannot see ?event",
    ),
    (
        "filter-outer-variable",
        "?event .\n",
        "?event . OPTIONAL { { ?claim kg:low ?n FILTER(?event != ?n) } }\n",
        "cannot see ?event",
    ),
    (
        "filter-outer-variable",
        "?event .\n",
        "?event . { SELECT ?claim { ?claim kg:low ?n FILTER(?event != ?n) } }\n",
        "cannot see ?event",
    ),
    # Declared so that no value works, or none that is meant.
    *(
        ("unworkable-parameter", "{type: event}\n", f"{{type: event}}\n#+   more: {says}\n", words)
        for says, words in (
            ("{type: integer, default: 1.5}", "more=1.5 is no whole number"),
            ("{type: date, default: any}", "The default of 'more' is refused: more=any is no date"),
            ("{type: text, values: [a, b], default: c}", "more= knows no 'c'"),
            ("{type: concept, scheme: nosuch}", "No scheme 'nosuch' of 'more' is declared"),
            ("{type: concept, scheme: itme}", "did you mean 'item'"),
            ("{type: concept}", "lacks the 'scheme: …'"),
            ("{type: text, required: maybe}", "'required: maybe' of 'more' is neither true nor"),
            ("{type: date, end: 2}", "'end: 2' of 'more' is neither true nor false"),
            ("{type: integer, minimum: 3, default: 2}", "more= takes a number from 3"),
        )
    ),
    # Groups that take away nothing, or all.
    ("untied-group", "?event .\n", "?event . MINUS { ?z a kg:Person }\n", "takes nothing away"),
    (
        "untied-group",
        "?event .\n",
        "?event . OPTIONAL { ?claim kg:low ?n MINUS { ?event kg:low 1 } } FILTER(?n > 1)\n",
        "This MINUS",
    ),
    (
        "untied-group",
        "?event .\n",
        "?event . FILTER NOT EXISTS { ?z a kg:Person }\n",
        "This NOT EXISTS shares no variable",
    ),
    ("untied-group", "?event .\n", "?event . FILTER EXISTS { ?z a [] }\n", "This EXISTS"),
]


# What looks like one of these and is well.
SPARED = [
    "?event . OPTIONAL { ?claim kg:low ?n FILTER(STR(?event) != STR(?n)) } FILTER(BOUND(?n))\n",
    "?event . FILTER NOT EXISTS { ?other kg:isAbout ?event FILTER(?other != ?claim) }\n",
    "?event . FILTER EXISTS { ?claim kg:low ?any }\n",
    "?event ; kg:low [] .\n",
    "?event ; kg:low ?n . ?other kg:high ?m FILTER(?n = ?m && ?other != ?claim)\n",
    "?event . BIND(STR(?event) AS ?text) ?other kg:label ?text FILTER(?other != ?claim)\n",
    "?event . { SELECT ?event { ?event kg:label ?text } ORDER BY ?text }\n",
    "?event . ?claim <https://example.org/ours#note> ?text FILTER(?text != 1)\n",
    "?event . MINUS { ?claim kg:low ?any }\n",
    "?event . FILTER NOT EXISTS { ?other a kg:Person FILTER(?other = ?event) }\n",
    "?event . FILTER NOT EXISTS { ?other a ?any MINUS { ?other kg:low ?claim } }\n",
    "?event . FILTER EXISTS { kg:Person a [] }\n",
]


# A fixture of which every query here gives nothing: these tests are about the text.
NOTHING = """\
records: [{article: {id: a}}]
columns: []
cases: [{about: nothing is said, rows: []}]
"""


def _lint(desk: Desk, text: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    desk.write("queries/own/mine.rq", text)
    desk.write("queries/own/mine.yaml", NOTHING)
    code = main(["--workspace", str(desk.root), "query", "--lint", "mine"])
    return code, capsys.readouterr().out


def test_a_good_query_has_nothing_to_be_said_of(
    built: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _lint(built, GOOD, capsys) == (0, "")


@pytest.mark.parametrize("spared", SPARED)
def test_what_only_looks_wrong_is_spared(
    built: Desk, spared: str, capsys: pytest.CaptureFixture[str]
) -> None:
    text = GOOD.replace("?event .\n", spared, 1)
    assert text != GOOD
    assert _lint(built, text.replace("kg:label", "kg:low"), capsys) == (0, "")


class TestFixture:
    """What `--new` scaffolds is run: the query on the records, against the rows."""

    @pytest.fixture
    def started(self, built: Desk, capsys: pytest.CaptureFixture[str]) -> Path:
        assert main(["--workspace", str(built.root), "query", "--new", "my-question"]) == 0
        capsys.readouterr()
        return built.root / "queries/own/my-question.yaml"

    @staticmethod
    def lint(file: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
        root = file.parents[2]
        code = main(["--workspace", str(root), "query", "--lint", "my-question"])
        return code, capsys.readouterr().out

    def test_as_it_is_started(self, started: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert self.lint(started, capsys) == (0, "")

    @pytest.mark.parametrize(
        ("line", "instead", "said"),
        [
            (
                "- [id:claim/a/c1, id:event/troops]",
                "- [id:claim/a/c2, id:event/troops]",
                "lacks [id:claim/a/c2, id:event/troops]",
            ),
            (
                "      - [id:claim/a/c1, id:event/troops]\n",
                "",
                "has also [id:claim/a/c1, id:event/troops]",
            ),
            ('claim: "id:claim/a/taken-back"', 'claim: "id:claim/a/c1"', "must not appear"),
            ("columns: [claim, event]", "columns: [claim, evnt]", "no column 'evnt'"),
            ("aspect: occurrence}", "aspct: occurrence}", "aspct"),
            ("cases:", "case:", "A fixture has"),
        ],
        ids=["missing", "extra", "absent", "column", "record", "cases"],
    )
    def test_what_differs_is_told(
        self,
        started: Path,
        capsys: pytest.CaptureFixture[str],
        line: str,
        instead: str,
        said: str,
    ) -> None:
        before = started.read_text(encoding="utf-8")
        changed = before.replace(line, instead, 1)
        assert changed != before
        started.write_text(changed.replace("rows:\n    absent", "rows: []\n    absent"), "utf-8")

        code, out = self.lint(started, capsys)

        assert code == 1
        assert out.startswith(str(started))
        assert said in out

    @pytest.mark.parametrize(
        ("line", "instead", "number", "said"),
        [
            ("absent:", "absnt:", 18, "A case has no key 'absnt'; did you mean 'absent'?"),
            (
                "columns: [",
                "colums: [",
                13,
                "A fixture has no key 'colums'; did you mean 'columns'",
            ),
            (
                "id:claim/a/taken-back",
                "id:claim/a/takenback",
                19,
                "no 'id:claim/a/takenback' that could come; did you mean 'id:claim/a/taken-back'?",
            ),
            (
                "aspect: occurrence}",
                "aspect: occurence}",
                8,
                "'occurence' is not in the scheme 'aspect'; did you mean 'occurrence'?",
            ),
            ("from: north-korea", "from: nordkorea", 6, "There is no actor 'nordkorea'"),
            ("about: troops, asp", "about: nowhere, asp", 8, "declares no event 'nowhere'"),
        ],
        ids=["case key", "fixture key", "absent", "term", "actor", "event"],
    )
    def test_what_tests_nothing_is_told_at_its_line(
        self,
        started: Path,
        capsys: pytest.CaptureFixture[str],
        line: str,
        instead: str,
        number: int,
        said: str,
    ) -> None:
        before = started.read_text(encoding="utf-8")
        assert before.count(line) == 1
        started.write_text(before.replace(line, instead), encoding="utf-8")

        code, out = self.lint(started, capsys)

        assert code == 1
        (told,) = [each for each in out.splitlines() if said in each]
        assert told.startswith(f"{started}:{number}: fixture: ")

    def test_no_cases(self, started: Path, capsys: pytest.CaptureFixture[str]) -> None:
        before = started.read_text(encoding="utf-8")
        started.write_text(before.partition("cases:")[0] + "cases: []\n", encoding="utf-8")

        code, out = self.lint(started, capsys)

        assert code == 1
        assert out == f"{started}:14: fixture: It has no cases, so that nothing is tried\n"

    def test_no_fixture(self, started: Path, capsys: pytest.CaptureFixture[str]) -> None:
        started.unlink()

        code, out = self.lint(started, capsys)

        assert code == 1
        query = started.with_suffix(".rq")
        nothing = "Nothing tries it: there is no fixture my-question.yaml beside it"
        assert out == f"{query}: fixture: {nothing}\n"

    def test_an_absent_number_is_compared_as_it_is_written(
        self, started: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        text = started.with_suffix(".rq").read_text(encoding="utf-8")
        text = text.replace("claim, claim_label", "claim, one, claim_label")
        text = text.replace("DISTINCT ?claim", "DISTINCT ?claim ?one")
        text = text.replace("  VALUES ?_event", "  BIND(1 AS ?one)\n  VALUES ?_event")
        started.with_suffix(".rq").write_text(text, encoding="utf-8")
        before = started.read_text(encoding="utf-8")
        absent = before.replace('{claim: "id:claim/a/taken-back"}', "{one: 1}")
        started.write_text(absent, encoding="utf-8")

        code, out = self.lint(started, capsys)

        assert code == 1
        assert "the answer has {'one': '1'}, which must not appear" in out

    @pytest.mark.parametrize("absent", ["{claim: x}", "[claim]", "3"])
    def test_absent_rows_that_are_none(
        self, started: Path, capsys: pytest.CaptureFixture[str], absent: str
    ) -> None:
        before = started.read_text(encoding="utf-8").partition("    absent:")[0]
        started.write_text(f"{before}    absent: {absent}\n", encoding="utf-8")

        code, out = self.lint(started, capsys)

        assert (code, "cannot be read: A fixture has" in out) == (1, True)


def test_a_complaint_is_at_its_line(built: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    _, out = _lint(built, GOOD.replace("?event .\n", "?event ; kg:low ?n .\n"), capsys)
    assert ":13: unused-variable: " in out


@pytest.mark.parametrize(
    ("code", "place", "planted", "line"),
    [
        (
            "filter-outer-variable",
            "?event .\n",
            "?event .\n FILTER(?claim != 1)\n { ?claim kg:low ?n\n FILTER(?event != ?n) }\n",
            16,
        ),
        ("parameter-without-values", "  VALUES ?_event_iri { UNDEF }\n", "", 13),
        ("unbound-variable", "?event .\n", "?event .\n FILTER(?claim != 1)\n FILTER(?m > 1)\n", 15),
        (
            "untied-group",
            "?event .\n",
            (
                "?event .\n FILTER NOT EXISTS { ?claim kg:low ?n FILTER(?n > 1)\n"
                " FILTER NOT EXISTS { ?x a kg:Person } }\n"
            ),
            15,
        ),
        ("unworkable-parameter", "event: {type: event}", "event: {type: event, end: 1}", 5),
    ],
)
def test_a_complaint_is_at_the_line_of_what_is_wrong(
    built: Desk,
    capsys: pytest.CaptureFixture[str],
    code: str,
    place: str,
    planted: str,
    line: int,
) -> None:
    _, out = _lint(built, GOOD.replace(place, planted, 1), capsys)
    assert f":{line}: {code}: " in out


@pytest.mark.parametrize(
    ("code", "place", "planted", "words"),
    PLANTED,
    ids=[f"{case[0]}: {case[3]}" for case in PLANTED],
)
def test_what_is_planted_is_found(
    built: Desk,
    capsys: pytest.CaptureFixture[str],
    code: str,
    place: str,
    planted: str,
    words: str,
) -> None:
    assert place in GOOD
    exit_code, out = _lint(built, GOOD.replace(place, planted, 1), capsys)
    assert exit_code == 1
    (line,) = [line for line in out.splitlines() if "mine.rq" in line and f" {code}: " in line][:1]
    assert words in line


def test_the_shipped_queries_have_nothing_to_be_said_of(
    built: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--workspace", str(built.root), "query", "--lint"]) == 0, capsys.readouterr().out


def test_a_new_query_works_at_once(built: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    start = ["--workspace", str(built.root), "query"]
    assert main([*start, "--new", "claims/my-question"]) == 0
    assert capsys.readouterr().out.split() == [
        "queries/claims/my-question.rq",
        "queries/claims/my-question.yaml",
        "queries/claims/my-question.md",
    ]
    assert main([*start, "--lint", "my-question"]) == 0
    assert main([*start, "my-question", "event=pact", "--format", "csv"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 1 + 2
    assert main([*start, "--new", "claims/my-question"]) == 2
    assert "exists already" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["../x", "A/b", "a/b/c", "claims/"])
def test_a_name_that_is_none(built: Desk, capsys: pytest.CaptureFixture[str], name: str) -> None:
    assert main(["--workspace", str(built.root), "query", "--new", name]) == 2
    assert "no name of a query" in capsys.readouterr().err


def test_a_check_is_no_stored_query(built: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--workspace", str(built.root), "query", "--new", "checks/my-check"]) == 2
    assert "choose another group" in capsys.readouterr().err
    assert not (built.root / "queries/checks").exists()


def test_a_new_query_hides_no_shipped_one(built: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--workspace", str(built.root), "query", "--new", "supply-network"]) == 2
    assert "There is a stored query 'supply-network' already" in capsys.readouterr().err
    assert not (built.root / "queries/own/supply-network.rq").exists()


def test_what_cannot_be_read_or_run_hides_nothing_else(
    built: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    own = built.root / "queries/own"
    own.mkdir(parents=True)
    (own / "a-bare.rq").write_text("SELECT ?x WHERE { ?x a ?type }", encoding="utf-8")
    elsewhere = "SELECT ?x WHERE { SERVICE <http://127.0.0.1:9/> { ?x a ?type } }"
    (own / "b-elsewhere.rq").write_text(elsewhere, encoding="utf-8")
    (own / "c-misspelt.rq").write_text("SELECT ?claim WHERE { ?clam a ?type }", encoding="utf-8")
    assert main(["--workspace", str(built.root), "query", "--lint"]) == 1
    told = capsys.readouterr().out
    assert "a-bare.rq:1: missing-decorator" in told
    assert "b-elsewhere.rq: refused" in told
    assert "c-misspelt.rq:1: unbound-variable: Nothing ever gives ?claim" in told
