"""The place with which a sentence begins: "In Juba, Uganda has stationed tanks"."""

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
