"""Days that have a name of their own: "on Christmas Eve", "since New Year's Day", "at New Year"."""

from __future__ import annotations

from collections.abc import Sequence

from kg.extraction.words.lexicon import Lexicon

_POSSESSIVES = ("'s", "’s", "'", "’")
_NEW_YEAR = "new year"
# "In the new year" is what follows, not the turn.
_OF_THE_YEAR = ("the", "a", "this", "every", "lunar", "chinese")


def feast_at(lows: Sequence[str], at: int, lexicon: Lexicon) -> tuple[int, int, int] | None:
    """Return the month and day of a feast that begins at `at`, and the index behind its name."""
    words = [w for w in lows[at : at + 4] if w not in _POSSESSIVES]
    for length in (3, 2):
        day = lexicon.feasts.get(" ".join(words[:length]))
        if day is not None and len(words) >= length:
            behind = at + length + sum(w in _POSSESSIVES for w in lows[at : at + length])
            month, _, number = day.partition("-")
            return int(month), int(number), behind
    return None


def is_turn_of_year(lows: Sequence[str], at: int) -> bool:
    """Whether "New Year" stands there, which is neither a year nor a day."""
    before = lows[at - 1] if at else ""
    return " ".join(lows[at : at + 2]) == _NEW_YEAR and before not in _OF_THE_YEAR


def turn_of_year(year: int, before: str) -> str:
    """Return the months between which a year ends; behind "by" and "before" the days, as EDTF."""
    if before == "before":
        return f"{year + 1}-01-01"
    if before in ("by", "until"):
        return f"{year}-12-31"
    return f"{year}-12/{year + 1}-01"
