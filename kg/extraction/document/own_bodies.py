"""Whose army or minister is meant where no name says so: by what the text has just told."""

from __future__ import annotations

from dataclasses import replace

from kg.extraction.document.memory import FORCES, Memory
from kg.extraction.grammar.parse import Parse
from kg.extraction.names.gazetteer import Gazetteer
from kg.extraction.names.mentions import Mention

_ARMIES = frozenset(("army", "military", "navy"))
_AIR_FORCE = ["air", "force"]
_ITS = frozenset(("its", "their"))
_HOUSES = frozenset(("ministry", "army", "military", "navy", "government", "embassy"))
_BODIES = ("collective", "organization")
_TOLD_IN = (["reporters", "in"], ["journalists", "in"])


def whose_army(parse: Parse, mention: Mention, memory: Memory, gazetteer: Gazetteer) -> str | None:
    """Return the state whose "the army" is: whose forces the paragraph tells of, else ours.

    None where the mention is no such army, or the text has named one that it can be.
    """
    words = parse.lows[mention.first : mention.last]
    whole = words == _AIR_FORCE or (len(words) == 1 and words[0] in _ARMIES)
    if not whole or mention.kind != "collective" or mention.nation is not None:
        return None
    if parse.lows[mention.first - 1] in _ITS:
        return _spoken_of(parse, memory, gazetteer)
    if parse.lows[mention.first - 1] != "the" or memory.bodies.get("ArmedForce"):
        return None
    last = memory.latest(FORCES)
    near = last is not None and last.paragraph == parse.paragraph
    told = (*last.from_, *last.to) if last is not None and near else ()
    sides = (side for side in (*told, memory.home) if side is not None)
    return next((side for side in sides if gazetteer.type_of(side) == "State"), None)


def _spoken_of(parse: Parse, memory: Memory, gazetteer: Gazetteer) -> str | None:
    """Return whose "its air force" is: of the state of which the paragraph has just spoken."""
    paragraph, state = memory.spoken_in
    near = paragraph == parse.paragraph
    side = state if near and state else memory.side_of(memory.state)
    return side if gazetteer.type_of(side or "") == "State" else None


def owned(parse: Parse, mention: Mention) -> Mention:
    """Return a body with whose it is: "Chad is sending a ship, its defence ministry said"."""
    its = parse.lows[mention.first - 1] in _ITS and mention.nation is None
    if not its or mention.kind not in _BODIES or parse.lows[mention.last - 1] not in _HOUSES:
        return mention
    state = next((m for m in parse.mentions if m.kind == "state" and not m.modifies), None)
    opens = state is not None and state.first <= 1 and state.last < mention.first
    return replace(mention, nation=state, kind="collective", actor=None) if opens else mention


def whose_ministry(parse: Parse, memory: Memory) -> str | None:
    """Return the state for which "the foreign ministry" acts: of whom its paragraph tells, ours."""
    paragraph, state = memory.spoken_in
    return state if paragraph == parse.paragraph and state else memory.home


def whose_minister(
    parse: Parse, mention: Mention, memory: Memory, gazetteer: Gazetteer
) -> str | None:
    """Return whose minister is meant: of where he speaks, of whom the paragraph speaks, ours."""
    for seat in parse.mentions_in(mention.last, len(parse.lows)):
        if parse.lows[max(0, seat.first - 2) : seat.first] in _TOLD_IN:
            return gazetteer.state_of_place(seat.place or "")
    if parse.lows[0] == "in" and (seats := parse.mentions_in(1, mention.first)):
        opening = parse.lows[seats[0].last : seats[0].last + 1] == [","]
        if opening and (there := gazetteer.state_of_place(seats[0].place or "")):
            return there  # "In Kinshasa, government spokesman Lambert Mende"
    paragraph, state = memory.spoken_in
    return state if paragraph == parse.paragraph and state else memory.home
