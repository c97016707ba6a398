"""Forces of a state under their full name: "the U.S. Fifth Fleet", "the Malawi Defence Force"."""

from __future__ import annotations

from collections.abc import Mapping

from kg.extraction.names.composed_names import declared_as, is_own_force
from kg.extraction.names.mentions import NATION, Mention, Words

_LONGEST = 5
_FORCE = "ArmedForce"
_ORDINALS = ("st", "nd", "rd", "th")


def force_behind(words: Words, state: Mention, at: int) -> Mention | None:
    """Return the force whose name begins with that of its state, `at` is behind the latter."""
    head = _head(words, at)
    if head is None:
        return None
    whole = words.lows[head] not in words.lexicon["units"]
    if whole and (head == at or not is_own_force(words, at, head)):
        return None
    return _force(words, state.first, head + 1, state, (at, head + 1) if whole else None)


def force_of(words: Words, first: int, starts: Mapping[int, Mention]) -> Mention | None:
    """Return the force at `first` with the state behind it: "the Armed Forces of the Gambia"."""
    head = _head(words, first)
    if head is None or not is_own_force(words, first, head):
        return None
    if words.lows[head + 1 : head + 2] != ["of"] or head + 2 >= len(words.lows):
        return None
    state = starts.get(head + 2 + (words.lows[head + 2] == "the"))
    if state is None or state.kind not in NATION:
        return None
    return _force(words, first, state.last, state, (first, head + 1))


def _head(words: Words, at: int) -> int | None:
    """Return where the noun of a force or of a part of one ends a run of capitals."""
    lexicon = words.lexicon
    for index in range(at, min(at + _LONGEST, len(words.lows))):
        low, text = words.lows[index], words.tokens[index].text
        ordinal = low[0].isdigit() and low.endswith(_ORDINALS)
        if not (text[0].isupper() or ordinal or low in ("'s", "’s")):
            return None
        if low in lexicon["force-heads"] or low in lexicon["units"]:
            return index
    return None


def _force(
    words: Words, first: int, last: int, state: Mention, named: tuple[int, int] | None
) -> Mention:
    """Return the mention of a force: of the whole army, if the reference data has it."""
    state.modifies = True
    bodies = words.gazetteer.bodies.get((state.actor or "", _FORCE), ())
    if named is None or not bodies:
        actor, declared = declared_as(words, first, last, _FORCE)
        return Mention(first, last, "organization", actor, nation=state, declared=declared)
    called = " ".join(words.lows[named[0] : named[1]])
    known = words.gazetteer.body_of(state.actor or "", _FORCE, called)
    return Mention(first, last, "organization", actor=known, nation=state)
