"""Results: every format has the same rows; nothing in them becomes a formula or markup."""

from __future__ import annotations

import csv
import io
import pickle
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from datetime import date

import pyarrow.parquet
import pyoxigraph as ox
import pytest
from desks import Desk

import kg
from kg.cli.main import main
from kg.querying.formats import write_answer
from kg.querying.spreadsheet import write_spreadsheet
from kg.querying.table import Table, collect

HOSTILE = ["=1+1", "+SUM(A1)", "-2+3", "@now", "<script>alert(1)</script>", "-5", "12", 'a "b", c']


def _solutions(texts: Sequence[str] = HOSTILE) -> ox.QuerySolutions:
    values = " ".join(str(ox.Literal(text)) for text in texts)
    answer = ox.Store().query(f"SELECT ?text WHERE {{ VALUES ?text {{ {values} }} }}")
    assert isinstance(answer, ox.QuerySolutions)
    return answer


def _written(form: str, *texts: str) -> bytes:
    stream = io.BytesIO()
    write_answer(_solutions(texts or HOSTILE), form, stream, {})
    return stream.getvalue()


def test_csv_is_exact() -> None:
    rows = list(csv.reader(io.StringIO(_written("csv").decode())))
    assert [row[0] for row in rows] == ["text", *HOSTILE]


def test_a_spreadsheet_has_no_formulas() -> None:
    stream = io.BytesIO()
    write_spreadsheet(_solutions(), stream)
    rows = [row[0] for row in csv.reader(io.StringIO(stream.getvalue().decode()))]
    assert rows == [
        *("text", "'=1+1", "'+SUM(A1)", "'-2+3", "'@now"),
        *("<script>alert(1)</script>", "-5", "12", 'a "b", c'),
    ]


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        (" =1+1", "' =1+1"),
        ("\N{NO-BREAK SPACE}=1+1", "'\N{NO-BREAK SPACE}=1+1"),
        ("\ufeff@now", "'\ufeff@now"),
        ("\tx", "'\tx"),
        ("\N{FULLWIDTH EQUALS SIGN}1+1", "'\N{FULLWIDTH EQUALS SIGN}1+1"),
        ("\N{FULLWIDTH COMMERCIAL AT}now", "'\N{FULLWIDTH COMMERCIAL AT}now"),
        # Where a semicolon begins a cell, this would be a second one.
        ("a;=HYPERLINK(1)", "a;'=HYPERLINK(1)"),
        ('a; "=1"', 'a;\' "=1"'),
        ("a\n=1", "a\n'=1"),
        ("-5.25", "-5.25"),
        ("1,500 men; 20 ships", "1,500 men; 20 ships"),
    ],
)
def test_a_cell_of_a_spreadsheet(text: str, cell: str) -> None:
    stream = io.BytesIO()
    write_spreadsheet(_solutions([text]), stream)
    written = stream.getvalue().decode()
    (_, row) = csv.reader(io.StringIO(written, newline=""))
    assert row == [cell]
    assert written.endswith('"\r\n')
    assert written.startswith('"text"\r\n"')


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("~~struck~~", r"\~\~struck\~\~"),
        ("a &lt; b", "a &amp;lt; b"),
        ("see https://example.org/a", r"see https\://example.org/a"),
        ("see www.example.org", r"see www\.example.org"),
        ("*a* [b](c) <d>", r"\*a\* \[b\](c) \<d\>"),
    ],
)
def test_markdown_has_no_markup_of_the_data(text: str, cell: str) -> None:
    assert _written("md", text).decode().splitlines()[2] == f"| {cell} |"


def test_xml_keeps_returns() -> None:
    """A bare return would be read as the end of a line."""
    written = _written("xml", "one\r\ntwo\rthree")
    assert b"one&#13;\ntwo&#13;three" in written
    (literal,) = ET.fromstring(written).iter("{http://www.w3.org/2005/sparql-results#}literal")
    assert literal.text == "one\r\ntwo\rthree"


def test_html_has_no_markup_of_the_data() -> None:
    page = _written("html").decode()
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert page.count("<tr>") == 1 + len(HOSTILE)


def test_an_iri_is_a_link_and_a_number_flush_right() -> None:
    rows = Table(
        ("where", "how_many"),
        ((ox.NamedNode("https://example.org/a?b=1&c"), ox.Literal(1500)), (None, None)),
    )
    page = rows._repr_html_()
    assert '<a href="https://example.org/a?b=1&amp;c" rel="noreferrer">' in page
    assert '<td class="number">1500</td>' in page


def test_a_notebook_shows_the_first_rows_and_says_how_many_follow() -> None:
    rows = Table(("n",), tuple((ox.Literal(number),) for number in range(1234)))
    shown = rows._repr_html_()
    assert shown.count("<tr>") == 1 + 100
    assert "1,134 more rows" in shown


def test_parquet_holds_typed_columns() -> None:
    answer = ox.Store().query(
        'SELECT ?n ?day WHERE { VALUES (?n ?day) { (1 "2024-10-18"^^'
        "<http://www.w3.org/2001/XMLSchema#date>) (2 UNDEF) } }"
    )
    assert isinstance(answer, ox.QuerySolutions)
    stream = io.BytesIO()
    write_answer(answer, "parquet", stream, {})
    table = pyarrow.parquet.read_table(io.BytesIO(stream.getvalue()))
    assert table.to_pydict() == {"n": [1, 2], "day": [date(2024, 10, 18), None]}


def test_frames_of_three_libraries(built: Desk) -> None:
    table = kg.open(built.root).query("shipment-figures")
    assert len(table) == 1
    assert table.to_pandas()["low"].tolist() == [2000]
    assert table.to_polars()["low"].to_list() == [2000]
    assert table.to_arrow()["low"].to_pylist() == [2000]


def test_pandas_keeps_what_numbers_and_truths_are_where_some_are_missing() -> None:
    large = 2**53 + 1
    terms = ((ox.Literal(large), ox.Literal(True)), (None, None))
    frame = Table(("n", "is"), terms).to_pandas()
    assert frame.dtypes.map(str).to_dict() == {"n": "Int64", "is": "boolean"}
    assert frame["n"][0] == large
    assert frame.isna().all(axis=1).tolist() == [False, True]


@pytest.mark.parametrize("terms", [(), ((None,), (None,))])
def test_pandas_takes_a_column_without_values_for_text(terms: tuple[tuple[None], ...]) -> None:
    frame = Table(("reason",), terms).to_pandas()
    assert len(frame.reason.str.len()) == len(terms)


def test_rows_can_be_pickled_and_have_their_places() -> None:
    table = Table(("claim", "from"), ((ox.Literal("c1"), ox.Literal(2)),))
    (row,) = table
    again = pickle.loads(pickle.dumps(row))
    assert again == row
    assert type(again) is type(row)
    assert (again.claim, again[1], again[table.columns.index("from")]) == ("c1", 2, 2)


def test_rows_are_written_before_the_last_is_known() -> None:
    class Counting(io.BytesIO):
        writes = 0

        def write(self, data: object, /) -> int:
            self.writes += 1
            return super().write(data)  # type: ignore[arg-type]

    stream = Counting()
    write_spreadsheet(_solutions(), stream)
    assert stream.writes == 1 + len(HOSTILE)


@pytest.fixture
def _here(built: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(built.root)


@pytest.mark.usefixtures("_here")
def test_explain_tells_the_algebra_and_the_time(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["query", "training-places", "--explain"]) == 0
    told = capsys.readouterr().out
    assert "LeftJoin" in told or "Join" in told
    assert "?claim" in told
    assert "rows; first after" in told


@pytest.mark.usefixtures("_here")
def test_explain_heeds_the_limit(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["query", "article-claims", "--explain", "--limit", "2"]) == 0
    assert "\n2 rows; first after" in capsys.readouterr().out
    assert main(["query", "article-claims", "--explain", "--limit", "0"]) == 2


def test_a_notebook_shows_the_prefix_of_the_workspace(built: Desk) -> None:
    config = '[workspace]\nbase = "https://data.example.org/"\n'
    (built.root / "kg.toml").write_text(config, encoding="utf-8")
    workspace = kg.open(built.root)
    workspace.build()
    assert ">id:claim/autumn-soldiers/c1<" in workspace.query("article-claims")._repr_html_()


@pytest.mark.parametrize("name", ["RUSSIA", " russia", "Russia ", "rUSSIAN fEDERATION"])
def test_a_name_in_other_capitals(built: Desk, name: str) -> None:
    workspace = kg.open(built.root)
    rows = workspace.query("agreements-in-force", party=name, day="2025-01-01")
    assert list(rows) == list(workspace.query("agreements-in-force", party="russia", day="2025"))


def test_none_is_as_if_it_were_not_given(built: Desk) -> None:
    workspace = kg.open(built.root)
    assert list(workspace.query("timeline", since=None)) == list(workspace.query("timeline"))


@pytest.mark.usefixtures("_here")
@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (
            ["provenance", "claim=autumn-soldiers/c1", "--spreadsheet", "--format", "xml"],
            "kind of csv",
        ),
        (["timeline", "--explain", "--endpoint", "http://127.0.0.1:9/"], "leave --endpoint away"),
        (["--explain"], "Which query"),
    ],
)
def test_what_does_not_go_together(
    capsys: pytest.CaptureFixture[str], arguments: list[str], words: str
) -> None:
    code = main(["query", *arguments])
    assert code == 2
    assert words in capsys.readouterr().err


def test_collect_keeps_the_order() -> None:
    assert [row.text for row in collect(_solutions())] == HOSTILE
