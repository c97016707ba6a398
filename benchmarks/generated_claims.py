"""Generated claims as RDF, fast enough for millions: one block mapped, then copied under new ids.

A block of generated records goes through the real mapper once. Every further block is its text
with other ids of articles and events, of the same length, so that a block costs a join of strings.
What a build derives
of them is copied in the same way. Nothing is held in memory but one block.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pyoxigraph as ox
from generate_records import RECORDS_PER_STORY, article

from kg.building.derived import derived_quads
from kg.config import SHIPPED_DESKS
from kg.mapping.completing import complete
from kg.mapping.context import load_context
from kg.mapping.quads import Mapper
from kg.records.model import Record
from kg.vocabulary.shipped import shipped
from kg.vocabulary.terms import DEFAULT_BASE, REFERENCE_GRAPH
from kg.vocabulary.vocabulary import Vocabulary

CLAIMS = 10
RECORDS = 40
BLOCK = RECORDS * CLAIMS
_IDS = re.compile(r"(?:(generated)-(\d{6})|(deployment|training|shipment|agreement)-(\d{5}))\b")


@cache
def mapper() -> Mapper:
    """Return the mapper of the shipped context."""
    return Mapper(load_context(shipped("ontology") / "context.jsonld"), DEFAULT_BASE)


@cache
def vocabulary() -> Vocabulary:
    """Return the shipped ontology, schemes and reference data."""
    return Vocabulary((shipped("ontology"),), DEFAULT_BASE)


def mapped(index: int, claims: int = CLAIMS, seed: int = 1) -> list[ox.Quad]:
    """Return the quads of one generated record; every quote names its article, so none is twice."""
    _, content = article(index, claims, seed)
    name = content["article"]["id"]
    for claim in content["claims"]:
        claim["quote"]["exact"] += f" ({name})"
    record = Record.model_validate(content)
    actors = vocabulary().actors
    nodes = complete(record, lambda _: None, actors.__contains__)
    return mapper().article(name, nodes)


class _Template:
    """A text cut at its ids: words and ids in turn."""

    def __init__(self, text: str) -> None:
        self.words: list[str] = []
        self.ids: list[str] = []
        end = 0
        for match in _IDS.finditer(text):
            self.words.append(text[end : match.start()])
            self.ids.append(match.group())
            end = match.end()
        self.last = text[end:]

    def moved(self, records: int) -> Iterator[str]:
        """Yield the pieces of the text with its ids moved on."""
        new = {name: _moved_id(name, records) for name in set(self.ids)}
        for words, name in zip(self.words, self.ids, strict=True):
            yield words
            yield new[name]
        yield self.last


def _moved_id(name: str, records: int) -> str:
    kind, _, number = name.partition("-")
    by = records if kind == "generated" else records // RECORDS_PER_STORY
    return f"{kind}-{int(number) + by:0{len(number)}}"


def blocks(claims: int, *, graphs: bool, seed: int = 1) -> Iterator[bytes]:
    """Yield `claims` claims as N-Quads, or without their graphs as N-Triples, block by block."""
    quads = [quad for index in range(RECORDS) for quad in mapped(index, seed=seed)]
    lines = (f"{quad if graphs else quad.triple} .\n" for quad in quads)
    yield from _copied("".join(dict.fromkeys(lines)), claims)


def derived(claims: int, seed: int = 1) -> Iterator[bytes]:
    """Yield as N-Quads what a build derives of the reference data and `claims` claims.

    No block speaks of another's events, so what is derived of one holds for its copies.
    """
    store = ox.Store()
    store.bulk_load(reference(graphs=True), format=ox.RdfFormat.N_QUADS)
    store.bulk_load(next(blocks(BLOCK, graphs=True, seed=seed)), format=ox.RdfFormat.N_QUADS)
    lines = [f"{quad} .\n" for quad in derived_quads(store, DEFAULT_BASE)]
    yield "".join(line for line in lines if not _IDS.search(line)).encode()
    yield from _copied("".join(filter(_IDS.search, lines)), claims)


def _copied(block: str, claims: int) -> Iterator[bytes]:
    if claims % BLOCK:
        raise SystemExit(f"the number of claims must be a multiple of {BLOCK}")
    template = _Template(block)
    for number in range(claims // BLOCK):
        yield "".join(template.moved(number * RECORDS)).encode()


def reference(*, graphs: bool) -> bytes:
    """Return the ontology, schemes, reference data and desks, axioms over blank nodes left out."""
    graph = ox.NamedNode(DEFAULT_BASE + REFERENCE_GRAPH)
    triples = [*vocabulary().triples, *(quad.triple for quad in mapper().desks(SHIPPED_DESKS))]
    named = (t for t in triples if not isinstance(t.subject, ox.BlankNode))
    kept = dict.fromkeys(t for t in named if not isinstance(t.object, ox.BlankNode))
    where = f" {graph}" if graphs else ""
    return "".join(f"{triple}{where} .\n" for triple in kept).encode()


def write(file: Path, claims: int, *, graphs: bool, more: bytes = b"") -> None:
    """Write `claims` claims, the reference data and `more` to `file`."""
    with file.open("wb") as stream:
        stream.write(reference(graphs=graphs))
        for block in blocks(claims, graphs=graphs):
            stream.write(block)
        stream.write(more)


class Reader(io.RawIOBase):
    """Blocks of bytes as a stream, so that a store is loaded without a file in between."""

    def __init__(self, parts: Iterator[bytes]) -> None:
        self._parts = parts
        self._rest = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        while not self._rest:
            part = next(self._parts, None)
            if part is None:
                return 0
            self._rest = memoryview(part)
        size = min(len(buffer), len(self._rest))
        buffer[:size] = self._rest[:size]
        self._rest = self._rest[size:]
        return size


def load_store(folder: Path, claims: int) -> None:
    """Make a store on disk in `folder` with the reference data and `claims` claims."""

    store = ox.Store(str(folder))
    fill(store, claims)
    store.flush()


def fill(store: ox.Store, claims: int, *, with_derived: bool = False) -> None:
    """Put the reference data and `claims` claims into `store`, and what is derived of them."""

    def parts() -> Iterator[bytes]:
        yield reference(graphs=True)
        yield from blocks(claims, graphs=True)
        if with_derived:
            yield from derived(claims)

    store.bulk_load(Reader(parts()), format=ox.RdfFormat.N_QUADS)
    store.optimize()
