"""Which words stand for somebody named before: "the militia", "its mission", "the rebels"."""

from __future__ import annotations

from kg.extraction.grammar.parse import Parse
from kg.extraction.names.mentions import Mention

# Those who fight a state, by what they are called where no name is given.
REBELS = frozenset(
    (
        *("rebels", "insurgents", "paramilitaries", "mutineers", "separatists", "guerrillas"),
        *("guerillas", "secessionists"),
    )
)
GROUPS = REBELS | frozenset(
    ("group", "movement", "militia", "faction", "bloc", "alliance", "insurgency", "militiamen")
)
# Such may be groups, and bodies of states.
UNIONS = frozenset(("bloc", "alliance"))
# Who decides for the state in which they sit.
HOUSES = frozenset(("parliament", "cabinet", "lawmakers", "legislators", "senate"))
# Who rules a state, and what stands before them: "the ruling junta", "the new military rulers".
RULERS = frozenset(("junta", "regime", "rulers", "government", "authorities"))
RULING = frozenset(
    (
        *("ruling", "military", "new", "interim", "transitional", "caretaker", "provisional"),
        *("present", "current", "elected", "civilian"),
    )
)
# So many words of an office stand before the name of who holds it.
OFFICE = 4


def is_their_mission(parse: Parse, mention: Mention) -> bool:
    """Whether a name is that of what belongs to who was spoken of: "its mission, Aspides,"."""
    lows, comma = parse.lows, mention.first - 1
    if comma < 1 or lows[comma] != "," or lows[mention.last : mention.last + 1] != [","]:
        return False
    return not {"its", "their"}.isdisjoint(lows[max(0, comma - OFFICE) : comma])


def is_the_group(parse: Parse, mention: Mention) -> bool:
    """Whether "the rebels" are those named before."""
    before = parse.lows[mention.first - 1] if mention.first else ""
    return before == "the" and parse.lows[mention.last - 1] in GROUPS


def stands_for_another(parse: Parse, mention: Mention) -> bool:
    """Whether a mention is of something named before: "the militia", but not "a militia"."""
    if mention.kind == "collective":
        named = parse.lows[mention.first] in HOUSES and mention.last - mention.first == 1
        at = mention.first - 1
        at -= parse.lows[mention.first] in RULERS and parse.lows[at] in RULING
        return named or parse.lows[at] in ("the", "that", "this")
    return mention.kind in ("definite", "pronoun")
