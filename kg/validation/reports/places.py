"""Where a file lies for a program that knows the whole repository, not the current folder."""

from __future__ import annotations

from functools import cache
from os.path import normpath
from pathlib import Path
from urllib.parse import quote

from kg.validation.reports import Run
from kg.validation.sources import STANDARD_INPUT


@cache
def repository(start: Path) -> Path | None:
    """Return the nearest folder at or above `start` that git keeps, None where there is none."""
    return next((each for each in (start, *start.parents) if (each / ".git").exists()), None)


def in_repository(file: str, run: Run) -> str:
    """Return `file`, a name in a finding, as seen from the root of the repository.

    That is the one where the command runs; of a file outside it, the one the file lies in. A file
    in none keeps its absolute name, and standard input the one it has.
    """
    if file == str(STANDARD_INPUT):
        return file
    # Not resolved: a link is annotated where it lies.
    whole = Path(normpath(run.start / file))
    for root in (repository(run.start), repository(whole.parent), run.start):
        if root is not None and whole.is_relative_to(root):
            return whole.relative_to(root).as_posix()
    return whole.as_posix()


def as_uri(path: str) -> str:
    """Return a relative or absolute path as a URI reference, percent-encoded."""
    quoted = quote(path, errors="backslashreplace")
    return f"file://{quoted}" if path.startswith("/") else quoted
