"""Which files a path stands for: records, and RDF in the formats of the contract."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from kg.errors import CallError, EnvironmentFault
from kg.records.reader import RECORD_SUFFIXES
from kg.validation.rdf import RDF_SUFFIXES, rdf_suffix

# The name of a record that came without one.
STANDARD_INPUT = Path("<stdin>")


def find_sources(paths: Sequence[Path], *, records_only: bool = False) -> list[Path]:
    """Return the files to judge, each once, folders searched, hidden ones left out.

    Raises:
        CallError: a file is of a kind that cannot be judged.
        EnvironmentFault: a folder cannot be read, or holds under the name of a file what is none.
    """
    found: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            for file in _below(path, (path.resolve(),)):
                if is_source(file, records_only=records_only):
                    _refuse_none(file)
                    found[file] = None
        elif path == STANDARD_INPUT or is_source(path, records_only=records_only):
            _refuse_pipe(path)
            found[path] = None
        else:
            raise no_source(path, records_only=records_only)
    return list(found)


def is_source(path: Path, *, records_only: bool = False) -> bool:
    """Whether the name of a file says that it is a record, or RDF."""
    return path.suffix in RECORD_SUFFIXES or bool(not records_only and rdf_suffix(path))


def no_source(path: Path, *, records_only: bool = False) -> CallError:
    """Return what to raise where the name of a file says that it is none."""
    known = RECORD_SUFFIXES if records_only else RECORD_SUFFIXES + RDF_SUFFIXES
    return CallError(f"{path} is neither a record nor RDF; those end in {', '.join(known)}")


def _below(folder: Path, around: tuple[Path, ...]) -> Iterator[Path]:
    """Yield what lies below a folder; links are followed, but not back to a folder around."""
    try:
        inside = sorted(folder.iterdir())
    except OSError as error:
        raise EnvironmentFault(f"{folder} cannot be read: {error.strerror}") from error
    for path in inside:
        if path.name.startswith("."):
            continue
        if not path.is_dir():
            yield path
        elif (real := path.resolve()) not in around:
            yield from _below(path, (*around, real))


def _refuse_none(path: Path) -> None:
    """Refuse what was meant to be judged and cannot be, so that nobody takes it for judged."""
    if not path.is_file():
        what = "a pipe or a device" if path.exists() else "a link that leads nowhere"
        raise EnvironmentFault(f"{path} is {what}, and no record; mend it or take it away")


def _refuse_pipe(path: Path) -> None:
    """Refuse what is no file on disk: a pipe without a writer would be waited for without end."""
    if path.exists() and not path.is_file():
        raise CallError(f"{path} is a pipe or a device; give what it holds as '-', standard input")
