"""Dates in digits: days and moments, "24.02.2022", years and spans of them, "2022/23"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from kg.extraction.dating.dated import Dated
from kg.extraction.words.lexicon import Lexicon
from kg.extraction.words.tokens import Token

YEARS = (1900, 2100)
DASHES = frozenset("-–—")
_MARKS = frozenset(("-", "/"))
_DOTTED = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})")
_MOMENT = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})t[0-9]")
# With a year of two digits it may be a version: a word such as "on" must stand before it.
_SHORT_DOTTED = re.compile(r"([0-9]{2})\.([0-9]{2})\.([0-9]{2})")
_CENTURY = 2000


def date_in_digits(
    lows: Sequence[str], tokens: Sequence[Token], i: int, lexicon: Lexicon
) -> Dated | None:
    """Return the date of nothing but digits and marks that begins at `i`, if one does."""
    low = lows[i]
    if is_year(low):
        return _from_year(lows, tokens, i, lexicon)
    if moment := _MOMENT.match(low) if "t" in low else None:
        return _day(i, i + 1, *moment.groups())
    if "." in low:
        match = _DOTTED.fullmatch(low)
        if (
            match is None
            and i
            and (lows[i - 1] == "on" or lows[i - 1] in lexicon["date-before-year"])
        ):
            match = _SHORT_DOTTED.fullmatch(low)
        return _day(i, i + 1, match[3], match[2], match[1]) if match else None
    if len(low) < 3 and _is_chain(lows, tokens, i) and is_year(lows[i + 4]):
        return _of_unknown_order(lows, i)
    return None


def is_year(word: str) -> bool:
    """Whether a word is a year of four digits in which texts may be read."""
    return len(word) == 4 and word.isdecimal() and YEARS[0] <= int(word) <= YEARS[1]


def short_year(lows: Sequence[str], tokens: Sequence[Token], i: int) -> int | None:
    """Return the year that is written as "'24" at `i`."""
    if lows[i : i + 1] not in (["'"], ["’"], ["‘"]) or i + 1 >= len(lows):
        return None
    digits = lows[i + 1]
    touches = tokens[i].end == tokens[i + 1].start
    return _CENTURY + int(digits) if touches and _two_digits(digits) else None


def _two_digits(word: str) -> bool:
    return len(word) == 2 and word.isascii() and word.isdecimal()


def _from_year(
    lows: Sequence[str], tokens: Sequence[Token], i: int, lexicon: Lexicon
) -> Dated | None:
    if _is_chain(lows, tokens, i):
        return _day(i, i + 5, lows[i], lows[i + 2], lows[i + 4])
    before = lows[i - 1] if i else ""
    opened = before in lexicon["date-before-year"]
    if (span := _span(lows, tokens, i, opened)) is not None:
        return span
    joins = before in ("and", "to", "until") and _begins_interval(lows, i - 2)
    return Dated(i, i + 1, lows[i], year=int(lows[i])) if opened or joins else None


def _begins_interval(lows: Sequence[str], i: int) -> bool:
    """Whether a year stands at `i` that begins an interval: "between 2006 and"."""
    return i > 0 and is_year(lows[i]) and lows[i - 1] in ("between", "from")


def _is_chain(lows: Sequence[str], tokens: Sequence[Token], i: int) -> bool:
    """Whether three numbers stand at `i` that the same mark joins: "2024-10-18"."""
    if i + 4 >= len(lows) or lows[i + 1] not in _MARKS or lows[i + 3] != lows[i + 1]:
        return False
    whole = all(tokens[at].end == tokens[at + 1].start for at in range(i, i + 4))
    return whole and lows[i + 2].isdecimal() and lows[i + 4].isdecimal()


def _of_unknown_order(lows: Sequence[str], i: int) -> Dated | None:
    """Read "24/02/2022"; in "03/04/2022" nobody knows which number is the month."""
    one, two, year = lows[i], lows[i + 2], lows[i + 4]
    if not one.isdecimal() or len(two) > 2:
        return None
    if int(one) > 12 >= int(two):
        return _day(i, i + 5, year, two, one)
    return _day(i, i + 5, year, one, two) if int(two) > 12 >= int(one) else None


def _day(first: int, last: int, year: str, month: str, day: str) -> Dated | None:
    if not (month.isdecimal() and day.isdecimal()) or len(month + day) > 4:
        return None
    whole = int(year) + (_CENTURY if len(year) == 2 else 0)
    try:
        return Dated(first, last, date(whole, int(month), int(day)).isoformat(), year=whole)
    except ValueError:
        return None  # 30 February


def _span(lows: Sequence[str], tokens: Sequence[Token], i: int, opened: bool) -> Dated | None:
    """Read "2022/23" and "2022–2023" as years from one to the other, "2022-10" as a month.

    Without a word such as "in" before it, only what goes from one year to the next is a span.
    """
    if i + 2 >= len(lows) or not (lows[i + 1] == "/" or lows[i + 1] in DASHES):
        return None
    behind = lows[i + 2]
    first = int(lows[i])
    if is_year(behind):
        last = int(behind)
    elif _two_digits(behind) and tokens[i].end == tokens[i + 1].start:
        last = first // 100 * 100 + int(behind)
        if opened and lows[i + 1] == "-" and last <= first and 1 <= int(behind) <= 12:
            return Dated(i, i + 3, f"{first}-{behind}", year=first)
    else:
        return None
    if first >= last or not (opened or last == first + 1):
        return None
    return Dated(i, i + 3, f"{first}/{last}", year=first)
