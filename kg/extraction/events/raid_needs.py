"""What a raid has done that is the subject itself: "a first raid hit positions near the port"."""

from __future__ import annotations

from kg.extraction.document.memory import FORCES, Happening, Sides
from kg.extraction.situations.situation import Situation

# What stands for a raid where one has just been told of: "a second destroyed a bridge".
_ORDINALS = frozenset(("first", "second", "third", "fourth", "fifth", "last", "other", "another"))
_OPENING = frozenset(("a", "the", "another", "one", "an"))
_BY = ("by", "of", "from")
_WHOSE = ("state", "demonym", "organization")


def raid(one: Situation) -> bool:
    """Whether a raid is the subject, of which it is told, or was before, whose it is."""
    first, last = one.clause.subject
    lows = one.parse.lows
    if one.clause.verb.passive or first == last:
        return False
    head = _head(one, first, last)
    if head < 0:
        return False
    named = [m for m in one.parse.mentions_in(first, head) if m.kind in _WHOSE]
    by = next((i for i in range(head + 1, min(last, head + 2)) if lows[i] in _BY), last)
    named += [m.nation or m for m in one.parse.mentions_in(by, last) if lows[by] != "of"]
    whose = [m for m in named if one.sides.of(one.parse, [m])]
    if whose:
        one.parts.parts["theme"] = whose[:1]
        return True
    return raid_told(one) is not None


def raid_told(one: Situation) -> Happening | None:
    """Return the fight of which the text has just told, if it told of one last."""
    told = one.sides.memory.latest(FORCES)
    if told is None or told.type != "Combat":
        return None
    return told if told.paragraph >= one.parse.paragraph - 1 else None


def whose_raid(one: Situation) -> Sides:
    """Return whose a raid is that is the subject: as named there, else as was told."""
    told = raid_told(one)
    named = one.sides.of(one.parse, one.parts.parts["theme"])
    return named or (told.from_ if told is not None else ())


def _head(one: Situation, first: int, last: int) -> int:
    """Return where the noun of the raid stands in a subject, -1 if it is no raid."""
    lows = one.parse.lows
    for index in range(first, last):
        if lows[index] in one.lexicon["raids"]:
            return index
        if lows[index] in one.lexicon["prepositions"] or lows[index] == ",":
            break
    words = lows[first:last]
    bare = words[:1] != [] and words[0] in _OPENING and words[1:2] != []
    alone = bare and words[1] in _ORDINALS and (len(words) == 2 or words[2] == ",")
    return first + 1 if alone and raid_told(one) is not None else -1
