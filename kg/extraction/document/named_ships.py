"""Warships by name: "the frigate Kimon" makes "the Kimon" a ship from there on, and whose."""

from __future__ import annotations

from kg.extraction.document.memory import Memory
from kg.extraction.grammar.parse import Parse
from kg.extraction.names.mentions import Mention

# What stands between a ship's kind and the rest of its name: "the frigate Admiral Gorshkov".
_TITLES = frozenset(("admiral", "general", "captain", "marshal", "king", "queen", "prince"))
# Behind these a title may begin a name.
SHIPS = frozenset(("frigate", "destroyer", "cruiser", "carrier", "submarine", "corvette", "ship"))
_NAMES = ("unknown", "place", "state")


def note_ship(parse: Parse, kind: Mention, memory: Memory) -> None:
    """Remember the ship that is named right behind its kind, which is no place and nobody."""
    lows, at = parse.lows, kind.last
    at += at < len(lows) and lows[at] in _TITLES
    name = parse.mention_at.get(at)
    if name is None or name.kind not in _NAMES or not parse.tokens[at].text[0].isupper():
        return
    if lows[name.last : name.last + 1] in (["'s"], ["’s"]):
        return
    name.kind, name.place, name.actor = "unknown", None, None
    memory.ships[lows[name.last - 1]] = _owner(parse, kind)


def _owner(parse: Parse, kind: Mention) -> str:
    """Return whose a ship is: as said beside it, else whose ships the sentence tells of."""
    if kind.nation is not None:
        return kind.nation.actor or ""
    before = (m for m in parse.mentions if m.kind == "demonym" and m.last <= kind.first)
    return next((m.actor for m in before if m.actor), "")


def see_ships(parse: Parse, memory: Memory) -> None:
    """Let "the Kimon" be the ship of that name in a later sentence, of the state whose it is."""
    for mention in parse.mentions:
        name = parse.lows[mention.last - 1]
        if name not in memory.ships or mention.kind not in _NAMES:
            continue
        if mention.first == 0 or parse.lows[mention.first - 1] != "the":
            continue
        owner = memory.ships[name]
        mention.kind, mention.items, mention.place = "item", ["warship"], None
        mention.actor = None
        if owner:
            mention.nation = Mention(mention.first, mention.last, "demonym", owner)
