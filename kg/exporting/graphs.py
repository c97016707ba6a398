"""A graph to export or to push: its lines, and what is known of them: count and digest.

The digest of a graph is the sum of its lines' hashes, so that lines may come in any order and none
has to be kept. Python's hash of bytes is keyed anew in each process: it guards against accidents.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from kg.exporting.literals import Normalizer

BLOCK = 1 << 20
MOST_REWRITTEN = 50_000


class Written(NamedTuple):
    """What is known of a graph's lines as they are written.

    Attributes:
        lines: how many there are.
        total: the sum of their hashes.
        blank: whether there are blank nodes.
    """

    lines: int = 0
    total: int = 0
    blank: bool = False


@dataclass
class Summary:
    """What is known of a graph's lines under a normalizer.

    Attributes:
        count: how many there are.
        total: sum of the hashes of their normal forms.
        rewritten: normal form to line, where they differ.
        too_many: whether more differ than are held; the rest was not looked at then.
    """

    count: int = 0
    total: int = 0
    rewritten: dict[bytes, bytes] = field(default_factory=dict)
    too_many: bool = False

    @classmethod
    def of(cls, blocks: Iterable[list[bytes]], normalizer: Normalizer) -> Summary:
        """Return what is known of lines, without their ends, each of which is another triple."""
        found = cls()
        for lines in blocks:
            found._add(lines, normalizer)
            if found.too_many:
                break
        return found

    def _add(self, lines: list[bytes], normalizer: Normalizer) -> None:
        self.count += len(lines)
        self.total += sum(map(hash, lines))
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
        self.too_many = len(self.rewritten) > MOST_REWRITTEN


class Graph:
    """A graph to send: a file of canonical N-Quads, all of one graph.

    There may be very many of them at once, so each is kept small.
    """

    __slots__ = ("_count", "_file", "_written", "digest", "name")

    def __init__(self, name: str, digest: str, file: Path) -> None:
        """Take the graph's IRI, and the file with its SHA-256."""
        self.name = name
        self.digest = digest
        self._file = str(file)
        self._count: int | None = None
        self._written: Written | None = None

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
            _has_blank(line)
            for block in self.quads()
            if b"_:" in block
            for line in split_lines(block)
        )

    def quads(self) -> Iterator[bytes]:
        """Yield its N-Quads in blocks of whole lines."""
        with self.file.open("rb") as source:
            while block := source.read(BLOCK):
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

    def sent(self) -> Iterator[bytes]:
        """Yield its N-Triples, and find out how it is written on the way if it is not known yet.

        Whoever sends them waits for the store most of the time; so it costs next to nothing.
        """
        if self._written:
            yield from self.triples()
            return
        count, total, blank = Written()
        for block in self.triples():
            yield block
            lines = split_lines(block)
            count, total = count + len(lines), total + sum(map(hash, lines))
            blank = blank or (b"_:" in block and any(map(_has_blank, lines)))
        self._written = Written(count, total, blank)

    @property
    def written(self) -> Written:
        """What is known of its lines; found once, for it is asked for again and again."""
        if self._written is None:
            for _ in self.sent():
                pass
        assert self._written is not None
        return self._written

    def lines(self) -> Iterator[list[bytes]]:
        """Yield the lines of its N-Triples in blocks, without their ends."""
        return map(split_lines, self.triples())

    @property
    def _tail(self) -> bytes:
        return f" <{self.name}> .\n".encode()


def normalized(line: bytes, normalizer: Normalizer) -> bytes:
    """Return a canonical line, without its end, with its object in normal form."""
    # No name holds a quotation mark, so the first one begins the object.
    at = line.find(b'"')
    if at < 0:
        return line
    term = line[at:-2]
    normal = normalizer(term)
    return line if normal == term else b"%s%s ." % (line[:at], normal)


def split_lines(text: bytes) -> list[bytes]:
    """Return the lines of N-Triples or N-Quads without their ends; empty ones are none."""
    lines = text.split(b"\n")
    if not lines[-1]:
        lines.pop()
    return [line for line in lines if line] if b"\n\n" in text else lines


def _tag(line: bytes) -> bytes:
    return line[line.rfind(b'"@') + 2 : -2]


def _has_blank(line: bytes) -> bool:
    return line.startswith(b"_:") or b"> _:" in line
