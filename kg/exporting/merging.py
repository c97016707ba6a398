"""Sorted lines of many files and sets, merged with each line once, in bounded memory."""

from __future__ import annotations

import heapq
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import IO

_OPEN_AT_ONCE = 128
_HELD_AT_ONCE = 200_000


def merged_triples(graphs: Sequence[Path]) -> Iterator[bytes]:
    """Yield the triples of canonical N-Quads files as N-Triples, sorted, each once."""
    with ExitStack() as hold:
        sources: list[Iterator[bytes]] = [_triples(graph) for graph in graphs]
        while len(sources) > _OPEN_AT_ONCE:
            groups = [
                sources[at : at + _OPEN_AT_ONCE] for at in range(0, len(sources), _OPEN_AT_ONCE)
            ]
            sources = [iter(_spilled(_once(heapq.merge(*group)), hold)) for group in groups]
        yield from _once(heapq.merge(*sources))


class SortedSet:
    """Lines without their ends, in any order and any number; they come back sorted, each once."""

    def __init__(self) -> None:
        """Begin empty."""
        self._held: set[bytes] = set()
        self._hold = ExitStack()
        self._runs: list[IO[bytes]] = []

    def add(self, line: bytes) -> None:
        """Add a line."""
        self._held.add(line)
        if len(self._held) >= _HELD_AT_ONCE:
            self._runs.append(_spilled((line + b"\n" for line in sorted(self._held)), self._hold))
            self._held = set()

    def __iter__(self) -> Iterator[bytes]:
        """Yield the lines; only once, for what lies on disk is then gone."""
        with self._hold:
            held = (line + b"\n" for line in sorted(self._held))
            for line in _once(heapq.merge(held, *self._runs)):
                yield line[:-1]


def _triples(graph: Path) -> Iterator[bytes]:
    with graph.open("rb") as source:
        for line in source:
            # The graph's name is the last term of every line.
            yield line[: line.rindex(b" <")] + b" .\n"


def _once(lines: Iterable[bytes]) -> Iterator[bytes]:
    last = b""
    for line in lines:
        if line != last:
            yield line
        last = line


def _spilled(lines: Iterable[bytes], hold: ExitStack) -> IO[bytes]:
    spool: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115
    hold.callback(spool.close)
    spool.writelines(lines)
    spool.seek(0)
    return spool
