"""Dates told by their distance from the day of publication: "yesterday", "two weeks ago".

They are as fine as that day is known: an article of which only the month is known has no last week.
"""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from kg.extraction.dating.dated import Dated
from kg.extraction.dating.publication import Calendar
from kg.extraction.dating.seasons import season_from
from kg.extraction.words.lexicon import Lexicon

PARTS = {"early": (1, 10), "mid": (11, 20), "late": (21, 31)}
_DAYS = {"yesterday": -1, "today": 0, "tomorrow": 1}
_STEPS = {"last": -1, "past": -1, "this": 0, "next": 1}


def relative_date(lows: list[str], i: int, lexicon: Lexicon, today: Calendar) -> Dated | None:
    """Return the date that begins at `i`, or ends there: "last week", "two days ago"."""
    low = lows[i]
    if low in _DAYS:
        day = today.day
        return Dated(i, i + 1, (day + timedelta(days=_DAYS[low])).isoformat()) if day else None
    if low in ("end", "start", "beginning") and lows[i + 1 : i + 3] == ["of", "the"]:
        return _edge(lows, i, today)
    if low == "ago":
        return _ago(lows, i, lexicon, today)
    return _unit(lows, i, lexicon, today) if low in _STEPS and i + 1 < len(lows) else None


def part_of_month(year: int, month: int, part: str) -> str:
    """Return the first, second or last ten days of a month."""
    first, last = PARTS[part]
    last = min(last, calendar.monthrange(year, month)[1])
    return f"{year}-{month:02}-{first:02}/{year}-{month:02}-{last:02}"


def _edge(lows: list[str], i: int, today: Calendar) -> Dated | None:
    """Read "the end of the year" as its last month, "of the month" as its last ten days."""
    unit, year, month = lows[i + 3] if i + 3 < len(lows) else "", today.year, today.month
    if unit == "year" and year is not None:
        return Dated(i, i + 4, f"{year}-12" if lows[i] == "end" else str(year))
    if unit == "month" and lows[i] == "end" and month is not None:
        return Dated(i, i + 4, part_of_month(month // 12, month % 12 + 1, "late"))
    return None


def _ago(lows: list[str], i: int, lexicon: Lexicon, today: Calendar) -> Dated | None:
    """Read "two days ago", "a week ago" and the like."""
    if i < 2:
        return None
    unit, count = lows[i - 1].rstrip("s"), lows[i - 2]
    number = 1 if count in ("a", "an") else lexicon.numbers.get(count)
    if number is None and count.isdecimal() and len(count) < 4:
        number = int(count)
    if not number:
        return None
    day = today.day
    if unit == "day" and day is not None:
        return Dated(i - 2, i + 1, (day - timedelta(days=number)).isoformat())
    edtf = _away(unit, -number, today)
    return Dated(i - 2, i + 1, edtf) if edtf else None


def _unit(lows: list[str], i: int, lexicon: Lexicon, today: Calendar) -> Dated | None:
    """Read "last week", "this month", "last year", "this winter"."""
    step, unit, day = _STEPS[lows[i]], lows[i + 1], today.day
    first = i - 1 if i and lows[i - 1] in ("earlier", "later") else i
    if unit == "night" and step == -1 and day is not None:
        return Dated(i, i + 2, (day - timedelta(days=1)).isoformat())
    if unit in lexicon.seasons and (step or lows[i] == "this") and today.year is not None:
        code = lexicon.seasons[unit]
        return Dated(first, i + 2, season_from(today.latest, step, unit, code))
    edtf = _away(unit, step, today)
    if edtf is None:
        return None
    return Dated(first, i + 2, edtf, year=int(edtf) if unit == "year" else None)


def _away(unit: str, step: int, today: Calendar) -> str | None:
    """Return the week, month or year so many steps from that of publication, if it is known."""
    day, month, year = today.day, today.month, today.year
    if unit == "week" and day is not None:
        monday = _monday(day) + timedelta(days=7 * step)
        return f"{monday}/{monday + timedelta(days=6)}"
    if unit == "month" and month is not None:
        return f"{(month + step) // 12}-{(month + step) % 12 + 1:02}"
    return str(year + step) if unit == "year" and year is not None else None


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
