"""The hand-kept tables, read and checked. A mistake names its file and line."""

from __future__ import annotations

import csv
import re
from calendar import monthrange
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

FOLDER = Path(__file__).parent / "tables"

Row = dict[str, str]

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class TableError(Exception):
    """A table that cannot be used, with the place of the mistake."""


def read(name: str) -> list[Row]:
    """Return the rows of a table, every cell stripped.

    Raises:
        TableError: a row has too few or too many cells, or an id that is none.
    """
    path = FOLDER / name
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file, restkey="")
        rows = []
        for row in reader:
            where = f"{name}:{reader.line_num}"
            if "" in row or None in row.values():
                raise TableError(f"{where}: the number of cells is not that of the head")
            cells = {key: value.strip() for key, value in row.items()}
            _check(where, cells)
            rows.append(cells)
    return rows


def cells(row: Mapping[str, str], column: str) -> list[str]:
    """Return the parts of a cell that holds several, divided by ``|``."""
    return [part for part in row[column].split("|") if part]


def bounds(value: str) -> tuple[date, date]:
    """Return the first and the last day of a day, a month or a year: ``2014-03`` is its 31 days.

    Raises:
        ValueError: it is none of them.
    """
    parts = [int(part) for part in value.split("-")]
    if not re.fullmatch(r"\d{4}(-\d{2}){0,2}", value):
        raise ValueError(value)
    year, month, day = (*parts, 0, 0)[:3]
    last = day or monthrange(year, month or 12)[1]
    return date(year, month or 1, day or 1), date(year, month or 12, last)


def place_tables() -> list[str]:
    """Return the names of the tables of places in the order in which they are written."""
    first = ("capitals", "russia", "ukraine", "korea", "middle-east", "caucasus", "asia")
    return [f"places/{name}.csv" for name in (*first, "africa", "europe", "americas", "waters")]


def all_tables() -> Iterator[Path]:
    """Yield every table in the folder."""
    yield from sorted(FOLDER.rglob("*.csv"))


def _check(where: str, row: Mapping[str, str]) -> None:
    for column in ("id", "person", "of", "within", "acts_for"):
        value = row.get(column, "")
        if value and not _ID.fullmatch(value):
            raise TableError(f"{where}: {column} '{value}' is no id")
    for column in ("from", "until"):
        value = row.get(column, "")
        try:
            if value:
                bounds(value)
        except ValueError as error:
            raise TableError(f"{where}: {column} '{value}' is no day, month or year") from error
    since, until = row.get("from", ""), row.get("until", "")
    if since and until and bounds(since)[0] > bounds(until)[1]:
        raise TableError(f"{where}: the office ends before it begins")
    if not row.get("source", "-"):
        raise TableError(f"{where}: the row has no source")
