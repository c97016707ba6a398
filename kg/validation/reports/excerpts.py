"""One line of a file with a mark under the column that a finding is about."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import IO, NamedTuple

from kg.records.document import MAX_BYTES
from kg.visible import visible

# As records are read; bytes that are no text are shown.
_ENCODING, _ERRORS = "utf-8-sig", "backslashreplace"
_PACKED = ".gz"
_TAB = "→   "
_CUT = "…"


class Excerpt(NamedTuple):
    """What is shown of a line, and how many cells stand before the mark."""

    shown: str
    before: int


def find_line(file: str, number: int, start: Path, given: Mapping[str, bytes]) -> str | None:
    """Return a line of a file, unpacked if it is gzipped; None where it cannot be read again.

    Args:
        file: its name in a finding.
        number: of the line, from 1.
        start: the folder to which the name is relative.
        given: contents that stand for those of files.
    """
    path = start / file
    try:
        if file not in given and not path.is_file():  # a pipe would be waited for
            return None
        with io.BytesIO(given[file]) if file in given else path.open("rb") as raw:
            packed = path.suffix.lower() == _PACKED
            content = gzip.GzipFile(fileobj=raw) if packed else raw
            with io.TextIOWrapper(content, _ENCODING, _ERRORS) as stream:
                return _line(stream, number)
    except (OSError, EOFError, ValueError, zlib.error):
        return None


def _line(stream: IO[str], number: int) -> str | None:
    """Count lines as YAML does; of a line without end only the beginning is held in memory."""
    for piece in iter(lambda: stream.readline(MAX_BYTES), ""):
        if number == 1:
            return piece.removesuffix("\n")
        number -= piece.endswith("\n")
    return None


def excerpt(line: str, column: int, width: int) -> Excerpt | None:
    """Return what is shown of `line` in at most `width` cells around `column`, from 1.

    Wide characters take two cells, combining ones none; tabs, control and bidirectional
    characters are made visible. None where the line does not reach that far.
    """
    at = column - 1
    if at > len(line):
        return None
    # No more characters than cells are looked at on either side, however long the line is.
    first, last = max(0, at - width), min(len(line), at + width)
    cells = [_shown(char) for char in line[first:last]]
    widths = [_width(cell) for cell in cells]
    begin, end = _window(widths, at - first, width - 2 * len(_CUT))
    before_cut = _CUT if first + begin > 0 else ""
    after_cut = _CUT if first + end < len(line) else ""
    shown = before_cut + "".join(cells[begin:end]) + after_cut
    return Excerpt(shown, len(before_cut) + sum(widths[begin : at - first]))


def _window(widths: list[int], at: int, width: int) -> tuple[int, int]:
    """Return from where to where to show so that `at` has as much before it as after it."""
    if sum(widths) <= width:
        return 0, len(widths)
    begin = end = at
    room = width
    while begin > 0 and room - widths[begin - 1] >= width // 2:
        begin -= 1
        room -= widths[begin]
    while end < len(widths) and room >= widths[end]:
        room -= widths[end]
        end += 1
    while begin > 0 and room >= widths[begin - 1]:
        begin -= 1
        room -= widths[begin]
    return begin, end


def _shown(char: str) -> str:
    return _TAB if char == "\t" else visible(char)


def _width(cell: str) -> int:
    if cell.isascii():
        return len(cell)
    from rich.cells import get_character_cell_size

    return sum(map(get_character_cell_size, cell))
