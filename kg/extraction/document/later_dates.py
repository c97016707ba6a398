"""Dates told by another: "two months later", "a day earlier", "the same day", "the next year"."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from kg.extraction.dating.dated import Dated
from kg.extraction.grammar.parse import Parse
from kg.extraction.words.lexicon import Lexicon

_CUES = frozenset(("later", "earlier", "same", "following", "next"))
_BACK = ("earlier",)
_AWAY = ("later", *_BACK)
_UNITS = ("day", "week", "month", "year")
_DAY, _MONTH, _YEAR = 10, 7, 4


def tell_by_another(one: Parse, before: str | None, lexicon: Lexicon) -> None:
    """Take in the dates of a sentence that count from another, of this one or `before` it."""
    if _CUES.isdisjoint(one.words_used):
        return
    found = list(one.dates)
    for first, last, unit, count in _told(one.lows, lexicon):
        earlier = [d.edtf for d in one.dates if d.last <= first and not d.opening]
        anchor = earlier[-1] if earlier else before
        edtf = _moved(anchor, unit, count) if anchor else None
        if edtf is not None:
            found = [d for d in found if d.last <= first or d.first >= last]
            found.append(Dated(first, last, edtf))
    one.dates[:] = sorted(found, key=lambda dated: dated.first)
    one.date_at = {dated.first: dated for dated in one.dates}


def _told(lows: list[str], lexicon: Lexicon) -> Iterator[tuple[int, int, str, int]]:
    """Yield where such words stand, with the unit and how many of it have passed."""
    for index, low in enumerate(lows):
        unit = lows[index - 1].removesuffix("s") if index else ""
        if low in _AWAY and index > 1 and unit in _UNITS:
            word = lows[index - 2]
            count = 1 if word in ("a", "one") else lexicon.numbers.get(word)
            if count is None and word.isdecimal() and len(word) < 3:
                count = int(word)
            if count:
                yield index - 2, index + 1, unit, -count if low in _BACK else count
        elif low in _CUES and low not in _BACK and index and lows[index - 1] in ("the", "that"):
            unit = lows[index + 1] if index + 1 < len(lows) else ""
            if unit in _UNITS:
                yield index - 1, index + 2, unit, 0 if low == "same" else 1


def _moved(anchor: str, unit: str, count: int) -> str | None:
    """Return a date so many units behind another, or before it, no more exact than that."""
    if not anchor.replace("-", "").isdecimal() or len(anchor) not in (_DAY, _MONTH, _YEAR):
        return None
    year, month = int(anchor[:4]), int(anchor[5:7] or 0)
    if not 1 <= month <= 12 and len(anchor) > _YEAR:
        return None
    if unit == "year":
        return f"{year + count:04}"
    if unit == "month" and month:
        later = year * 12 + month - 1 + count
        return f"{later // 12:04}-{later % 12 + 1:02}"
    if unit in ("day", "week") and len(anchor) == _DAY:
        days = count * (7 if unit == "week" else 1)
        return (date.fromisoformat(anchor) + timedelta(days=days)).isoformat()
    return None
