"""Ships by their prefixes: whose "USS Nimitz" and "HMCS Ottawa" are, and the bases called so."""

from __future__ import annotations

from kg.extraction.names.mentions import Mention, Words

# So many words the name of a ship has behind its prefix.
_LONGEST = 3
# Navies call bases as they call ships: what is or goes there stands before.
_THERE = frozenset(("in", "at", "near", "through", "outside", "around"))
# "out of HMAS Stirling", "west of HMAS Stirling", but "the arrival of HMS Trent"
_WHERE_OF = frozenset(("out", "outside", "west", "east", "north", "south", "port", "base", "town"))
_SMALL = frozenset(("de", "del", "der", "la", "van", "von", "di", "al", "el"))


def find_ship(words: Words, i: int) -> Mention | None:
    """Return the ship named at `i`, of the state whose prefix it has, None where none is."""
    state = words.lexicon.ships_of.get(words.tokens[i].text)
    last = i + 1
    while last < min(i + 1 + _LONGEST, len(words.tokens)) and _is_name(words, last):
        last += 1
    while last > i + 1 and words.lows[last - 1] in _SMALL:
        last -= 1
    if state is None or last == i + 1:
        return None
    owner = Mention(i, i + 1, "state", actor=state, place=state, modifies=True)
    of = i > 1 and words.lows[i - 1] == "of" and words.lows[i - 2] in _WHERE_OF
    if of or (i and words.lows[i - 1] in _THERE):
        return Mention(i, last, "unknown", nation=owner)
    return Mention(i, last, "item", items=["warship"], nation=owner)


def _is_name(words: Words, at: int) -> bool:
    text, low = words.tokens[at].text, words.lows[at]
    dated = low in words.lexicon["names-of-time"]
    return (text[0].isupper() and not dated) or low in _SMALL
