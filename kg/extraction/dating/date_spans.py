"""Intervals that two dates make: "between March and June", "from 8 to 24 April"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.extraction.dating.dated import Dated
from kg.extraction.words.tokens import Token

_PARTS = frozenset(("early", "mid", "late"))
_SPANS = frozenset((("between", "and"), ("from", "to"), ("from", "until"), ("from", "through")))
_DASHES = frozenset("-–—")
# Between days without a word before them: "9 to 11 September", "8 or 9 May".
_TO_DAY = frozenset(("to", "or", "until", "through", *_DASHES))
_MONTH, _DAY = 7, 10


def join_spans(found: list[Dated], tokens: Sequence[Token]) -> list[Dated]:
    """Return the dates of a sentence with those that begin and end an interval made one."""
    joined: list[Dated] = []
    for dated in found:
        before = joined[-1] if joined else None
        if before is not None and (whole := _joined(before, dated, tokens)) is not None:
            joined[-1] = whole
            continue
        joined += _from_day(dated, tokens)
    return joined


def _joined(before: Dated, dated: Dated, tokens: Sequence[Token]) -> Dated | None:
    """Return the interval that two dates make, if the words between and before them say so."""
    if dated.first != before.last + 1:
        return None
    opener = tokens[before.first - 1].low if before.first else ""
    join = tokens[before.last].low
    if (opener, join) in _SPANS:
        before, dated = (_whole_month(one, tokens) for one in (before, dated))
    if "/" in before.edtf + dated.edtf:
        return None
    edtf = f"{in_year_of(before, dated)}/{dated.edtf}"
    if (opener, join) in _SPANS:
        return Dated(before.first - 1, dated.last, edtf, year=dated.year)
    marked = join in _DASHES or (join == "/" and len(dated.edtf) == _MONTH)
    exact = len(before.edtf) == len(dated.edtf) and len(dated.edtf) in (_MONTH, _DAY)
    if marked and exact and not before.opening and edtf[: len(dated.edtf)] < dated.edtf:
        return Dated(before.first, dated.last, edtf, year=dated.year)
    return None


def _whole_month(dated: Dated, tokens: Sequence[Token]) -> Dated:
    """Return the month of which a date is a part: "between late April and June"."""
    part = tokens[dated.first].low in _PARTS and "/" in dated.edtf
    return replace(dated, edtf=dated.edtf[:7]) if part else dated


def in_year_of(before: Dated, after: Dated) -> str:
    """Return the first date in the year that only the second states: "May and June last year"."""
    edtf = before.edtf
    if before.year is not None or len(edtf) < _MONTH or not after.edtf[:4].isdigit():
        return edtf
    same = after.edtf[:4] + edtf[4:]
    if same <= after.edtf:
        return same
    return f"{int(after.edtf[:4]) - 1:04}{edtf[4:]}"  # "between November and January"


def _from_day(dated: Dated, tokens: Sequence[Token]) -> list[Dated]:
    """Return "8 and 24 April" as an interval, where only its end is a whole date.

    "On 8 and 24 April" is two days.
    """
    at = dated.first + (dated.opening == "by" and tokens[dated.first].low in _TO_DAY)
    if len(dated.edtf) != _DAY or at < 2 or not tokens[at].low[0].isdigit():
        return [dated]
    opener = tokens[at - 3].low if at > 2 else ""
    day, join = tokens[at - 2].low, tokens[at - 1].low
    if not day.isdecimal() or len(day) > 2 or not 1 <= int(day) < int(dated.edtf[8:]):
        return [dated]
    begins = f"{dated.edtf[:8]}{int(day):02}"
    if (opener, join) in _SPANS or join in _TO_DAY:
        first = at - 2 - (opener in ("between", "from"))
        return [replace(dated, first=first, edtf=f"{begins}/{dated.edtf}", opening="")]
    if (opener, join) == ("on", "and"):
        return [Dated(at - 2, at - 1, begins, year=dated.year), dated]
    return [dated]
