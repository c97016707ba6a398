"""Which files a path stands for: records, and RDF in the formats of the contract."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kg.errors import CallError
from kg.records.reader import RECORD_SUFFIXES
from kg.validation.rdf import RDF_SUFFIXES, rdf_suffix

# The name of a record that came without one.
STANDARD_INPUT = Path("<stdin>")


def find_sources(paths: Sequence[Path], *, records_only: bool = False) -> list[Path]:
    """Return the files to judge, each once, folders searched, hidden ones left out.

    Raises:
        CallError: a file is of a kind that cannot be judged.
    """
    known = RECORD_SUFFIXES if records_only else RECORD_SUFFIXES + RDF_SUFFIXES

    def is_known(path: Path) -> bool:
        return path.suffix in RECORD_SUFFIXES or bool(not records_only and rdf_suffix(path))

    found: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            for file in sorted(path.rglob("*")):
                hidden = any(part.startswith(".") for part in file.relative_to(path).parts)
                if is_known(file) and file.is_file() and not hidden:
                    found[file] = None
        elif is_known(path) or path == STANDARD_INPUT:
            _refuse_pipe(path)
            found[path] = None
        else:
            raise CallError(f"{path} is neither a record nor RDF; those end in {', '.join(known)}")
    return list(found)


def _refuse_pipe(path: Path) -> None:
    """Refuse what is no file on disk: a pipe without a writer would be waited for without end."""
    if path.exists() and not path.is_file():
        raise CallError(f"{path} is a pipe or a device; give what it holds as '-', standard input")
