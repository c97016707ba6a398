"""Parts for a store's own bulk loader, with the file that steers it; goes on where it was stopped.

A part is a run of whole graphs, or of lines of a large one, in the order of the export, gzipped,
never much above the size asked for. The plan follows from the content alone, so a part that is
there with the digest of its journal is not written again. The loader's file is written last: a
folder that has none is not whole.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import IO, NamedTuple

import pyoxigraph as ox

from kg.errors import CallError, EnvironmentFault
from kg.exporting.describing import About, Description, sha256
from kg.exporting.files import write_lines, write_whole
from kg.exporting.graphs import Graph

LOADERS = {"qlever": "Qleverfile", "neptune": "load.json", "virtuoso": "load.sql"}
PART_BYTES = 256 << 20
_BLOCK = 1 << 20
Progress = Callable[[str, int, int], None]


class Slice(NamedTuple):
    """Bytes of a graph's file, of whole lines."""

    graph: Graph
    start: int
    end: int


def plan_parts(graphs: Sequence[Graph], size: int) -> Iterator[list[Slice]]:
    """Yield what goes into each part of at most `size` bytes and the rest of a line."""
    part: list[Slice] = []
    room = size
    for graph in graphs:
        start = 0
        while start < graph.size:
            end = _line_end(graph.file, min(start + room, graph.size))
            part.append(Slice(graph, start, end))
            room -= end - start
            start = end
            if room <= 0:
                yield part
                part, room = [], size
    if part:
        yield part


def export_bulk(
    graphs: Sequence[Graph],
    folder: Path,
    loader: str,
    about: About,
    size: int = PART_BYTES,
    progress: Progress = lambda *_: None,
) -> list[Path]:
    """Write parts, ``manifest.json``, ``void.ttl`` and the loader's file into `folder`.

    Args:
        graphs: what to write, in the order of their names.
        folder: a new or empty one, or one in which this was begun before.
        loader: one of `LOADERS`.
        about: what is said of the whole.
        size: bytes of a part before it is packed.
        progress: told the stage, how many parts are done, and of how many.

    Returns:
        The parts.

    Raises:
        CallError: no such loader, or the folder holds something else.
        EnvironmentFault: the folder cannot be written.
    """
    if loader not in LOADERS:
        raise CallError(f"There is no loader '{loader}'; there are: {', '.join(LOADERS)}")
    try:
        return _export(graphs, folder, loader, about, size, progress)
    except OSError as error:
        raise EnvironmentFault(f"{folder} cannot be written: {error.strerror}") from error


def _export(
    graphs: Sequence[Graph],
    folder: Path,
    loader: str,
    about: About,
    size: int,
    progress: Progress,
) -> list[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    killed = list(folder.glob(".*.tmp"))  # of `write_whole`; they may be large
    if set(folder.iterdir()) - set(killed) and not (folder / "parts.json").exists():
        raise CallError(f"{folder} holds something else; give an empty folder or a new one")
    # Whatever the loader: an older file that steers one would make half a folder look whole.
    for name in (*LOADERS.values(), "manifest.json", "void.ttl"):
        (folder / name).unlink(missing_ok=True)
    for left in killed:
        left.unlink(missing_ok=True)
    journal = folder / "parts.json"
    known: dict[str, list[str]] = _read_journal(journal)
    write_whole(journal, lambda out: out.write(json.dumps(known, indent=1).encode()))
    parts: list[Path] = []
    planned = list(plan_parts(graphs, size))
    for number, slices in enumerate(planned):
        progress("packing", number, len(planned))
        file = folder / f"part-{number:05}.nq.gz"
        of = hashlib.sha256(
            "".join(f"{each.graph.digest} {each.start} {each.end}\n" for each in slices).encode()
        ).hexdigest()
        if not (file.exists() and known.get(file.name) == [of, sha256(file)]):
            write_whole(file, lambda out, slices=slices: _pack(slices, out))  # type: ignore[misc]
            known[file.name] = [of, sha256(file)]
            write_whole(journal, lambda out: out.write(json.dumps(known, indent=1).encode()))
        parts.append(file)
    for stale in folder.glob("part-*.nq.gz"):
        if stale not in parts:
            stale.unlink()
    described = Description.of(about, graphs, parts, folder)
    write_lines(folder / "manifest.json", described.manifest())
    write_lines(folder / "void.ttl", described.void("nq", described.quads))
    write_lines(folder / LOADERS[loader], _control(loader, folder, about, graphs))
    return parts


def _control(loader: str, folder: Path, about: About, graphs: Sequence[Graph]) -> Iterator[str]:
    """Yield the lines of the file that steers a loader."""
    if loader == "virtuoso":
        return _virtuoso(str(folder.resolve()), about, graphs)
    return iter((_qleverfile(about) if loader == "qlever" else _neptune(about),))


def _virtuoso(folder: str, about: About, graphs: Sequence[Graph]) -> Iterator[str]:
    quoted = folder.replace("'", "''")
    yield (
        "-- isql-vt PORT USER PASSWORD load.sql; DirsAllowed must name this folder.\n"
        "-- The graphs of these parts are replaced; others are not touched.\n"
    )
    yield from (f"SPARQL CLEAR GRAPH {ox.NamedNode(graph.name)};\n" for graph in graphs)
    # It passes over files that it has in its list, also if they have changed since.
    yield f"DELETE FROM DB.DBA.LOAD_LIST WHERE starts_with (ll_file, '{quoted}/');\n"  # noqa: S608
    yield (
        f"ld_dir ('{quoted}', 'part-*.nq.gz', '{about.base}graph');\n"
        "rdf_loader_run ();\n"
        "checkpoint;\n"
        "SELECT ll_file, ll_error FROM DB.DBA.LOAD_LIST WHERE ll_error IS NOT NULL;\n"
    )


def _qleverfile(about: About) -> str:
    return (
        "# qlever index; written by the contract of qlever-control, not tried on one.\n"
        "[data]\n"
        "NAME = communique\n"
        f"DESCRIPTION = {about.name}\n"
        "FORMAT = nq\n"
        "[index]\n"
        "INPUT_FILES = part-*.nq.gz\n"
        "CAT_INPUT_FILES = zcat ${INPUT_FILES}\n"
        'SETTINGS_JSON = {"ascii-prefixes-only": false, "num-triples-per-batch": 1000000}\n'
        "[server]\n"
        "PORT = 7019\n"
        "[runtime]\n"
        "SYSTEM = native\n"
    )


def _neptune(about: About) -> str:
    request = {
        "source": "s3://BUCKET/PREFIX/part-",
        "format": "nquads",
        "iamRoleArn": "arn:aws:iam::ACCOUNT:role/ROLE",
        "region": "REGION",
        "mode": "AUTO",
        "failOnError": "TRUE",
        "parallelism": "MEDIUM",
        "parserConfiguration": {"baseUri": about.base, "namedGraphUri": f"{about.base}graph"},
        "queueRequest": "TRUE",
    }
    return f"{json.dumps(request, indent=2)}\n"


def _pack(slices: Sequence[Slice], out: IO[bytes]) -> None:
    # No name and no time in the header, or equal content would give other bytes.
    with gzip.GzipFile("", "wb", 6, out, mtime=0) as packed:
        for each in slices:
            with each.graph.file.open("rb") as source:
                source.seek(each.start)
                left = each.end - each.start
                while left and (block := source.read(min(left, _BLOCK))):
                    packed.write(block)
                    left -= len(block)


def _line_end(file: Path, at: int) -> int:
    """Return the end of the line that holds the byte before `at`."""
    with file.open("rb") as source:
        source.seek(at - 1)
        source.readline()
        return source.tell()


def _read_journal(file: Path) -> dict[str, list[str]]:
    try:
        return dict(json.loads(file.read_text(encoding="utf-8")))
    except (FileNotFoundError, ValueError):
        return {}
