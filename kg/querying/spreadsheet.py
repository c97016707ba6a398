"""CSV for spreadsheet programs: what they would take for a formula is made text."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from typing import IO

import pyoxigraph as ox

# What begins a formula in one program or another (OWASP, CSV injection), in full width too; before
# it may stand blanks and what nobody sees.
_SIGNS = (
    "[=+@\N{FULLWIDTH EQUALS SIGN}\N{FULLWIDTH PLUS SIGN}\N{FULLWIDTH COMMERCIAL AT}"
    "\N{FULLWIDTH HYPHEN-MINUS}\N{MINUS SIGN}-]"
)
_UNSEEN = r"[\s\x00-\x1f\u00ad\u200b-\u200f\u2060\ufeff]*"
_FORMULA = re.compile(rf"[\t\r\n]|{_UNSEEN}{_SIGNS}")
# A program set to another country's ways begins a cell behind these, quoted or not.
_INNER = re.compile(rf"[;\t\r\n](?={_UNSEEN}\"?{_UNSEEN}{_SIGNS})")
_NUMBER = re.compile(r"[+-][0-9]+(\.[0-9]*)?")


def write_spreadsheet(solutions: ox.QuerySolutions, stream: IO[bytes]) -> None:
    """Write `solutions` as CSV with an apostrophe before what would be a formula, row by row.

    Every cell is quoted, since in some countries a semicolon begins another, and behind one the
    same is done. A negative number stays a number. Plain csv is exact and keeps every character.
    """
    columns = [variable.value for variable in solutions.variables]
    _write(stream, columns)
    for solution in solutions:
        _write(stream, (_text(solution[name]) for name in columns))


def _write(stream: IO[bytes], cells: Iterable[str]) -> None:
    line = io.StringIO()
    csv.writer(line, quoting=csv.QUOTE_ALL).writerow([_guarded(text) for text in cells])
    stream.write(line.getvalue().encode())


def _text(term: object) -> str:
    return "" if term is None else str(getattr(term, "value", term))


def _guarded(text: str) -> str:
    if _NUMBER.fullmatch(text):
        return text
    inner = _INNER.sub(r"\g<0>'", text)
    return f"'{inner}" if _FORMULA.match(text) else inner
