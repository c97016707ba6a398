"""The graphs of a store: what it counts, and what it gives only in pieces."""

from __future__ import annotations

import contextlib
import json
import tracemalloc
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs

import pytest

from kg.remote.client import Answer, Failed
from kg.remote.graphs import RemoteGraphs
from kg.remote.targets import find_target

COUNTED = {"urn:x:p": 4, "urn:x:q": 2, "urn:x:r": 9}


class Store:
    """Takes the place of a client: a graph too large for a GET, and what was asked instead."""

    def __init__(
        self, *, largest: int, rows: Any = None, blocks: tuple[bytes, ...] = (b"# Empty NT\n",)
    ) -> None:
        table = {"url": "http://127.0.0.1:1", "profile": "virtuoso", "largest_read": largest}
        self.target = find_target({"live": table}, "live")
        self.asked: list[str] = []
        self.blocks = blocks
        self.kind = "text/csv; charset=utf-8"
        self.rows = rows or [
            {"p": {"type": "uri", "value": each}, "n": {"type": "literal", "value": str(count)}}
            for each, count in COUNTED.items()
        ]

    @contextlib.contextmanager
    def stream(self, method: str, url: str, **said: Any) -> Iterator[Answer]:
        if method == "GET":
            raise Failed("http://127.0.0.1:1 answers 500: too large", status=500, passing=True)
        self.asked.append(parse_qs(said["body"].decode())["query"][0])
        yield Answer(200, {"content-type": self.kind}, iter(self.blocks))

    def send(self, method: str, url: str, **said: Any) -> tuple[int, bytes]:
        return 200, json.dumps({"results": {"bindings": self.rows}}).encode()


def test_what_a_store_counts() -> None:
    store: Any = Store(largest=0)

    assert RemoteGraphs(store).census("urn:x:g") == COUNTED


@pytest.mark.parametrize("triples", [15, 1])
def test_predicates_are_asked_for_together_and_a_large_one_in_parts(triples: int) -> None:
    """Also where a graph should be small, and the store says that it cannot give it at once."""
    store: Any = Store(largest=6)

    with RemoteGraphs(store).read("urn:x:g", triples) as blocks:
        assert not b"".join(blocks).strip()

    together, first, second = store.asked
    assert "VALUES ?p { <urn:x:p> <urn:x:q> }" in together
    assert "MD5" not in together
    assert "VALUES ?p { <urn:x:r> }" in first
    assert '>= "00"' in first
    assert '< "80"' in first
    assert '>= "80"' in second
    assert '< "g"' in second


def test_a_block_may_begin_within_a_name() -> None:
    store: Any = Store(largest=100, blocks=(b"<urn:x:a> <http://x.org/", b"#p> <urn:x:b> .\n"))

    with RemoteGraphs(store).read("urn:x:g", 101) as blocks:
        assert b"".join(blocks).strip() == b"<urn:x:a> <http://x.org/#p> <urn:x:b> ."


def test_a_500_for_another_reason_is_one() -> None:
    store: Any = Store(largest=100)

    with pytest.raises(Failed, match="too large"), RemoteGraphs(store).read("urn:x:g", 1):
        pass


@pytest.mark.parametrize(
    "rows", [[{"p": {"value": "no IRI"}, "n": {"value": "1"}}], [{"p": 1}], [["p"]], {"p": "x"}]
)
def test_what_is_no_count_is_told(rows: Any) -> None:
    store: Any = Store(largest=0, rows=rows)

    with pytest.raises(Failed, match="gives no SPARQL results"):
        RemoteGraphs(store).census("urn:x:g")


class TestNames:
    """Of the graphs of a store, which may be very many; read row by row."""

    @staticmethod
    def found(*blocks: bytes, kind: str = "text/csv") -> set[str]:
        store: Any = Store(largest=0, blocks=blocks)
        store.kind = kind
        return RemoteGraphs(store).names("http://e.org/")

    def test_as_oxigraph_writes_them_and_as_virtuoso_does(self) -> None:
        ours = {"http://e.org/a,b", "http://e.org/straße"}

        assert ours == self.found(
            b'g\r\n"http://e.org/a,b"\r\nurn:x:other\r\nhttp://e.org/stra\xc3', b"\x9fe\r\n"
        )
        assert ours == self.found(
            b'"g","n"\n"http://e.org/a,b",3\n"http://e.org/stra\xc3\x9fe",1\n"urn:x:other",9\n'
        )

    def test_a_store_of_a_million_graphs_of_others_takes_no_memory(self) -> None:
        block = b"".join(b"http://elsewhere.org/graph/%06d\r\n" % each for each in range(10_000))

        tracemalloc.start()
        found = self.found(b"g\r\n", *[block] * 100, b"http://e.org/a\r\n")
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()

        assert found == {"http://e.org/a"}
        assert peak < 10 << 20

    def test_a_line_without_an_end(self) -> None:
        with pytest.raises(Failed, match="more than 65,536 bytes"):
            self.found(b"g\n", *[b"x" * 1000] * 100)

    @pytest.mark.parametrize(
        ("blocks", "kind"),
        [
            ((b"g\r\nhttp://e.org/a\r\n",), "text/html"),
            ((b"h\r\nhttp://e.org/a\r\n",), "text/csv"),
            ((), "text/csv"),
            ((b"g\r\n\xff\r\n",), "text/csv"),
            ((b'g\r\n"open\r\n',), "text/csv"),
            ((b"n,g\r\n1\r\n",), "text/csv"),
        ],
    )
    def test_what_is_no_list_of_names(self, blocks: tuple[bytes, ...], kind: str) -> None:
        with pytest.raises(Failed, match="gives no SPARQL results"):
            self.found(*blocks, kind=kind)
