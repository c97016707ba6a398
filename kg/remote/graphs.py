"""The graphs of a triple store: read, replaced, added, moved and deleted over its protocols.

SPARQL 1.1 Graph Store HTTP Protocol for whole graphs, SPARQL 1.1 Protocol for the rest.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

import pyoxigraph as ox

from kg.remote.client import Client, Failed
from kg.remote.protocol import RESULTS, update_request
from kg.remote.targets import Target

N_TRIPLES = "application/n-triples"
N_QUADS = "application/n-quads"
_FORM = "application/x-www-form-urlencoded"
_MAX_NAMES = 1 << 28
_MAX_PIECES = 256


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

    def names(self, below: str) -> set[str]:
        """Return the names of the graphs whose IRI begins with `below`."""
        query = self.client.target.profile.graphs
        _, answer = self.client.send(
            "POST",
            self.client.target.query,
            headers={"Accept": RESULTS, "Content-Type": _FORM},
            body=_form("query", query),
            limit=_MAX_NAMES,
        )
        try:
            rows: list[dict[str, dict[str, str]]] = json.loads(answer)["results"]["bindings"]
            names = {row["g"]["value"] for row in rows}
        except (ValueError, KeyError, TypeError) as error:
            raise Failed(
                f"{self.client.target.query} gives no SPARQL results", status=None, passing=True
            ) from error
        return {name for name in names if name.startswith(below)}

    @contextlib.contextmanager
    def read(self, graph: str, triples: int = 0) -> Iterator[Iterator[bytes]]:
        """Give the N-Triples of a graph in blocks; a graph that is not there has none.

        Args:
            graph: its name.
            triples: how many it should have, for the store may give so many only in pieces.
        """
        largest = self.client.target.profile.largest_read
        if largest and triples > largest:
            yield self._pieces(graph, min(-(-triples // largest), _MAX_PIECES))
            return
        with self.client.stream(
            "GET",
            self.client.target.store,
            parameters=self._named(graph),
            headers={"Accept": N_TRIPLES},
            allowed=(404,),
        ) as answer:
            yield iter(()) if answer.status == 404 else answer.blocks

    def _pieces(self, graph: str, count: int) -> Iterator[bytes]:
        """Yield a graph piece by piece, each the subjects whose MD5 begins in a range.

        Whatever order the store answers in, no triple is in two pieces and none is left out.
        """
        bounds = [f"{number * _MAX_PIECES // count:02x}" for number in range(count)]
        for low, high in zip(bounds, [*bounds[1:], "g"], strict=True):
            query = (
                f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH {ox.NamedNode(graph)} {{ ?s ?p ?o }} "
                f'FILTER (SUBSTR(MD5(STR(?s)), 1, 2) >= "{low}" && '
                f'SUBSTR(MD5(STR(?s)), 1, 2) < "{high}") }}'
            )
            with self.client.stream(
                "POST",
                self.client.target.query,
                headers={"Accept": N_TRIPLES, "Content-Type": _FORM},
                body=_form("query", query),
            ) as answer:
                # Virtuoso says "# Empty NT" where a piece has nothing.
                yield from (block for block in answer.blocks if not block.startswith(b"#"))
            yield b"\n"

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

    def move(self, source: str, graph: str) -> None:
        """Let a graph take the place of another. Whoever repeats this has to look first.

        Never SILENT: a move whose source is gone would then empty the graph.
        """
        update(self.client, f"MOVE GRAPH {ox.NamedNode(source)} TO GRAPH {ox.NamedNode(graph)}")

    def _named(self, graph: str) -> Mapping[str, str]:
        return {self.client.target.profile.graph: graph}


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
