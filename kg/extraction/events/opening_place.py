"""What a sentence begins with: a place, or the force of which only a part is told of."""

from __future__ import annotations

from kg.extraction.names.mentions import Mention
from kg.extraction.situations.situation import Situation

_AT = frozenset(("in", "at", "near", "outside", "around", "off"))
# So near the head of a sentence stands the place that it opens with.
_OPENING = 4


def opening_place(one: Situation) -> list[Mention]:
    """Return the place with which a sentence begins: "In Juba, Uganda has stationed tanks"."""
    lows = one.parse.lows
    if lows[0] not in _AT or one.clause.start == 0:
        return []
    opening = (m for m in one.parse.mentions if m.last <= one.clause.start)
    first = next(opening, None)
    if first is None or first.first >= _OPENING or first.kind not in ("place", "state"):
        return []
    return [first] if lows[first.last] == "," or first.last == one.clause.start else []


def opening_force(one: Situation) -> list[Mention]:
    """Return the force of which a bare figure is a part: "Of the 900 Kenyan troops, 14 died"."""
    lows, (first, last) = one.parse.lows, one.clause.subject
    if lows[0] != "of" or one.parse.mentions_in(max(first, _comma(lows)), last):
        return []
    opening = one.parse.mentions_in(1, _comma(lows))
    return [m for m in opening if m.kind in ("demonym", "item")]


def _comma(lows: list[str]) -> int:
    """Return where the first comma stands, 0 without any."""
    return lows.index(",") if "," in lows else 0
