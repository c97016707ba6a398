"""The graph as nodes and edges, for programs that know no RDF: GraphML, or two CSV files.

A resource is a node with its label, its types and its literals; a triple between two resources is
an edge. Graphs are merged. Gephi and NetworkX open the GraphML; Gephi and pandas the CSV.
"""

from __future__ import annotations

import csv
import io
import itertools
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO
from xml.sax.saxutils import escape, quoteattr

import pyoxigraph as ox

from kg.exporting.merging import SortedSet, merged_triples
from kg.vocabulary.terms import RDF_TYPE, RDFS, SKOS

_LABELS = (f"{SKOS}prefLabel", f"{RDFS}label")
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_RETURN = {"\r": "&#13;"}  # or a parser makes a line feed of it
_LINES = 20_000
_BETWEEN = " | "


@dataclass
class Node:
    """A resource: its IRI, its label, its types, and literals by prefixed predicate."""

    id: str
    label: str = ""
    types: list[str] = field(default_factory=list)
    values: dict[str, list[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Network:
    """The nodes and edges of canonical N-Quads files; each is read anew, in the order of IRIs."""

    graphs: Sequence[Path]
    prefixes: Mapping[str, str]

    def keys(self) -> list[str]:
        """Return the prefixed predicates that have literals, sorted."""
        found = {
            triple.predicate.value
            for triple in self._read()
            if isinstance(triple.object, ox.Literal)
        }
        return sorted(self.short(iri) for iri in found)

    def nodes(self) -> Iterator[Node]:
        """Yield every resource that is a subject or an object, once."""
        objects = SortedSet()
        for triple in self._read():
            if not isinstance(triple.object, ox.Literal) and triple.predicate.value != RDF_TYPE:
                objects.add(str(triple.object).encode())
        waiting = iter(objects)
        other = next(waiting, None)
        for subject, triples in itertools.groupby(self._read(), lambda each: each.subject):
            name = str(subject).encode()
            while other is not None and other < name:
                yield self._described(other.decode(), ())
                other = next(waiting, None)
            if other == name:
                other = next(waiting, None)
            yield self._described(name.decode(), triples)
        while other is not None:
            yield self._described(other.decode(), ())
            other = next(waiting, None)

    def edges(self) -> Iterator[tuple[str, str, str]]:
        """Yield source, target and prefixed predicate of every triple between resources."""
        for triple in self._read():
            if not isinstance(triple.object, ox.Literal) and triple.predicate.value != RDF_TYPE:
                yield (
                    _name(str(triple.subject)),
                    _name(str(triple.object)),
                    self.short(triple.predicate.value),
                )

    def short(self, iri: str) -> str:
        """Return an IRI with a prefix if one is known for it."""
        for prefix, namespace in self.prefixes.items():
            if iri.startswith(namespace):
                return f"{prefix}:{iri.removeprefix(namespace)}"
        return iri

    def _described(self, term: str, triples: Iterator[ox.Triple] | tuple[()]) -> Node:
        node = Node(_name(term))
        ranks: list[tuple[int, bool, str]] = []
        for triple in triples:
            predicate, value = triple.predicate.value, triple.object
            if isinstance(value, ox.Literal):
                node.values.setdefault(self.short(predicate), []).append(value.value)
                if predicate in _LABELS:
                    ranks.append((_LABELS.index(predicate), value.language != "en", value.value))
            elif predicate == RDF_TYPE:
                node.types.append(self.short(_name(str(value))))
        node.label = min(ranks)[2] if ranks else self.short(node.id)
        return node

    def _read(self) -> Iterator[ox.Triple]:
        lines = merged_triples(self.graphs)
        while block := b"".join(itertools.islice(lines, _LINES)):
            yield from ox.parse(block, format=ox.RdfFormat.N_TRIPLES)


def write_graphml(network: Network, stream: IO[bytes]) -> None:
    """Write the network as GraphML (http://graphml.graphdrawing.org), all values as strings."""
    keys = {name: f"d{number}" for number, name in enumerate(network.keys())}
    out = io.TextIOWrapper(stream, encoding="utf-8", newline="\n", write_through=False)
    out.write('<?xml version="1.0" encoding="UTF-8"?>\n')
    out.write('<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n')
    for name, key, kind in (
        ("label", "label", "node"),
        ("type", "type", "node"),
        *((name, key, "node") for name, key in keys.items()),
        ("label", "edge", "edge"),
    ):
        out.write(f'<key id="{key}" for="{kind}" attr.name={_quoted(name)} attr.type="string"/>\n')
    out.write('<graph edgedefault="directed">\n')
    for node in network.nodes():
        out.write(f"<node id={_quoted(node.id)}>")
        out.write(_data("label", node.label))
        if node.types:
            out.write(_data("type", _BETWEEN.join(node.types)))
        for name, values in sorted(node.values.items()):
            out.write(_data(keys[name], _BETWEEN.join(values)))
        out.write("</node>\n")
    for source, target, label in network.edges():
        out.write(f"<edge source={_quoted(source)} target={_quoted(target)}>")
        out.write(f"{_data('edge', label)}</edge>\n")
    out.write("</graph>\n</graphml>\n")
    out.flush()
    out.detach()


def csv_writers(network: Network) -> dict[str, Callable[[IO[bytes]], None]]:
    """Return, for ``nodes.csv`` and ``edges.csv``, what writes each to a stream."""
    return {
        "nodes.csv": lambda stream: _write_nodes(network, stream),
        "edges.csv": lambda stream: _write_edges(network, stream),
    }


def _write_nodes(network: Network, stream: IO[bytes]) -> None:
    keys = network.keys()
    rows = (
        [
            node.id,
            node.label,
            _BETWEEN.join(node.types),
            *(_BETWEEN.join(node.values.get(key, ())) for key in keys),
        ]
        for node in network.nodes()
    )
    _write_rows(stream, itertools.chain([["Id", "Label", "type", *keys]], rows))


def _write_edges(network: Network, stream: IO[bytes]) -> None:
    rows = ([source, target, "Directed", label] for source, target, label in network.edges())
    _write_rows(stream, itertools.chain([["Source", "Target", "Type", "Label"]], rows))


def _write_rows(stream: IO[bytes], rows: Iterator[list[str]]) -> None:
    out = io.TextIOWrapper(stream, encoding="utf-8", newline="")
    plain = csv.writer(out, lineterminator="\n")
    quoting = csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_ALL)
    for row in rows:
        # A carriage return alone would end the row for most readers, and is not quoted by itself.
        (quoting if any("\r" in cell for cell in row) else plain).writerow(row)
    out.flush()
    out.detach()


def _name(term: str) -> str:
    return term[1:-1] if term.startswith("<") else term


def _quoted(text: str) -> str:
    return quoteattr(_ILLEGAL.sub("\ufffd", text))


def _data(key: str, value: str) -> str:
    return f'<data key="{key}">{escape(_ILLEGAL.sub(chr(0xFFFD), value), _RETURN)}</data>'
