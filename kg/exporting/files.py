"""Export to RDF files, byte for byte the same for the same content.

The source is the canonical N-Quads of each graph, not the store, which rewrites some literals.
"""

from __future__ import annotations

import gzip
import heapq
import io
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import pyoxigraph as ox

from kg.errors import CallError, EnvironmentFault

FORMATS: dict[str, ox.RdfFormat] = {
    "nq": ox.RdfFormat.N_QUADS,
    "trig": ox.RdfFormat.TRIG,
    "jsonld": ox.RdfFormat.JSON_LD,
    "nt": ox.RdfFormat.N_TRIPLES,
    "ttl": ox.RdfFormat.TURTLE,
    "rdf": ox.RdfFormat.RDF_XML,
}
KEEPS_GRAPHS = frozenset(("nq", "trig", "jsonld"))


@dataclass(frozen=True)
class Target:
    """Where an export goes: a file or, for None, standard output; its format and packing."""

    file: Path | None
    form: str
    gzipped: bool

    @property
    def merges(self) -> bool:
        """Whether the format knows no graphs, so that they are merged into one."""
        return self.form not in KEEPS_GRAPHS


def target(name: str, form: str | None) -> Target:
    """Read a file name such as ``out.ttl.gz``, or ``-``; `form` wins over the ending.

    Raises:
        CallError: no such format, or none can be told from the name.
    """
    path = Path(name)
    gzipped = path.suffix == ".gz"
    ending = (path.with_suffix("") if gzipped else path).suffix.removeprefix(".")
    chosen = form or ("nq" if name == "-" else ending)
    if chosen not in FORMATS:
        known = ", ".join(FORMATS)
        raise CallError(f"There is no export format '{chosen}'; there are: {known} (and .gz)")
    return Target(None if name == "-" else path, chosen, gzipped)


def export(
    graphs: Sequence[Path], where: Target, prefixes: Mapping[str, str], stream: IO[bytes]
) -> None:
    """Write the graphs to `where`.

    A file is written aside and renamed, so that one that is there is whole.

    Args:
        graphs: canonical N-Quads files, in the order of their graph names.
        where: what to write, from `target`.
        prefixes: prefix to namespace, for the formats that have prefixes.
        stream: what to write to where `where` names no file.

    Raises:
        EnvironmentFault: the file cannot be written.
    """
    if where.file is None:
        with _packed(stream, where) as packed:
            _write(graphs, where, prefixes, packed)
        return
    try:
        # A link stays one, and what it leads to is replaced; a pipe is written to as it is.
        file = where.file.resolve()
        if file.exists() and not file.is_file():
            with file.open("wb") as pipe, _packed(pipe, where) as packed:
                _write(graphs, where, prefixes, packed)
        else:
            _write_whole(file, graphs, where, prefixes)
    except BrokenPipeError:
        raise
    except (OSError, RuntimeError) as error:
        reason = getattr(error, "strerror", None) or error
        raise EnvironmentFault(f"{where.file} cannot be written: {reason}") from error


def _write_whole(
    file: Path, graphs: Sequence[Path], where: Target, prefixes: Mapping[str, str]
) -> None:
    """Write aside and rename, so that a file under its name is always whole."""
    aside = file.with_name(f".{file.name}.{os.getpid()}.tmp")
    try:
        with aside.open("wb") as out:
            with _packed(out, where) as packed:
                _write(graphs, where, prefixes, packed)
            out.flush()
            os.fsync(out.fileno())
        aside.replace(file)
    finally:
        aside.unlink(missing_ok=True)


@contextmanager
def _packed(stream: IO[bytes], where: Target) -> Iterator[IO[bytes]]:
    if not where.gzipped:
        yield stream
        return
    # No name and no time in the header, or equal content would give other bytes.
    with gzip.GzipFile("", "wb", 6, stream, mtime=0) as packed:
        yield io.BufferedWriter(packed, 1 << 20)


def _write(
    graphs: Sequence[Path], where: Target, prefixes: Mapping[str, str], stream: IO[bytes]
) -> None:
    if where.form == "nq":
        for graph in graphs:
            with graph.open("rb") as source:
                while block := source.read(1 << 20):
                    stream.write(block)
    elif where.form == "nt":
        for line in _merged(graphs):
            stream.write(line)
    else:
        lines = _merged(graphs) if where.merges else _lines(graphs)
        form = ox.RdfFormat.N_TRIPLES if where.merges else ox.RdfFormat.N_QUADS
        parsed = ox.parse(_Lines(lines), format=form)  # type: ignore[arg-type]
        statements: Iterable[ox.Quad | ox.Triple] = parsed
        if where.merges:
            statements = (quad.triple for quad in parsed)
        ox.serialize(statements, stream, FORMATS[where.form], prefixes=dict(prefixes))  # type: ignore[arg-type]
    stream.flush()


def _lines(graphs: Iterable[Path]) -> Iterator[bytes]:
    for graph in graphs:
        with graph.open("rb") as source:
            yield from source


def _merged(graphs: Sequence[Path]) -> Iterator[bytes]:
    """Yield the triples of all graphs as N-Triples, sorted, each once."""
    last = b""
    for line in heapq.merge(*(_triples(graph) for graph in graphs)):
        if line != last:
            yield line
        last = line


def _triples(graph: Path) -> Iterator[bytes]:
    with graph.open("rb") as source:
        content = source.read()
    # The graph's name is the last term of every line, and the same on all lines of a file.
    lines = content.splitlines(keepends=True)
    tail = len(lines[0]) - lines[0].rindex(b" <") if lines else 0
    return iter([line[:-tail] + b" .\n" for line in lines])


class _Lines(io.RawIOBase):
    """Lines as a binary stream, for a parser that reads one."""

    def __init__(self, lines: Iterator[bytes]) -> None:
        self._lines = lines
        self._rest = b""

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        block = [self._rest]
        length = len(self._rest)
        for line in self._lines:
            block.append(line)
            length += len(line)
            if 0 <= size <= length:
                break
        whole = b"".join(block)
        self._rest = b"" if size < 0 else whole[size:]
        return whole if size < 0 else whole[:size]
