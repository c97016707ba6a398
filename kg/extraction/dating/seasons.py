"""Seasons and quarters of a year as EDTF: "this winter", "in the autumn at the earliest"."""

from __future__ import annotations

from datetime import date

# The months each begins and ends with: EDTF's level 1 has seasons and no quarters.
QUARTERS = {"first": (1, 3), "second": (4, 6), "third": (7, 9), "fourth": (10, 12)}
QUARTERS["last"] = QUARTERS["fourth"]
_HALVES = {"first": (1, 6), "second": (7, 12)}
_BEGINS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9}
_AT_THE_EARLIEST = ["at", "the", "earliest"]
# Up to this month "this winter" is the one that has just passed or lasts.
_WINTER_ENDS = 4


def season_from(today: date, step: int, season: str, code: int) -> str:
    """Return "this autumn" or "last winter", counted from a day; a winter is of two years."""
    if season == "winter" and today.month <= _WINTER_ENDS and step < 1:
        return f"{today.year - 1 + step}-12/{today.year + step}-02"
    return f"{today.year + step}-{code}"


def opened_season(edtf: str, season: str, behind: list[str]) -> str:
    """Return a season, open to the end where "at the earliest" stands behind it."""
    begins = _BEGINS.get(season)
    return f"{edtf[:4]}-{begins:02}/.." if begins and behind == _AT_THE_EARLIEST else edtf


def quarter(year: int, which: str) -> str:
    """Return the three months of a quarter."""
    begins, ends = QUARTERS[which]
    return f"{year}-{begins:02}/{year}-{ends:02}"


def half(year: int, which: str) -> str:
    """Return the six months of a half of a year."""
    begins, ends = _HALVES[which]
    return f"{year}-{begins:02}/{year}-{ends:02}"
