"""A state's own land and borders, to which it moves its own forces."""

from __future__ import annotations

from kg.extraction.names.mentions import NATION
from kg.extraction.situations.situation import Situation
from kg.extraction.words.lexicon import ADJOINING, Frame

_BORDERS = frozenset(
    ("border", "borders", "frontier", "frontiers", "boundary", "boundaries", "coast", "shore")
)
_UP_TO = frozenset(("to", "near", "along", "at", "on", "towards", "toward"))
_ITS = frozenset(("its", "their"))
_INTO = frozenset(("to", "into", "in", "across", "along", "towards", "toward", "on", "at"))
_LANDS = frozenset(
    (
        *("province", "provinces", "region", "regions", "border", "borders", "frontier", "coast"),
        *("territory", "east", "west", "north", "south", "soil", "shores", "capital"),
    )
)


def is_at_own_border(one: Situation, frame: Frame) -> bool:
    """Whether a state sends its own forces to "the border with Poland", which it does not cross."""
    lows, (first, last) = one.parse.lows, one.clause.right
    if frame.subject != "from":
        return False
    for index in range(first, last):
        if lows[index] in ADJOINING:
            return True
        near = not _UP_TO.isdisjoint(lows[max(first, index - 3) : index])
        if lows[index] in _BORDERS and near and not _is_anothers(one, index):
            return True
    return False


def _is_anothers(one: Situation, border: int) -> bool:
    """Whether it is said whose border it is, and that is another's: "on the Sudanese coast"."""
    whose = [m for m in one.parse.mentions_in(border - 2, border) if m.kind in NATION]
    owners = {*one.sides.of(one.parse, whose)}
    return bool(owners) and owners.isdisjoint(one.sides.of(one.parse, one.parts.parts["from"]))


def is_in_own_land(one: Situation, frame: Frame) -> bool:
    """Whether a state moves forces to a part of itself: "to its eastern provinces"."""
    lows, (first, last) = one.parse.lows, one.clause.right
    if frame.subject != "from" or one.clause.verb.passive:
        return False
    owned = (i for i in range(first + 1, last) if lows[i] in _ITS and lows[i - 1] in _INTO)
    return any(not _LANDS.isdisjoint(lows[i + 1 : i + 4]) for i in owned)
