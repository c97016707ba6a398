"""The graphs of a triple store: read, replaced, added, moved and deleted over its protocols.

SPARQL 1.1 Graph Store HTTP Protocol for whole graphs, SPARQL 1.1 Protocol for the rest.
"""

from __future__ import annotations

import contextlib
import csv
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

import pyoxigraph as ox

from kg.remote.client import Client, Failed
from kg.remote.protocol import RESULTS, update_request
from kg.remote.targets import Target

N_TRIPLES = "application/n-triples"
N_QUADS = "application/n-quads"
_FORM = "application/x-www-form-urlencoded"
_CSV = "text/csv"
# Virtuoso says it of rows, and only where its limit was reached; of a graph it says nothing.
_CUT = "x-sparql-maxrows"
_MAX_RESULTS = 1 << 22
_MAX_LINE = 1 << 16
_MAX_NAMES = 1 << 26
_MAX_LISTING = 1 << 30
_MAX_PIECES = 256
# Hashes part subjects into pieces that are not all of one size.
_SAFE = 0.7


class Body(NamedTuple):
    """What a request carries: blocks that can be read again and again, and their length.

    A body of unknown length goes out in chunks.
    """

    blocks: Iterable[bytes]
    length: int | None
    packed: bool = False

    def headers(self, kind: str) -> dict[str, str]:
        """Return the headers that tell what this is."""
        headers = {"Content-Type": kind}
        if self.length is not None:
            headers["Content-Length"] = str(self.length)
        if self.packed:
            headers["Content-Encoding"] = "gzip"
        return headers


class RemoteGraphs(NamedTuple):
    """The graphs of the store that `client` reaches; every method may raise `Failed`."""

    client: Client[Target]

    def names(self, *below: str) -> set[str]:
        """Return the names of the graphs whose IRI begins with one of `below`.

        A store may have millions; they are read row by row, and others' are let go.
        """
        names: set[str] = set()
        room = _MAX_NAMES
        with self.client.stream(
            "POST",
            self.client.target.query,
            headers={"Accept": _CSV, "Content-Type": _FORM},
            body=_form("query", self.client.target.profile.graphs),
        ) as answer:
            if not answer.headers.get("content-type", "").startswith(_CSV):
                raise self._no_results()
            if most := answer.headers.get(_CUT):
                raise self._cut(most)
            try:
                rows = csv.reader(_lines(answer.blocks), strict=True)
                column = next(rows, []).index("g")
                for row in rows:
                    if row and row[column].startswith(below):
                        names.add(row[column])
                        room -= len(row[column])
                        if room < 0:
                            raise self._too_much(_MAX_NAMES)
            except _TooLong as error:
                raise self._too_much(error.limit) from error
            except (ValueError, IndexError, csv.Error) as error:
                raise self._no_results() from error
        return names

    @contextlib.contextmanager
    def read(self, graph: str, triples: int = 0) -> Iterator[Iterator[bytes]]:
        """Give the N-Triples of a graph in blocks; a graph that is not there has none.

        Args:
            graph: its name.
            triples: how many it should have, for the store may give so many only in pieces.

        A store that gives at most so many rows of any answer cuts a graph without a word. Where it
        counts more than it gave, the graph is given again, in pieces.
        """
        largest = self.client.target.profile.largest_read
        with contextlib.ExitStack() as hold:
            if largest and triples > largest:
                yield self._pieces(graph, largest)
                return
            try:
                answer = hold.enter_context(
                    self.client.stream(
                        "GET",
                        self.client.target.store,
                        parameters=self._named(graph),
                        headers={"Accept": N_TRIPLES},
                        allowed=(404,),
                    )
                )
            except Failed as error:
                # Somebody may have put far more there than should be.
                if not largest or error.status != 500 or self._size(graph) <= largest:
                    raise
                yield self._pieces(graph, largest)
            else:
                if answer.status == 404:
                    yield iter(())
                elif largest:
                    yield self._whole(graph, answer.blocks, triples)
                else:
                    yield answer.blocks

    def _whole(self, graph: str, blocks: Iterator[bytes], triples: int) -> Iterator[bytes]:
        came = 0
        for block in blocks:
            came += block.count(b"\n")
            yield block
        if 1 < came < triples and came < self._size(graph):
            yield b"\n"
            yield from self._pieces(graph, max(1, int(came * _SAFE)))

    def _pieces(self, graph: str, largest: int) -> Iterator[bytes]:
        """Yield a graph piece by piece: some predicates, or a part of the subjects of one.

        Whatever order the store answers in, no triple is in two pieces and none is left out: which
        predicates there are, the store has said. Subjects are parted by the beginning of their MD5.
        """
        for predicates, count in _gathered(self.census(graph), largest):
            values = " ".join(str(ox.NamedNode(each)) for each in predicates)
            parts = min(-(-count // largest), _MAX_PIECES)
            for low, high in _ranges(parts):
                part = (
                    f' FILTER (SUBSTR(MD5(STR(?s)), 1, 2) >= "{low}" && '
                    f'SUBSTR(MD5(STR(?s)), 1, 2) < "{high}")'
                )
                query = (
                    f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ VALUES ?p {{ {values} }} "
                    f"GRAPH {ox.NamedNode(graph)} {{ ?s ?p ?o }}{part if parts > 1 else ''} }}"
                )
                with self.client.stream(
                    "POST",
                    self.client.target.query,
                    headers={"Accept": N_TRIPLES, "Content-Type": _FORM},
                    body=_form("query", query),
                ) as answer:
                    yield from _without_remark(answer.blocks)
                yield b"\n"

    def _size(self, graph: str) -> int:
        return sum(self.census(graph).values())

    def holds_any(self, graph: str) -> bool:
        """Return whether a graph has any triple."""
        answer = self._ask(f"ASK {{ GRAPH {ox.NamedNode(graph)} {{ ?s ?p ?o }} }}")
        found = answer.get("boolean")
        if not isinstance(found, bool):
            raise self._no_results()
        return found

    def census(self, graph: str) -> dict[str, int]:
        """Return how many triples a graph has of each predicate, as the store counts them."""
        rows = self._rows(
            f"SELECT ?p (COUNT(*) AS ?n) WHERE {{ GRAPH {ox.NamedNode(graph)} {{ ?s ?p ?o }} }} "
            "GROUP BY ?p"
        )
        try:
            return {ox.NamedNode(row["p"]).value: int(row["n"]) for row in rows if "p" in row}
        except (KeyError, ValueError) as error:
            raise self._no_results() from error

    def are_equal(self, one: str, other: str) -> bool:
        """Return whether two graphs have the same triples, as the store finds them."""
        patterns = [f"GRAPH {ox.NamedNode(graph)} {{ ?s ?p ?o }}" for graph in (one, other)]
        return self._count(patterns[0]) == self._count(patterns[1]) == self._count(*patterns)

    def _count(self, *patterns: str) -> int:
        try:
            (row,) = self._rows(f"SELECT (COUNT(*) AS ?n) WHERE {{ {' '.join(patterns)} }}")
            return int(row["n"])
        except (KeyError, ValueError) as error:
            raise self._no_results() from error

    def _rows(self, query: str) -> list[dict[str, str]]:
        answer = self._ask(query)
        try:
            rows: list[dict[str, dict[str, str]]] = answer["results"]["bindings"]
            return [{name: str(term["value"]) for name, term in row.items()} for row in rows]
        except (KeyError, TypeError, AttributeError) as error:
            raise self._no_results() from error

    def _ask(self, query: str) -> dict[str, Any]:
        _, body = self.client.send(
            "POST",
            self.client.target.query,
            headers={"Accept": RESULTS, "Content-Type": _FORM},
            body=_form("query", query),
            limit=_MAX_RESULTS,
        )
        try:
            answer = json.loads(body)
        except ValueError as error:
            raise self._no_results() from error
        if not isinstance(answer, dict):
            raise self._no_results()
        return answer

    def _no_results(self) -> Failed:
        return Failed(
            f"{self.client.target.query} gives no SPARQL results", status=None, passing=True
        )

    def _cut(self, most: str) -> Failed:
        return Failed(
            f"{self.client.target.query} gives no more than {most} rows of an answer, and there "
            "are more graphs than that: raise the limit there (Virtuoso: ResultSetMaxRows in "
            "virtuoso.ini)",
            status=None,
            passing=False,
        )

    def _too_much(self, limit: int) -> Failed:
        return Failed(
            f"{self.client.target.query} answers with more than {limit:,} bytes where that cannot "
            "be",
            status=None,
            passing=False,
        )

    def put(self, graph: str, body: Body) -> None:
        """Replace a graph."""
        self.client.send(
            "PUT",
            self.client.target.store,
            parameters=self._named(graph),
            headers=body.headers(N_TRIPLES),
            body=body.blocks,
        )

    def add_quads(self, body: Body) -> None:
        """Add N-Quads, all in one transaction."""
        self.client.send(
            "POST", self.client.target.quads, headers=body.headers(N_QUADS), body=body.blocks
        )

    def delete(self, graph: str) -> None:
        """Delete a graph; one that is not there is no failure."""
        self.client.send(
            "DELETE", self.client.target.store, parameters=self._named(graph), allowed=(404,)
        )

    def copy(self, source: str, graph: str) -> None:
        """Let a graph be as another; never SILENT, as `move`, and with the same care repeated."""
        update(self.client, f"COPY GRAPH {ox.NamedNode(source)} TO GRAPH {ox.NamedNode(graph)}")

    def move(self, source: str, graph: str) -> None:
        """Let a graph take the place of another. Whoever repeats this has to look first.

        Never SILENT: a move whose source is gone would then empty the graph.
        """
        update(self.client, f"MOVE GRAPH {ox.NamedNode(source)} TO GRAPH {ox.NamedNode(graph)}")

    def _named(self, graph: str) -> Mapping[str, str]:
        return {self.client.target.profile.graph: graph}


class _TooLong(Exception):
    """A line, or all of them, has more bytes than `limit`."""

    def __init__(self, limit: int) -> None:
        super().__init__(limit)
        self.limit = limit


def _lines(blocks: Iterator[bytes]) -> Iterator[str]:
    """Yield the lines of an answer without ever holding much of it."""
    left = _MAX_LISTING
    rest = b""
    for block in blocks:
        left -= len(block)
        if left < 0:
            raise _TooLong(_MAX_LISTING)
        *lines, rest = (rest + block).split(b"\n")
        if len(rest) > _MAX_LINE:
            raise _TooLong(_MAX_LINE)
        yield from (line.decode() for line in lines)
    yield rest.decode()


def _without_remark(blocks: Iterator[bytes]) -> Iterator[bytes]:
    """Yield an answer without its first line if that is a comment.

    Virtuoso says ``# Empty NT`` where a piece has nothing. Later blocks begin anywhere, also with
    the ``#`` of a name.
    """
    first = next(blocks, b"")
    yield first.partition(b"\n")[2] if first.startswith(b"#") else first
    yield from blocks


def _gathered(census: Mapping[str, int], largest: int) -> Iterator[tuple[list[str], int]]:
    """Yield predicates, as many together as have no more triples than `largest`; one, if it has."""
    some: list[str] = []
    count = 0
    for predicate, found in sorted(census.items()):
        if some and count + found > largest:
            yield some, count
            some, count = [], 0
        some.append(predicate)
        count += found
    if some:
        yield some, count


def _ranges(count: int) -> Iterator[tuple[str, str]]:
    """Yield where so many parts of all texts of hexadecimal digits begin and end."""
    bounds = [f"{number * _MAX_PIECES // count:02x}" for number in range(count)]
    return zip(bounds, [*bounds[1:], "g"], strict=True)


def update(client: Client[Target], text: str) -> None:
    """Run a SPARQL update.

    Raises:
        Failed: the store did not run it, or nobody can tell whether it did.
    """
    method, url, headers, body = update_request(client.target.update, text)
    client.send(method, url, headers=headers, body=body)


def _form(key: str, value: str) -> bytes:
    from urllib.parse import urlencode

    return urlencode({key: value}).encode("ascii")
