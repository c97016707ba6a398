"""Whether what came back is what was sent, in any order and any notation, and else in what not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.exporting.comparing import compare
from kg.exporting.literals import exact, values

INTEGER = "<http://www.w3.org/2001/XMLSchema#integer>"


@pytest.fixture
def graph(shelf: Any) -> Any:
    return shelf.write(
        "a",
        [
            f'<urn:x:s> <urn:x:p> "042"^^{INTEGER}',
            '<urn:x:s> <urn:x:p> "a \\"quoted\\" word"@en',
            "<urn:x:s> <urn:x:p> <urn:x:o>",
        ],
    )


@pytest.mark.parametrize("answer", [b"<html>\n", b'_:x <urn:x:p> "a', b"\xff\n"])
def test_what_is_no_n_triples_differs_also_from_a_graph_with_blank_nodes(
    shelf: Any, answer: bytes
) -> None:
    nameless = shelf.write("a", ['_:b0 <urn:x:p> "a"'])

    assert compare(nameless, [answer], exact).drift


def test_the_same_in_another_order_and_notation(graph: Any) -> None:
    came = (
        b"# a comment\n<urn:x:s>\t<urn:x:p>\t<urn:x:o> .\n"
        b'<urn:x:s> <urn:x:p> "\\u0061 \\"quoted\\" word"@EN .\n\n'
        b'<urn:x:s>   <urn:x:p> "042"^^<http://www.w3.org/2001/XMLSchema#integer>.\n'
    )

    found = compare(graph, [came[:50], came[50:]], exact)

    assert (found.missing, found.extra) == (0, 0)


@pytest.mark.parametrize("parted_by", ["\t", " "])
def test_terms_parted_by_tabs_and_tabs_in_literals(shelf: Any, parted_by: str) -> None:
    sent = [
        r'<urn:x:s> <urn:x:p> "one\ttwo"',
        '<urn:x:s> <urn:x:p> "é > o"',
        '<urn:x:s> <urn:x:p> "o"',
    ]
    graph = shelf.write("tabs", sent)
    came = [
        '<urn:x:s> <urn:x:p> "one\ttwo" .',
        r'<urn:x:s> <urn:x:p> "\u00E9 > o" .',
        '<urn:x:s> <urn:x:p> "o" .',
    ]
    body = "\n".join(line.replace("> ", f">{parted_by}", 2) for line in came).encode()

    assert not compare(graph, [body], exact).drift
    assert compare(graph, [body.replace(b"> o", b">\to")], exact).missing == 1


def test_a_sending_that_was_broken_off_leaves_no_half_of_what_it_is_compared_by(graph: Any) -> None:
    sending = graph.sent()
    came = next(sending)
    sending.close()

    assert graph.written.lines == 3
    assert not compare(graph, [came], exact).drift


@pytest.mark.parametrize("most", [0, 50_000], ids=["more than are held", "few"])
def test_rewritten_literals_are_counted_and_shown(
    graph: Any, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.exporting.graphs.MOST_REWRITTEN", most)
    came = b"".join(graph.triples()).replace(b'"042"', b'"42"')

    found = compare(graph, [came], values)

    assert (found.drift, found.rewritten) == (False, 1)
    assert found.examples == (
        f'~ <urn:x:s> <urn:x:p> "042"^^{INTEGER} . -> <urn:x:s> <urn:x:p> "42"^^{INTEGER} .',
    )
    assert compare(graph, [came], exact).drift


def test_two_that_a_store_makes_one(shelf: Any) -> None:
    graph = shelf.write(
        "two", [f'<urn:x:s> <urn:x:p> "{each}"^^{INTEGER}' for each in ("042", "42")]
    )
    came = f'<urn:x:s> <urn:x:p> "42"^^{INTEGER} .\n'.encode()

    assert not compare(graph, [came], values).drift
    assert compare(graph, [came], exact).missing == 1


def test_what_is_missing_and_what_is_more(graph: Any) -> None:
    came = b"".join(graph.triples()).replace(b"<urn:x:o>", b"<urn:x:other>")

    found = compare(graph, [came], values)

    assert (found.missing, found.extra) == (1, 1)
    assert found.examples[:2] == (
        "- <urn:x:s> <urn:x:p> <urn:x:o> .",
        "+ <urn:x:s> <urn:x:p> <urn:x:other> .",
    )


def test_large_graphs_are_looked_at_in_parts(
    shelf: Any, lines: Callable[[str, int], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.exporting.comparing._AT_ONCE", 1000)
    graph = shelf.write("large", lines("large", 500))
    came = b"".join(graph.triples()).split(b"\n")

    found = compare(graph, [b"\n".join(came[7:])], values)

    assert (found.missing, found.extra) == (7, 0)


def test_no_n_triples_at_all(graph: Any) -> None:
    found = compare(graph, [b"<html>Sorry</html>"], values)

    assert found.drift
    assert found.missing == 3


@given(st.lists(st.integers(0, 40)), st.lists(st.integers(0, 40)), st.integers(1, 30))
def test_equal_exactly_where_the_sets_are(
    tmp_path_factory: pytest.TempPathFactory, sent: list[int], came: list[int], step: int
) -> None:
    from shelves import Shelf

    graph = Shelf(tmp_path_factory.mktemp("any"), "urn:x:").write(
        "a", [f'<urn:x:s> <urn:x:p> "{each}"' for each in sent]
    )
    body = "".join(f'<urn:x:s> <urn:x:p> "{each}" .\n' for each in dict.fromkeys(came)).encode()
    blocks = [body[at : at + step] for at in range(0, len(body), step)]

    found = compare(graph, blocks, values)

    assert found.missing == len(set(sent) - set(came))
    assert found.extra == len(set(came) - set(sent))
