"""Export to files, byte for byte the same for the same content.

The source is the canonical N-Quads of each graph, not the store, which rewrites some literals.
"""

from __future__ import annotations

import contextlib
import fcntl
import gzip
import io
import os
import re
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import pyoxigraph as ox

from kg.errors import CallError, EnvironmentFault
from kg.exporting.describing import About, Description
from kg.exporting.graphs import Graph
from kg.exporting.merging import merged_triples
from kg.exporting.network import Network, csv_writers, write_graphml
from kg.exporting.xml_stream import XmlStream

FORMATS: dict[str, ox.RdfFormat] = {
    "nq": ox.RdfFormat.N_QUADS,
    "trig": ox.RdfFormat.TRIG,
    "jsonld": ox.RdfFormat.JSON_LD,
    "nt": ox.RdfFormat.N_TRIPLES,
    "ttl": ox.RdfFormat.TURTLE,
    "rdf": ox.RdfFormat.RDF_XML,
}
NETWORKS = ("graphml", "csv")
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
    if chosen not in (*FORMATS, *NETWORKS):
        known = ", ".join((*FORMATS, *NETWORKS))
        if not chosen:
            raise CallError(
                f"The name '{name}' tells no format; end it in one of: {known} (and .gz)"
            )
        raise CallError(f"There is no export format '{chosen}'; there are: {known} (and .gz)")
    if chosen == "csv" and name == "-":
        raise CallError("CSV is a folder with nodes.csv and edges.csv; give it a name")
    return Target(None if name == "-" else path, chosen, gzipped)


def export(
    graphs: Sequence[Path], where: Target, prefixes: Mapping[str, str], stream: IO[bytes]
) -> list[Path]:
    """Write the graphs to `where`, and return the files that were written.

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
        return []
    try:
        # A link stays one, and what it leads to is replaced; a pipe is written to as it is.
        file = where.file.resolve()
        if where.form == "csv":
            return _write_folder(file, Network(graphs, prefixes), where)
        if file.exists() and not file.is_file():
            with file.open("wb") as pipe, _packed(pipe, where) as packed:
                _write(graphs, where, prefixes, packed)
            return []

        def write(out: IO[bytes]) -> None:
            with _packed(out, where) as packed:
                _write(graphs, where, prefixes, packed)

        write_whole(file, write)
        return [file]
    except BrokenPipeError:
        raise
    except (OSError, RuntimeError) as error:
        reason = getattr(error, "strerror", None) or error
        raise EnvironmentFault(f"{where.file} cannot be written: {reason}") from error


def write_whole(file: Path, write: Callable[[IO[bytes]], object]) -> None:
    """Write aside and rename, so that a file under its name is always whole."""
    sweep(file, "tmp")
    aside = file.with_name(f".{file.name}.{os.getpid()}.tmp")
    try:
        with aside.open("wb") as out:
            fcntl.flock(out, fcntl.LOCK_SH)
            write(out)
            out.flush()
            os.fsync(out.fileno())
        aside.replace(file)
    finally:
        aside.unlink(missing_ok=True)


def sweep(file: Path, ending: str) -> None:
    """Delete what killed processes left aside of `file`.

    A process whose number is of nobody here may run in another container on the same folder, so it
    also has to be without the lock that each writer holds.
    """
    name = re.compile(rf"\.{re.escape(file.name)}\.(\d{{1,10}})\.{ending}")
    with contextlib.suppress(OSError):  # who may write into a folder may not always list it
        for left in list(file.parent.iterdir()):
            found = name.fullmatch(left.name)
            if found and not _runs(int(found[1])):
                _delete_unless_held(left)


def _delete_unless_held(left: Path) -> None:
    with contextlib.suppress(OSError):
        descriptor = os.open(left, os.O_RDONLY | os.O_NOFOLLOW)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(left) if left.is_dir() else left.unlink()
        finally:
            os.close(descriptor)


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        pass
    return True


def write_lines(file: Path, lines: Iterable[str]) -> None:
    """Write text aside and rename, without ever holding all of it."""
    write_whole(file, lambda out: out.writelines(line.encode() for line in lines))


def write_descriptions(
    where: Target, files: Sequence[Path], graphs: Sequence[Graph], about: About
) -> None:
    """Write ``NAME.manifest.json`` and ``NAME.void.ttl`` beside what `export` wrote.

    Raises:
        EnvironmentFault: they cannot be written.
    """
    if where.file is None or not files:
        return
    file = where.file.resolve()
    try:
        described = Description.of(about, graphs, files, file.parent)
        write_lines(file.with_name(f"{file.name}.manifest.json"), described.manifest())
        triples = described.quads
        if where.merges:
            triples = sum(1 for _ in merged_triples([graph.file for graph in graphs]))
        void = described.void(where.form, triples)
        write_lines(file.with_name(f"{file.name}.void.ttl"), void)
    except OSError as error:
        raise EnvironmentFault(f"{where.file} cannot be described: {error.strerror}") from error


def _write_folder(folder: Path, network: Network, where: Target) -> list[Path]:
    """Write the files of a folder aside and exchange the folder, so that they belong together.

    Raises:
        CallError: there is a folder that holds something else, or a file.
    """
    ending = ".gz" if where.gzipped else ""
    ours = {f"{name}{packed}" for name in ("nodes.csv", "edges.csv") for packed in ("", ".gz")}
    if folder.exists() and (
        not folder.is_dir() or not {file.name for file in folder.iterdir()} <= ours
    ):
        raise CallError(f"{where.file} holds something else; CSV takes a folder of its own")
    aside = folder.with_name(f".{folder.name}.{os.getpid()}.tmp")
    before = folder.with_name(f".{folder.name}.{os.getpid()}.old")
    sweep(folder, "tmp")
    aside.mkdir()
    held = os.open(aside, os.O_RDONLY)
    try:
        fcntl.flock(held, fcntl.LOCK_SH)
        for name, write in csv_writers(network).items():
            with (aside / f"{name}{ending}").open("wb") as out:
                with _packed(out, where) as packed:
                    write(packed)
                    packed.flush()
                out.flush()
                os.fsync(out.fileno())
        if folder.exists():
            folder.rename(before)
        aside.rename(folder)
        sweep(folder, "old")  # not before, for what was there last may be nowhere else
    finally:
        os.close(held)
        for left in (aside, before):
            shutil.rmtree(left, ignore_errors=True)
    return sorted(folder.iterdir())


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
        block = memoryview(bytearray(1 << 20))
        for graph in graphs:
            with graph.open("rb", buffering=0) as source:
                while size := source.readinto(block):
                    stream.write(block[:size])
    elif where.form == "nt":
        stream.writelines(merged_triples(graphs))
    elif where.form == "graphml":
        write_graphml(Network(graphs, prefixes), stream)
    else:
        lines = merged_triples(graphs) if where.merges else _lines(graphs)
        form = ox.RdfFormat.N_TRIPLES if where.merges else ox.RdfFormat.N_QUADS
        parsed = ox.parse(_Lines(lines), format=form)  # type: ignore[arg-type]
        statements: Iterable[ox.Quad | ox.Triple] = parsed
        if where.merges:
            statements = (quad.triple for quad in parsed)
        out = XmlStream(stream) if where.form == "rdf" else stream
        ox.serialize(statements, out, FORMATS[where.form], prefixes=dict(prefixes))  # type: ignore[arg-type]
    stream.flush()


def _lines(graphs: Iterable[Path]) -> Iterator[bytes]:
    for graph in graphs:
        with graph.open("rb") as source:
            yield from source


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
