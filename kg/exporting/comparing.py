"""Whether a graph came back as it was sent, and where it differs, in what.

Lines are compared as they are written, and in their normal form only where that is not enough.
"""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import IO

import pyoxigraph as ox

from kg.exporting.graphs import BLOCK, Graph, Summary, normalized, split_lines
from kg.exporting.literals import Normalizer

EXAMPLES = 5
_IN_MEMORY = 8 << 20
_AT_ONCE = 16 << 20


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

    Lines that a store has rewritten are held where they are few; the rest is summed.
    """
    with tempfile.SpooledTemporaryFile(_IN_MEMORY) as spool:
        if _as_written(_kept(received, spool)) == graph.written[:2]:
            return Difference()
        if not graph.written.blank:
            theirs = Summary.of(_canonical(_blocks(spool)), normalizer)
            ours = Summary() if theirs.too_many else Summary.of(graph.lines(), normalizer)
            same = (ours.count, ours.total) == (theirs.count, theirs.total)
            if same and not ours.too_many:
                return _rewritten(ours, theirs)
        return _differences(graph, spool, normalizer)


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
    blank = graph.written.blank
    parts = 1 if blank else 1 + max(spool.tell(), graph.size) // _AT_ONCE
    missing = extra = rewritten = 0
    examples: list[str] = []
    for part in range(parts):
        sent: dict[bytes, bytes] = {}
        for block in graph.triples():
            _collect(split_lines(block), normalizer, part, parts, sent)
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
    """Return lines with blank nodes named by RDFC-1.0, which names equal graphs equally.

    What is no N-Triples has no other names.
    """
    try:
        triples = list(ox.parse(b"\n".join(lines), format=ox.RdfFormat.N_TRIPLES))
    except SyntaxError:
        return lines
    dataset = ox.Dataset(
        ox.Quad(triple.subject, triple.predicate, triple.object) for triple in triples
    )
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return {line: line for line in (f"{quad.triple} .".encode() for quad in dataset)}


def _kept(blocks: Iterable[bytes], spool: IO[bytes]) -> Iterator[bytes]:
    for block in blocks:
        spool.write(block)
        yield block


def _blocks(spool: IO[bytes]) -> Iterator[bytes]:
    spool.seek(0)
    return iter(lambda: spool.read(BLOCK), b"")


def _as_written(blocks: Iterable[bytes]) -> tuple[int, int]:
    """Return how many lines there are and the sum of their hashes, as in `Written`."""
    count = total = 0
    for text in _whole_lines(blocks):
        lines = split_lines(text)
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
    lines = split_lines(text)
    if b"\\u" in text or b"\\U" in text:
        escaped = [line for line in lines if b"\\u" in line or b"\\U" in line]
        lines = [line for line in lines if b"\\u" not in line and b"\\U" not in line]
        lines += _parsed(b"\n".join(escaped))
    return lines


def _parsed(text: bytes) -> list[bytes]:
    with contextlib.suppress(SyntaxError, ValueError):
        return [f"{triple} .".encode() for triple in ox.parse(text, format=ox.RdfFormat.N_TRIPLES)]
    return split_lines(text)


def _shown(line: bytes, width: int = 240) -> str:
    text = line.decode("utf-8", "replace")
    return text if len(text) <= width else f"{text[: width - 1]}…"
