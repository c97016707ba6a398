"""Whose carriers are, and from where they come: planes with a flag, planes from a land."""

from __future__ import annotations

from kg.extraction.names.mentions import Mention
from kg.extraction.situations.situation import Situation

_PLANES = frozenset(("plane", "planes", "aircraft", "airliner", "airliners", "jets", "helicopters"))


def flag_of_planes(one: Situation) -> list[Mention]:
    """Return whose the planes are that bring goods: a ship's flag says nothing of its load."""
    words = one.parse.lows[slice(*one.clause.subject)]
    if one.clause.verb.passive or words[-1:] == [] or words[-1] not in _PLANES:
        return []
    inside = one.parse.mentions_in(*one.clause.subject)
    return [m.nation for m in inside if m.kind == "item" and m.nation is not None][:1]


def home_of_carriers(one: Situation) -> list[Mention]:
    """Return from where carriers come: "cargo planes from Chad", not "Chadian planes"."""
    first, last = one.clause.subject
    inside = [m for m in one.parse.mentions if first <= m.first < last and m.kind == "item"]
    return [m.nation for m in inside if m.nation is not None and m.nation.first >= m.last]
