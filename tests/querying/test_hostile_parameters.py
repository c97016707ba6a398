"""Whatever a parameter's value says, it is a value: nothing changes, nothing is reached."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator

import pytest
from desks import Desk

from kg.cli.main import main

VALUES = [
    '"',
    "'",
    '"""',
    "\\",
    '\\"',
    "}",
    "{ UNDEF }",
    "} UNION { ?s ?p ?o",
    "# comment",
    "\n# comment\n",
    "?_event_iri",
    "soldiers-east } #",
    "<https://w3id.org/communique/id/event/soldiers-east>",
    "https://w3id.org/communique/id/event/x> } #",
    'https://example.org/"',
    "https://example.org/\\u003e",
    "INSERT DATA { <urn:a> <urn:b> <urn:c> }",
    "DROP ALL",
    "} } ; DROP ALL ; #",
    "} SERVICE <http://127.0.0.1:PORT/> { ?s ?p ?o",
    "http://127.0.0.1:PORT/",
    "﻿soldiers-east",
    "soldiers-east\u202e",
    "x" * 1001,
]


@pytest.fixture(scope="module")
def listening() -> Iterator[tuple[int, list[str]]]:
    """A socket that remembers who came."""
    came: list[str] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def accept() -> None:
            while True:
                try:
                    connection, where = server.accept()
                except OSError:
                    return
                came.append(str(where))
                connection.close()

        threading.Thread(target=accept, daemon=True).start()
        yield server.getsockname()[1], came


@pytest.mark.parametrize("value", VALUES, ids=lambda value: ascii(value[:30]))
@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("training-places", "event"),
        ("event-overview", "event"),
        ("event-overview", "type"),
        ("article-claims", "article"),
        ("claims-of-speaker", "speaker"),
        ("provenance", "claim"),
        ("shipment-figures", "item"),
        ("timeline", "since"),
        ("corroboration", "origins"),
    ],
)
def test_a_value_stays_a_value(
    built: Desk,
    capsys: pytest.CaptureFixture[str],
    listening: tuple[int, list[str]],
    query: str,
    parameter: str,
    value: str,
) -> None:
    port, came = listening
    before = (built.root / ".kg/current").read_bytes()
    said = value.replace("PORT", str(port))
    code = main(["--workspace", str(built.root), "query", query, f"{parameter}={said}"])
    out, err = capsys.readouterr()
    assert code in (1, 2)
    assert out == ""
    assert err.startswith("kg: ")
    assert "Traceback" not in err
    assert len(err.splitlines()) == 1
    assert came == []
    assert (built.root / ".kg/current").read_bytes() == before


FREE_TEXT = """#+ summary: Which claims have these words?
#+ params:
#+   words: {type: text}
#+ columns: [claim]
PREFIX kg: <https://w3id.org/communique/ontology#>
SELECT ?claim WHERE {
  VALUES ?_words_string { UNDEF }
  ?claim kg:quoteExact ?quote .
  FILTER(!BOUND(?_words_string) || ?quote = ?_words_string)
}
ORDER BY ?claim
"""


@pytest.mark.parametrize("value", VALUES[:-1], ids=lambda value: ascii(value[:30]))
def test_a_text_that_may_be_anything_is_compared_and_no_more(
    built: Desk, capsys: pytest.CaptureFixture[str], value: str
) -> None:
    own = built.root / "queries/claims/with-words.rq"
    own.parent.mkdir(parents=True, exist_ok=True)
    own.write_text(FREE_TEXT, encoding="utf-8")
    arguments = ["query", "with-words", f"words={value}", "--format", "csv"]
    assert main(["--workspace", str(built.root), *arguments]) == 0
    out, err = capsys.readouterr()
    assert out.splitlines() == ["claim"]
    assert err == ""


def test_of_few_values_a_wrong_one_is_told_the_nearest(
    built: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["--workspace", str(built.root), "query", "event-overview", "type=deployment"]
    assert main(arguments) == 2
    told = capsys.readouterr().err
    assert told == "kg: type= knows no 'deployment'; did you mean 'Deployment'?\n"
