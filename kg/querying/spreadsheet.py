"""CSV for spreadsheet programs: what they would take for a formula is made text."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import IO

import pyoxigraph as ox

# What begins a formula in one program or another (OWASP, CSV injection).
_BEGINS = ("=", "+", "-", "@", "\t", "\r", "\n")
_NUMBER = frozenset("0123456789.")


def write_spreadsheet(solutions: ox.QuerySolutions, stream: IO[bytes]) -> None:
    """Write `solutions` as CSV with an apostrophe before what would be a formula, row by row.

    A negative number stays a number. Plain csv is exact and keeps every character as it is.
    """
    columns = [variable.value for variable in solutions.variables]
    _write(stream, columns)
    for solution in solutions:
        _write(stream, (_text(solution[name]) for name in columns))


def _write(stream: IO[bytes], cells: Iterable[str]) -> None:
    line = io.StringIO()
    csv.writer(line).writerow([_guarded(text) for text in cells])
    stream.write(line.getvalue().encode())


def _text(term: object) -> str:
    return "" if term is None else str(getattr(term, "value", term))


def _guarded(text: str) -> str:
    is_number = text[:1] in "+-" and bool(text[1:]) and _NUMBER.issuperset(text[1:])
    return f"'{text}" if text.startswith(_BEGINS) and not is_number else text
