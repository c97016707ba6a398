"""Whether a graph came back as it was sent: count, digest, and where they differ, in what.

The digest of a graph is the sum of its lines' hashes, so that lines may come in any order and none
has to be kept. Python's hash of bytes is keyed anew in each process: it guards against accidents.
Lines are compared as they are written, and in their normal form only where that is not enough.
"""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

import pyoxigraph as ox

from kg.exporting.literals import Normalizer

EXAMPLES = 5
_BLOCK = 1 << 20
_IN_MEMORY = 8 << 20
_AT_ONCE = 32 << 20


@dataclass
class Summary:
    """What is known of a graph's lines.

    Attributes:
        as_written: how many there are, and the sum of their hashes.
        count: how many there are under the normalizer.
        total: sum of the hashes of their normal forms.
        rewritten: normal form to line, where they differ.
        blank: whether there are blank nodes; only known of a graph to send.
    """

    as_written: tuple[int, int] = (0, 0)
    count: int = 0
    total: int = 0
    rewritten: dict[bytes, bytes] = field(default_factory=dict)
    blank: bool = False

    def add(self, lines: list[bytes], normalizer: Normalizer) -> None:
        """Count further lines, without their ends, each of which is another triple."""
        hashes = sum(map(hash, lines))
        self.as_written = (self.as_written[0] + len(lines), self.as_written[1] + hashes)
        self.count += len(lines)
        self.total += hashes
        # Only typed literals, and language tags in capitals, have another normal form.
        for line in [line for line in lines if b'"^^<' in line or b'"@' in line]:
            if b'"^^<' not in line and _tag(line).islower():
                continue
            normal = normalized(line, normalizer)
            if normal == line:
                continue
            self.total -= hash(line)
            if normal in self.rewritten:
                self.count -= 1
            else:
                self.rewritten[normal] = line
                self.total += hash(normal)


class Graph:
    """A graph to send: a file of canonical N-Quads, all of one graph.

    There may be very many of them at once, so each is kept small.
    """

    __slots__ = ("_count", "_file", "_summaries", "digest", "name")

    def __init__(self, name: str, digest: str, file: Path) -> None:
        """Take the graph's IRI, and the file with its SHA-256."""
        self.name = name
        self.digest = digest
        self._file = str(file)
        self._count: int | None = None
        self._summaries: dict[Normalizer, Summary] | None = None

    @property
    def file(self) -> Path:
        """Where its N-Quads lie."""
        return Path(self._file)

    @property
    def size(self) -> int:
        """Bytes of its N-Quads."""
        return self.file.stat().st_size

    def has_blank_nodes(self) -> bool:
        """Whether a subject or an object has no name."""
        return any(
            _has_blank(line) for block in self.quads() if b"_:" in block for line in _split(block)
        )

    def quads(self) -> Iterator[bytes]:
        """Yield its N-Quads in blocks of whole lines."""
        with self.file.open("rb") as source:
            while block := source.read(_BLOCK):
                yield block + source.readline()

    def triples(self) -> Iterator[bytes]:
        """Yield its N-Triples in blocks of whole lines."""
        # A line feed stands only at a line's end, so that nothing else looks like its tail.
        tail = self._tail
        return (block.replace(tail, b" .\n") for block in self.quads())

    @property
    def count(self) -> int:
        """How many triples it has."""
        if self._count is None:
            self._count = sum(block.count(b"\n") for block in self.quads())
        return self._count

    @property
    def triples_size(self) -> int:
        """Bytes of its N-Triples."""
        return self.size - self.count * (len(self._tail) - len(b" .\n"))

    def summarized(self, normalizer: Normalizer) -> Iterator[bytes]:
        """Yield its N-Triples, and find its summary on the way if it is not known yet.

        Whoever sends them waits for the store most of the time; so it costs next to nothing.
        """
        if self._summaries is None:
            self._summaries = {}
        found = None if normalizer in self._summaries else Summary()
        for block in self.triples():
            yield block
            if found:
                lines = _split(block)
                found.add(lines, normalizer)
                found.blank = found.blank or (b"_:" in block and any(map(_has_blank, lines)))
        if found:
            self._summaries[normalizer] = found

    def summary(self, normalizer: Normalizer) -> Summary:
        """Return what is known of its lines; found once, for it is asked for again and again."""
        if self._summaries is None or normalizer not in self._summaries:
            for _ in self.summarized(normalizer):
                pass
        assert self._summaries is not None
        return self._summaries[normalizer]

    @property
    def _tail(self) -> bytes:
        return f" <{self.name}> .\n".encode()


@dataclass(frozen=True)
class Difference:
    """In what a graph that came back differs from the one that was sent.

    Attributes:
        missing: triples that did not come back.
        extra: triples that were not sent.
        rewritten: triples that came back with another literal of the same normal form.
        examples: some of each, as ``- line``, ``+ line`` and ``~ line -> line``.
    """

    missing: int = 0
    extra: int = 0
    rewritten: int = 0
    examples: tuple[str, ...] = ()

    @property
    def drift(self) -> bool:
        """Whether anything differs that the normalizer does not cover."""
        return bool(self.missing or self.extra)


def compare(graph: Graph, received: Iterable[bytes], normalizer: Normalizer) -> Difference:
    """Compare a graph with the N-Triples a store gives of it, in bounded memory.

    Lines that a store has rewritten are held, and are expected to be few; the rest is summed.
    """
    ours = graph.summary(normalizer)
    with tempfile.SpooledTemporaryFile(_IN_MEMORY) as spool:
        if _as_written(_kept(received, spool)) == ours.as_written:
            return Difference()
        theirs = Summary()
        for lines in _canonical(_blocks(spool)):
            theirs.add(lines, normalizer)
        same = (ours.count, ours.total) == (theirs.count, theirs.total)
        if same and not ours.blank:
            return _rewritten(ours, theirs)
        return _differences(graph, spool, normalizer)


def normalized(line: bytes, normalizer: Normalizer) -> bytes:
    """Return a canonical line, without its end, with its object in normal form."""
    # No name holds a quotation mark, so the first one begins the object.
    at = line.find(b'"')
    if at < 0:
        return line
    term = line[at:-2]
    normal = normalizer(term)
    return line if normal == term else b"%s%s ." % (line[:at], normal)


def _rewritten(ours: Summary, theirs: Summary) -> Difference:
    pairs = [
        (ours.rewritten.get(normal, normal), theirs.rewritten.get(normal, normal))
        for normal in sorted(ours.rewritten.keys() | theirs.rewritten.keys())
    ]
    changed = [(sent, came) for sent, came in pairs if sent != came]
    examples = tuple(f"~ {_shown(a)} -> {_shown(b)}" for a, b in changed[:EXAMPLES])
    return Difference(rewritten=len(changed), examples=examples)


def _differences(graph: Graph, spool: IO[bytes], normalizer: Normalizer) -> Difference:
    """Return what differs, looking at a part of the lines at a time, told apart by their hash."""
    spool.seek(0, 2)
    blank = graph.summary(normalizer).blank
    parts = 1 if blank else 1 + max(spool.tell(), graph.size) // _AT_ONCE
    missing = extra = rewritten = 0
    examples: list[str] = []
    for part in range(parts):
        sent: dict[bytes, bytes] = {}
        for block in graph.triples():
            _collect(_split(block), normalizer, part, parts, sent)
        came: dict[bytes, bytes] = {}
        for lines in _canonical(_blocks(spool), parse=True):
            _collect(lines, normalizer, part, parts, came)
        if blank:
            sent, came = _relabelled(sent), _relabelled(came)
        gone, new = sent.keys() - came.keys(), came.keys() - sent.keys()
        changed = [key for key in sent.keys() & came.keys() if sent[key] != came[key]]
        missing, extra = missing + len(gone), extra + len(new)
        rewritten += len(changed)
        for sign, keys, lines_of in (("-", gone, sent), ("+", new, came)):
            examples += [f"{sign} {_shown(lines_of[key])}" for key in sorted(keys)[:EXAMPLES]]
        for key in sorted(changed)[:EXAMPLES]:
            examples.append(f"~ {_shown(sent[key])} -> {_shown(came[key])}")
    return Difference(missing, extra, rewritten, tuple(examples[: 3 * EXAMPLES]))


def _collect(
    lines: list[bytes], normalizer: Normalizer, part: int, parts: int, into: dict[bytes, bytes]
) -> None:
    for line in lines:
        normal = normalized(line, normalizer)
        if hash(normal) % parts == part:
            into.setdefault(normal, line)


def _relabelled(lines: dict[bytes, bytes]) -> dict[bytes, bytes]:
    """Return lines with blank nodes named by RDFC-1.0, which names equal graphs equally."""
    dataset = ox.Dataset(
        ox.Quad(triple.subject, triple.predicate, triple.object)
        for triple in ox.parse(b"\n".join(lines), format=ox.RdfFormat.N_TRIPLES)
    )
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return {line: line for line in (f"{quad.triple} .".encode() for quad in dataset)}


def _tag(line: bytes) -> bytes:
    return line[line.rfind(b'"@') + 2 : -2]


def _has_blank(line: bytes) -> bool:
    return line.startswith(b"_:") or b"> _:" in line


def _kept(blocks: Iterable[bytes], spool: IO[bytes]) -> Iterator[bytes]:
    for block in blocks:
        spool.write(block)
        yield block


def _blocks(spool: IO[bytes]) -> Iterator[bytes]:
    spool.seek(0)
    return iter(lambda: spool.read(_BLOCK), b"")


def _as_written(blocks: Iterable[bytes]) -> tuple[int, int]:
    """Return how many lines there are and the sum of their hashes, as in `Summary`."""
    count = total = 0
    for text in _whole_lines(blocks):
        lines = _split(text)
        count += len(lines)
        total += sum(map(hash, lines))
    return count, total


def _whole_lines(blocks: Iterable[bytes]) -> Iterator[bytes]:
    """Yield blocks that end where a line does."""
    rest = b""
    for block in blocks:
        whole, newline, rest = (rest + block).rpartition(b"\n")
        if newline:
            yield whole
    if rest.strip():
        yield rest


def _canonical(blocks: Iterable[bytes], *, parse: bool = False) -> Iterator[list[bytes]]:
    """Yield the lines of N-Triples as the canonical form writes them, some at a time.

    What looks as if it were written that way, as Oxigraph does, is spared the parser unless
    `parse` is said; what no parser takes stays as it is, and differs from all that was sent.
    """
    for text in _whole_lines(blocks):
        yield _canonical_lines(text, parse=parse)


def _canonical_lines(text: bytes, *, parse: bool) -> list[bytes]:
    if not parse and b"\t" in text:
        # As Virtuoso parts terms. With a tab in a literal there is one more, and it is parsed.
        if text.count(b">\t") == 2 * (text.count(b"\n") + 1):
            text = text.replace(b">\t", b"> ")
        parse = b"\t" in text
    if parse:
        return _parsed(text)
    lines = _split(text)
    if b"\\u" in text or b"\\U" in text:
        escaped = [line for line in lines if b"\\u" in line or b"\\U" in line]
        lines = [line for line in lines if b"\\u" not in line and b"\\U" not in line]
        lines += _parsed(b"\n".join(escaped))
    return lines


def _parsed(text: bytes) -> list[bytes]:
    with contextlib.suppress(SyntaxError, ValueError):
        return [f"{triple} .".encode() for triple in ox.parse(text, format=ox.RdfFormat.N_TRIPLES)]
    return _split(text)


def _split(text: bytes) -> list[bytes]:
    lines = text.split(b"\n")
    if not lines[-1]:
        lines.pop()
    return [line for line in lines if line] if b"\n\n" in text else lines


def _shown(line: bytes, width: int = 240) -> str:
    text = line.decode("utf-8", "replace")
    return text if len(text) <= width else f"{text[: width - 1]}…"
