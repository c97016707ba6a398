"""Intervals that two dates make: "between March and June", "from 8 to 24 April"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.extraction.dated import Dated
from kg.extraction.tokens import Token

_SPANS = frozenset((("between", "and"), ("from", "to"), ("from", "until"), ("from", "through")))


def join_spans(found: list[Dated], tokens: Sequence[Token]) -> list[Dated]:
    """Return the dates of a sentence with those that begin and end an interval made one."""
    joined: list[Dated] = []
    for dated in found:
        before = joined[-1] if joined else None
        if before is not None and before.first and dated.first == before.last + 1:
            opener, join = tokens[before.first - 1].low, tokens[before.last].low
            if (opener, join) in _SPANS and "/" not in before.edtf + dated.edtf:
                edtf = f"{_in_year_of(before, dated)}/{dated.edtf}"
                joined[-1] = Dated(before.first - 1, dated.last, edtf, year=dated.year)
                continue
        joined.append(_from_day(dated, tokens))
    return joined


def _in_year_of(before: Dated, after: Dated) -> str:
    """Return the first date in the year that only the second states: "May and June last year"."""
    edtf = before.edtf
    if before.year is not None or len(edtf) < 7 or not after.edtf[:4].isdigit():
        return edtf
    same = after.edtf[:4] + edtf[4:]
    if same <= after.edtf:
        return same
    return f"{int(after.edtf[:4]) - 1:04}{edtf[4:]}"  # "between November and January"


def _from_day(dated: Dated, tokens: Sequence[Token]) -> Dated:
    """Return "8 and 24 April" as an interval, where only its end is a whole date."""
    if len(dated.edtf) != 10 or dated.first < 3 or not tokens[dated.first].low[0].isdigit():
        return dated
    opener, day, join = (tokens[dated.first - back].low for back in (3, 2, 1))
    if (opener, join) not in _SPANS or not day.isdecimal() or len(day) > 2:
        return dated
    if not 1 <= int(day) < int(dated.edtf[8:]):
        return dated
    edtf = f"{dated.edtf[:8]}{int(day):02}/{dated.edtf}"
    return replace(dated, first=dated.first - 3, edtf=edtf, opening="")
