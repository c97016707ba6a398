"""EDTF dates as days: the first and the last day that a stated date can mean.

The subset a record may write is what the Extended Date/Time Format (ISO 8601-2:2019, levels 0
and 1, https://www.loc.gov/standards/datetime/) says of days, months, seasons and years:
``2024-10-18``, ``2024-10``, ``2024``, ``2024-23`` (autumn), ``2024-1X``, ``2024-10-XX``,
qualified by ``?``, ``~`` or ``%``, and intervals of these with ``..`` for an open end.
"""

from __future__ import annotations

import calendar
import re
from datetime import date
from typing import NamedTuple


class Days(NamedTuple):
    """The first and last day a date can mean; None where that end is open."""

    earliest: date | None
    latest: date | None


_POINT = re.compile(r"([0-9]{3}[0-9X]|[0-9]{2}XX)(?:-([0-9]{2}|XX)(?:-([0-9]{2}|XX))?)?[?~%]?")
_SEASONS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 2)}


def parse_edtf(text: str) -> Days:
    """Return the days that `text` spans.

    Seasons are the meteorological ones of the northern hemisphere, a winter reaching into the
    next year.

    Raises:
        ValueError: `text` is no date of the subset; the words say what is wrong.
    """
    if "/" not in text:
        return _point(text)
    first, _, second = text.partition("/")
    if "/" in second:
        raise ValueError("an interval has one '/'")
    if first in ("..", "") and second in ("..", ""):
        raise ValueError("an interval needs at least one end")
    earliest = None if first in ("..", "") else _point(first).earliest
    latest = None if second in ("..", "") else _point(second).latest
    if earliest and latest and earliest > latest:
        raise ValueError("the interval ends before it begins")
    return Days(earliest, latest)


def _point(text: str) -> Days:
    match = _POINT.fullmatch(text)
    if match is None:
        raise ValueError("write a date as 2024-10-18, 2024-10, 2024 or an interval of these")
    year, month, day = match.groups()
    if "X" in year:
        if month:
            raise ValueError("a year that is not fully known takes no month")
        return Days(
            _day(int(year.replace("X", "0")), 1, 1), _day(int(year.replace("X", "9")), 12, 31)
        )
    return _within_year(int(year), month, day)


def _within_year(year: int, month: str | None, day: str | None) -> Days:
    if month in (None, "XX"):
        if day not in (None, "XX"):
            raise ValueError("a day needs its month")
        return Days(_day(year, 1, 1), _day(year, 12, 31))
    number = int(month or 0)
    if number in _SEASONS and day is None:
        first, last = _SEASONS[number]
        until = year + (last < first)
        return Days(_day(year, first, 1), _day(until, last, calendar.monthrange(until, last)[1]))
    if not 1 <= number <= 12:
        raise ValueError(f"there is no month {month}")
    if day in (None, "XX"):
        return Days(_day(year, number, 1), _day(year, number, calendar.monthrange(year, number)[1]))
    exact = _day(year, number, int(day or 0))
    return Days(exact, exact)


def _day(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError as error:
        raise ValueError(f"there is no day {year:04}-{month:02}-{day:02}") from error
