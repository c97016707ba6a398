"""What "since", "by" and the like make of a date: an interval open at one end."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from kg.extraction.dating.dated import Dated

_FILLER = frozenset(
    ("the", "of", "end", "early", "as", "least", "at", "about", "late", "mid", "beginning", "start")
)
_ONWARDS = frozenset(("on", "onwards", "onward", "forward"))
_TAKING_EFFECT = frozenset(("as", "effective", "starting", "beginning", ","))
_AHEAD = frozenset(("will", "would", "shall", "'ll", "’ll"))
_SPECIFIC = frozenset(("the", "a", "an", "its", "their", "his", "her"))


def behind_filler(lows: Sequence[str], at: int) -> int:
    """Return where a word such as "since" or "by" would stand: left of "the end of"."""
    while at >= 0 and lows[at] in _FILLER:
        at -= 1
    return at


def opened(dated: Dated, lows: Sequence[str]) -> Dated:
    """Return `dated` with what "since" or "by" before it makes of it."""
    back = behind_filler(lows, dated.first - 1)
    word = lows[back] if back >= 0 else ""
    if (since := _since_what(lows, dated.first)) is not None:
        back, word = since, "since"
    behind = word == "after" and back == dated.first - 1
    behind = behind or (word == "from" and _begins_then(lows, back, dated.last))
    if word == "since" or behind or (word == "starting" and back >= 0):
        return Dated(back, dated.last, dated.edtf, "since", dated.year, dated.weekday)
    if word in ("by", "until", "till", "before"):
        ends = "end" in lows[back : dated.last]  # "before the end of the year" is within it
        edtf = _before(dated.edtf) if word == "before" and not ends else dated.edtf
        return Dated(back, dated.last, edtf, "by", dated.year, dated.weekday)
    return dated


def _begins_then(lows: Sequence[str], at: int, behind: int) -> bool:
    """Whether "from" says when something begins: "From 2027 they will", "from May on"."""
    if lows[behind : behind + 1] and lows[behind] in _ONWARDS:
        return True
    return at == 0 or lows[at - 1] in _TAKING_EFFECT or not _AHEAD.isdisjoint(lows[:at])


def _since_what(lows: Sequence[str], first: int) -> int | None:
    """Return where "since" stands in "since the riots of November 2021"."""
    if first < 1 or lows[first - 1] not in ("of", "in", "on"):
        return None
    for index in range(first - 2, max(-1, first - 9), -1):
        if lows[index] == "since":
            return index if lows[index + 1] in _SPECIFIC else None
        if not lows[index].replace("-", "").isalpha():
            return None
    return None


def _before(edtf: str) -> str:
    """Return what ends where a year, month or day begins; anything else stays as it is."""
    parts = edtf.split("-")
    if not all(part.isdecimal() for part in parts):
        return edtf
    if len(parts) == 1:
        return f"{int(edtf) - 1:04}"
    if len(parts) == 2 and 1 <= int(parts[1]) <= 12:
        year, month = divmod(int(parts[0]) * 12 + int(parts[1]) - 2, 12)
        return f"{year:04}-{month + 1:02}"
    if len(parts) == 3:
        return (date.fromisoformat(edtf) - timedelta(days=1)).isoformat()
    return edtf
