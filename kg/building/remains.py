"""Where a workspace still speaks of a person who was taken out of what is ours to change."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from kg.records.document import MAX_BYTES, Problem
from kg.records.spellings import Spellings
from kg.validation.rdf import unpack

# The store is built anew, and what git keeps is told once for all of it.
_NOT_SEARCHED = frozenset((".kg", ".git"))


class Place(NamedTuple):
    """A line of a file, from 1, and a word that stands there; the file's own name has no line."""

    file: Path
    line: int | None = None
    word: str = ""


class Redaction(NamedTuple):
    """What became of taking a person out.

    Attributes:
        changed: the files that were changed.
        left: where a name or the id still stands.
        near: where a word stands that begins as a name does.
        unread: files that could not be searched.
    """

    changed: tuple[Path, ...]
    left: tuple[Place, ...] = ()
    near: tuple[Place, ...] = ()
    unread: tuple[Path, ...] = ()


def remains(
    root: Path, who: Spellings
) -> tuple[tuple[Place, ...], tuple[Place, ...], tuple[Path, ...]]:
    """Return where the files of a workspace still speak of a person, nearly do, or may do."""
    left: list[Place] = []
    near: list[Place] = []
    unread: list[Path] = []
    for file in _files(root):
        name = str(file.relative_to(root))
        if who.first_in(name):
            left.append(Place(file))
        near += (Place(file, None, word) for _, word in who.lines_near(name))
        text = _text(file)
        if text is None:
            unread.append(file)
        else:
            left += (Place(file, line) for line in who.lines_of(text))
            near += (Place(file, line, word) for line, word in who.lines_near(text))
    return tuple(left), tuple(near), tuple(unread)


def _files(root: Path) -> Iterator[Path]:
    for folder, inner, files in os.walk(root):
        inner[:] = sorted(set(inner) - _NOT_SEARCHED)
        for name in sorted(files):
            file = Path(folder, name)
            if file.is_file():
                yield file


def _text(file: Path) -> str | None:
    """Return what a file says, unpacked; None where it is no text, or too much of it."""
    try:
        stored = file.read_bytes()
        content = unpack(stored) if file.suffix.lower() == ".gz" else stored
        if isinstance(content, Problem) or len(content) > MAX_BYTES:
            return None
        return content.decode("utf-8")
    except (OSError, UnicodeDecodeError):
        return None
