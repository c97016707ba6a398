"""Whether a sentence is of civil life, though its verb reads as of forces, arms or fighting."""

from __future__ import annotations

from itertools import pairwise

from kg.extraction.found import Found
from kg.extraction.frames import Reader
from kg.extraction.lexicon import Lexicon
from kg.extraction.memory import FORCES
from kg.extraction.mentions import Mention
from kg.extraction.parse import Parse

# Which lists of civil.yaml say of what type of event that it is none.
_CUES = {
    "Combat": ("civil-life",),
    "Deployment": ("civil-life", "civil-people"),
    "Training": ("civil-life", "civil-people"),
    "Shipment": ("civil-life", "civil-people", "civil-goods"),
    "Agreement": ("civil-matters",),
    "Meeting": ("civil-matters",),
    "Measure": ("civil-goods",),
}
_ARMED = frozenset(("ArmedForce", "ArmedUnit", "Group"))
# What is banned from a state, or let in again, is civil with its goods; a punishment is not.
_BANNING = frozenset(("ban", "bans", "banned", "imports", "exports", "import", "export"))
_STRIKES = frozenset(("strike", "strikes", "striking"))
_AID = frozenset(("aid", "assistance", "supplies"))
_MARKS = frozenset(('"', "“", "”", "‘", "’", "'", "«", "»"))
_POLICE = frozenset(("police", "policemen", "officers"))


def is_civil(found: Found, reader: Reader) -> bool:
    """Whether what a clause seems to tell is of civil life: an accident, sport, trade, aid.

    A denial stays: what it denies was told elsewhere.
    """
    if found.polarity == "denied":
        return False
    type_, parse, lexicon = found.reading.type, found.parse, reader.lexicon
    if type_ == "Combat":
        if _is_mishap(parse, lexicon) or _is_stoppage(found, lexicon):
            return True
        if _is_unrest(parse, lexicon, reader):
            return True
    if type_ == "Measure" and parse.words_used.isdisjoint(_BANNING):
        return False
    if any(_names(parse, lexicon, key) for key in _CUES[type_]):
        return not _is_armed(parse, reader) and not _is_in_return(parse, reader)
    return (type_ == "Deployment" and _is_of_any_team(found, reader)) or (
        type_ == "Shipment" and _is_any_trade(found, reader)
    )


def _names(parse: Parse, lexicon: Lexicon, key: str) -> bool:
    """Whether an entry of a list stands in the sentence; all words of it, if it has several."""
    used, entries = parse.words_used, lexicon[key]
    if not used.isdisjoint(entries):
        quoted = _quoted(parse.lows)
        return any(word in entries and word not in quoted for word in used)
    return any(used.issuperset(entry.split()) for entry in entries if " " in entry)


def _quoted(lows: list[str]) -> set[str]:
    """Return words that stand in quotation marks by themselves: 'flew "tourists" to Iraq'."""
    marks = [i for i, word in enumerate(lows) if word in _MARKS]
    return {lows[i + 1] for i, j in pairwise(marks) if j == i + 2}


def _is_mishap(parse: Parse, lexicon: Lexicon) -> bool:
    """Whether it was an accident, a disaster or an illness, and nobody was fought."""
    if not _names(parse, lexicon, "mishaps"):
        return False
    return parse.words_used.isdisjoint(lexicon["of-fighting"])


def _is_stoppage(found: Found, lexicon: Lexicon) -> bool:
    """Whether a strike is one of workers: "Doctors launched a strike"."""
    lows = found.parse.lows
    at = next((i for i in range(found.first, found.last) if lows[i] in _STRIKES), None)
    if at is None or found.reading.frame.name != "assault":
        return False
    return not lexicon["strikers"].isdisjoint(lows[:at])


def _is_unrest(parse: Parse, lexicon: Lexicon, reader: Reader) -> bool:
    """Whether police meet people in the streets: "fired tear gas at demonstrators"."""
    if not _names(parse, lexicon, "unrest") or parse.words_used.isdisjoint(_POLICE):
        return False
    return not _is_armed(parse, reader, besides=("police-officer", "military-equipment"))


def _is_armed(parse: Parse, reader: Reader, besides: tuple[str, ...] = ()) -> bool:
    """Whether the sentence speaks of arms, a force or war by words that nothing else has."""
    if not parse.words_used.isdisjoint(reader.lexicon["of-arms"]):
        return True
    return any(_says_arms(mention, reader, besides) for mention in parse.mentions)


def _says_arms(mention: Mention, reader: Reader, besides: tuple[str, ...]) -> bool:
    if mention.kind == "item":
        plain = reader.lexicon["plain-items"]
        return any(item not in plain and item not in besides for item in mention.items)
    return reader.gazetteer.type_of(mention.actor or "") in _ARMED


def _is_in_return(parse: Parse, reader: Reader) -> bool:
    """Whether goods are given for the arms or men of which the text has told."""
    told = bool(reader.memory.happenings)
    return told and not parse.words_used.isdisjoint(reader.lexicon["exchanged"])


def _is_of_any_team(found: Found, reader: Reader) -> bool:
    """Whether a team or crew of which nothing else is told need be no force."""
    parse, reading = found.parse, found.reading
    nouns = [m for m in parse.mentions if m.kind == "item"]
    plain = reader.lexicon["plain-units"]
    if not nouns or not all(parse.lows[m.last - 1] in plain for m in nouns):
        return False
    last = reader.memory.latest(FORCES)
    sides = {*reading.from_, *reading.to}
    goes_on = last is not None and bool(sides & {*last.from_, *last.to})
    return not goes_on and not _is_armed(parse, reader)


def _is_any_trade(found: Found, reader: Reader) -> bool:
    """Whether goods of any kind are traded or given, and no arms go between these sides."""
    parse, reading, lexicon = found.parse, found.reading, reader.lexicon
    nouns = [m for m in parse.mentions if m.kind == "item"]
    heads = {parse.lows[m.last - 1] for m in nouns}
    if not heads or not heads <= lexicon["plain-goods"]:
        return False
    traded = not parse.words_used.isdisjoint(lexicon["trading"]) or _is_by_airline(parse)
    last = reader.memory.latest(("Shipment",))
    goes_on = last is not None and bool({*reading.from_, *reading.to} & {*last.from_, *last.to})
    aid = all(m.last - m.first == 1 for m in nouns) and heads <= _AID
    return (traded or aid) and not goes_on and not _is_armed(parse, reader)


def _is_by_airline(parse: Parse) -> bool:
    """Whether an airline is named for a state: "Air France has ordered 50 aircraft"."""
    named = (m.first for m in parse.mentions if m.kind == "state" and m.first)
    return any(parse.tokens[at - 1].text == "Air" for at in named)
