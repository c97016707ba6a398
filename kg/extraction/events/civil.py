"""Whether a sentence is of civil life, though its verb reads as of forces, arms or fighting."""

from __future__ import annotations

from itertools import pairwise

from kg.extraction.document.found import Found
from kg.extraction.document.memory import FORCES, MOVING
from kg.extraction.events.frames import Reader
from kg.extraction.grammar.parse import Parse
from kg.extraction.names.mentions import Mention
from kg.extraction.situations.unreal import is_unreal
from kg.extraction.words.lexicon import Lexicon

# Which lists of civil.yaml say of what type of event that it is none.
# Measures that are taken against anybody, over anything.
_OF_ANYTHING = frozenset(("sue", "take-to-court", "no-permit", "end-mission"))
_CUES = {
    "Combat": ("civil-life",),
    "Deployment": ("civil-life", "civil-people"),
    "Training": ("civil-life", "civil-people"),
    "Shipment": ("civil-life", "civil-people", "civil-goods"),
    "Agreement": ("civil-matters",),
    "Meeting": ("civil-matters", "civil-life"),
    "Measure": ("civil-goods",),
}
# So many words at the head of a claim can take up those told of.
_OPENING = 3
_ARMED = frozenset(("ArmedForce", "ArmedUnit", "Group"))
# What is banned from a state, or let in again, is civil with its goods; a punishment is not.
_BANNING = frozenset(
    (
        *("ban", "bans", "banned", "imports", "exports", "import", "export", "deliveries"),
        *("supplies", "sales", "purchases", "aid", "tariffs", "tariff", "duties"),
    )
)
_LIVING = frozenset(("live", "reside", "dwell", "settle", "study", "be", "work"))
_HOLDING = frozenset(("of", "with"))
_STRIKES = frozenset(("strike", "strikes", "striking"))
_AID = frozenset(("aid", "assistance", "supplies"))
_MARKS = frozenset(('"', "“", "”", "‘", "’", "'", "«", "»"))
_POLICE = frozenset(("police", "policemen", "officers"))


def is_civil(found: Found, reader: Reader) -> bool:
    """Whether what a clause seems to tell is of civil life: an accident, sport, trade, aid.

    A denial stays, but for one of an accident: what it denies was told elsewhere.
    """
    type_, parse, lexicon = found.reading.type, found.parse, reader.lexicon
    if found.polarity == "denied":
        mishap = type_ == "Combat" and is_mishap(parse, lexicon)
        return mishap or (type_ == "Deployment" and _are_helpers(found, lexicon))
    if names_any(parse, lexicon, "fiction") or (type_ == "Measure" and _is_crime(parse, lexicon)):
        return True
    if is_unreal(parse, found.last - 1, lexicon):
        return True
    if type_ == "Combat":
        if is_mishap(parse, lexicon) or _is_stoppage(found, lexicon) or _is_raid(parse, lexicon):
            return True
        if _is_unrest(parse, lexicon, reader) or _is_crime(parse, lexicon):
            return True
    if _is_of_mishap(found, reader):
        return True
    if not _seems_civil(found, reader):
        return False
    goes_on = type_ in MOVING and _takes_up(found, reader)
    return not goes_on and not (type_ == "Meeting" and _are_at_it(found, reader))


def _are_helpers(found: Found, lexicon: Lexicon) -> bool:
    """Whether it is helpers who did not come: "Aid workers could not reach the town"."""
    words = found.parse.lows[found.first : found.first + _OPENING]
    return len(words) > 1 and words[0] in lexicon["helping"] and words[1] in lexicon["helpers"]


def _seems_civil(found: Found, reader: Reader) -> bool:
    """Whether the words of the sentence say so, or it could be of anything and of no arms."""
    type_, parse, lexicon = found.reading.type, found.parse, reader.lexicon
    within = (found.first, found.last) if type_ == "Measure" else None
    for key in _cues(found):
        if names_any(parse, lexicon, key, within):
            taught = ("instructor",) if type_ == "Training" else ()
            return not _is_armed(parse, reader, taught) and not _is_in_return(parse, reader)
    if type_ == "Shipment":
        else_ = _holds_else(parse, reader) and not _holds_more(found, reader)
        return else_ or _is_any_trade(found, reader) or _is_airliner(parse, lexicon)
    if type_ == "Agreement":
        return _is_any_deal(found, reader)
    if type_ == "Measure" and found.reading.frame.name in _OF_ANYTHING:
        return not _is_of_war(found, reader)
    force = type_ == "Deployment" and _is_of_any_team(found, reader)
    return force or _is_of_nationals(found, reader)


def _takes_up(found: Found, reader: Reader) -> bool:
    """Whether it is told of those of whom the text has just told: "they", "60 more"."""
    parse, last = found.parse, reader.memory.latest(MOVING)
    opening = parse.lows[found.first : found.first + _OPENING]
    near = last is not None and last.paragraph >= parse.paragraph - 1
    counts = "than" in opening  # "more than 40 tourists"
    return near and not counts and not reader.lexicon["told-of"].isdisjoint(opening)


def _are_at_it(found: Found, reader: Reader) -> bool:
    """Whether those who meet, on whatever, have been told to have arms or forces between them."""
    parties = {*found.reading.from_}
    return any(parties <= {*h.from_, *h.to} for h in reader.memory.happenings)


def _cues(found: Found) -> tuple[str, ...]:
    """Return the lists of words by which what is told would be civil."""
    type_, frame = found.reading.type, found.reading.frame.name
    if type_ != "Measure":
        return _CUES[type_]
    if found.reading.frame.speech:
        return _CUES["Deployment"]
    if frame == "set-up":
        return _CUES["Agreement"]
    return () if found.parse.words_used.isdisjoint(_BANNING) else _CUES[type_]


def names_any(
    parse: Parse, lexicon: Lexicon, key: str, within: tuple[int, int] | None = None
) -> bool:
    """Whether an entry of a list stands in the sentence; all words of it, if it has several."""
    used, entries = parse.words_used, lexicon[key]
    used = used if within is None else frozenset(parse.lows[slice(*within)])
    if not used.isdisjoint(entries):
        quoted = _quoted(parse.lows)
        return any(word in entries and word not in quoted for word in used)
    several = lexicon.together[key]
    firsts = used.intersection(several)
    return bool(firsts) and any(others <= used for first in firsts for others in several[first])


def _quoted(lows: list[str]) -> set[str]:
    """Return words that stand in quotation marks by themselves: 'flew "tourists" to Iraq'."""
    marks = [i for i, word in enumerate(lows) if word in _MARKS]
    return {lows[i + 1] for i, j in pairwise(marks) if j == i + 2}


def is_mishap(parse: Parse, lexicon: Lexicon) -> bool:
    """Whether it was an accident, a disaster or an illness, and nobody was fought."""
    if not names_any(parse, lexicon, "mishaps"):
        return False
    return parse.words_used.isdisjoint(lexicon["of-fighting"])


def _is_of_mishap(found: Found, reader: Reader) -> bool:
    """Whether a text that opens with a disaster goes on with its dead, or with help at home."""
    parse, reading = found.parse, found.reading
    if not reader.memory.mishap or not parse.words_used.isdisjoint(reader.lexicon["of-fighting"]):
        return False
    if reading.type == "Combat":
        return not names_any(parse, reader.lexicon, "of-arms")
    return reading.type == "Deployment" and {*reading.to} <= {*reading.from_}


def _is_raid(parse: Parse, lexicon: Lexicon) -> bool:
    """Whether police search somebody's rooms: "police raided a flat in Marseille".

    They are who does it, not whom others attack or shoot in a house.
    """
    if lexicon["premises"].isdisjoint(parse.words_used) or _POLICE.isdisjoint(parse.words_used):
        return False
    police = next(at for at, word in enumerate(parse.lows) if word in _POLICE)
    rooms = next(at for at, word in enumerate(parse.lows) if word in lexicon["premises"])
    told = [verb for verb in parse.verbs if verb.head < rooms and verb.lemma not in lexicon["say"]]
    acts = told != [] and police < told[0].first
    return acts and not names_any(parse, lexicon, "of-arms")


def _is_stoppage(found: Found, lexicon: Lexicon) -> bool:
    """Whether a strike is one of workers: "Doctors launched a strike"."""
    lows = found.parse.lows
    at = next((i for i in range(found.first, found.last) if lows[i] in _STRIKES), None)
    if at is None or found.reading.frame.name != "assault":
        return False
    return not lexicon["strikers"].isdisjoint(lows[:at])


def _is_unrest(parse: Parse, lexicon: Lexicon, reader: Reader) -> bool:
    """Whether police meet people in the streets: "fired tear gas at demonstrators"."""
    if not names_any(parse, lexicon, "unrest") or parse.words_used.isdisjoint(_POLICE):
        return False
    return not _is_armed(parse, reader, besides=("police-officer", "military-equipment"))


def _is_crime(parse: Parse, lexicon: Lexicon) -> bool:
    """Whether a thief or poacher is met, or a murder told, where nothing is of war."""
    return names_any(parse, lexicon, "crimes") and parse.words_used.isdisjoint(lexicon["of-arms"])


def _is_armed(parse: Parse, reader: Reader, besides: tuple[str, ...] = ()) -> bool:
    """Whether the sentence speaks of arms, a force or war by words that nothing else has."""
    if names_any(parse, reader.lexicon, "of-arms"):
        return True
    return any(_says_arms(parse, mention, reader, besides) for mention in parse.mentions)


def _says_arms(parse: Parse, mention: Mention, reader: Reader, besides: tuple[str, ...]) -> bool:
    """Whether a noun or name is of arms or a force; not in "a brigade of cleaners"."""
    if mention.kind == "item":
        of, what = [*parse.lows[mention.last : mention.last + 2], "", ""][:2]
        if of == "of" and what in reader.lexicon["civil-people"]:
            return False
        plain = reader.lexicon["plain-items"]
        return any(item not in plain and item not in besides for item in mention.items)
    return mention.class_in(reader.gazetteer) in _ARMED


def _is_in_return(parse: Parse, reader: Reader) -> bool:
    """Whether goods are given for the arms or men of which the text has told."""
    told = bool(reader.memory.happenings)
    return told and not parse.words_used.isdisjoint(reader.lexicon["exchanged"])


def _is_of_any_team(found: Found, reader: Reader) -> bool:
    """Whether a team or crew of which nothing else is told need be no force."""
    parse = found.parse
    nouns = [m for m in parse.mentions if m.kind == "item"]
    plain = reader.lexicon["plain-units"]
    if not nouns or not all(parse.lows[m.last - 1] in plain for m in nouns):
        return False
    return not _goes_on(found, reader, FORCES) and not _is_armed(parse, reader)


def _goes_on(found: Found, reader: Reader, types: tuple[str, ...]) -> bool:
    """Whether the last event of these types had one of the same sides."""
    last, reading = reader.memory.latest(types), found.reading
    sides = {*reading.from_, *reading.to}
    return last is not None and not sides.isdisjoint((*last.from_, *last.to))


def _is_elsewhere(found: Found, reader: Reader) -> bool:
    """Whether the places told of lie in no state of the last event of forces."""
    last = reader.memory.latest(FORCES)
    states = {reader.gazetteer.state_of_place(place) for place in found.reading.places}
    return last is not None and bool(states) and states.isdisjoint((*last.from_, *last.to))


def _is_of_nationals(found: Found, reader: Reader) -> bool:
    """Whether people of a nation only live somewhere or die, and no force is spoken of."""
    parse, reading = found.parse, found.reading
    lives = reading.type == "Deployment" and found.rule.partition(":")[2] in _LIVING
    dies = reading.type == "Combat" and reading.aspect == "casualties"
    if not (lives or dies) or any(m.kind == "item" for m in parse.mentions):
        return False
    named = any(m.kind == "demonym" for m in parse.mentions)
    fought = not parse.words_used.isdisjoint(reader.lexicon["of-fighting"])
    told = _goes_on(found, reader, FORCES) and not (lives and _is_elsewhere(found, reader))
    told = told or fought or _is_armed(parse, reader)
    return named and not told


def _is_any_deal(found: Found, reader: Reader) -> bool:
    """Whether one state agrees with nobody known, and on nothing of arms."""
    parties = found.reading.from_
    told = any({*parties} & {*h.from_, *h.to} for h in reader.memory.happenings)
    return len(parties) == 1 and not told and not _is_armed(found.parse, reader)


def _is_of_war(found: Found, reader: Reader) -> bool:
    """Whether a suit, a permit or a mission has to do with arms, forces or those told of."""
    parse = found.parse
    if names_any(parse, reader.lexicon, "of-states") or _is_armed(parse, reader):
        return True
    bodies = {reader.gazetteer.type_of(side) for side in found.reading.from_}
    body = found.reading.frame.name == "end-mission" and "InternationalBody" in bodies
    return body or _goes_on(found, reader, (*FORCES, "Shipment", "Measure"))


def _holds_else(parse: Parse, reader: Reader) -> bool:
    """Whether it is said what a cargo is, and that is no arms: "three planeloads of roses"."""
    lexicon, used = reader.lexicon, parse.words_used
    named = not used.isdisjoint(lexicon["loads"]) or not used.isdisjoint(lexicon["carriers"])
    if used.isdisjoint(_HOLDING) or not (named or _has_container(parse, reader)):
        return False
    loads = lexicon["loads"] | lexicon["carriers"]
    for at, word in enumerate(parse.lows[:-2]):
        if parse.lows[at + 1] not in _HOLDING or not parse.lows[at + 2].isalpha():
            continue
        box = (m for m in parse.mentions if m.last == at + 1 and m.kind == "item")
        if word in loads or any(_is_container(m, reader) for m in box):
            held = parse.mentions_in(at + 2, _noun_end(parse, at + 2, lexicon))
            return not held and not _is_armed(parse, reader)
    return False


def _holds_more(found: Found, reader: Reader) -> bool:
    """Whether goods of any kind go where arms have gone: "300 consignments of parts a year"."""
    lows, plain = found.parse.lows, reader.lexicon["plain-goods"]
    held = any(a == "of" and b in plain for a, b in pairwise(lows))
    return held and _goes_on(found, reader, ("Shipment",))


def _noun_end(parse: Parse, first: int, lexicon: Lexicon) -> int:
    """Return where a noun with its epithets ends: at a verb, a preposition or a mark."""
    end = first
    while end < len(parse.lows) and parse.lows[end][0].isalnum():
        if end in parse.verb_at or parse.lows[end] in lexicon["prepositions"]:
            break
        end += 1
    return end


def _has_container(parse: Parse, reader: Reader) -> bool:
    return any(m.kind == "item" and _is_container(m, reader) for m in parse.mentions)


def _is_container(mention: Mention, reader: Reader) -> bool:
    return reader.gazetteer.item_class(mention.items[0]) == "containers"


def _is_any_trade(found: Found, reader: Reader) -> bool:
    """Whether goods of any kind are traded or given, and no arms go between these sides."""
    parse, lexicon = found.parse, reader.lexicon
    nouns = [m for m in parse.mentions if m.kind == "item"]
    heads = {parse.lows[m.last - 1] for m in nouns}
    if not heads or not heads <= lexicon["plain-goods"]:
        return False
    traded = not parse.words_used.isdisjoint(lexicon["trading"]) or _is_by_airline(parse)
    goes_on = _goes_on(found, reader, ("Shipment",))
    aid = all(m.last - m.first == 1 for m in nouns) and heads <= _AID
    return (traded or aid) and not goes_on and not _is_armed(parse, reader)


def _is_airliner(parse: Parse, lexicon: Lexicon) -> bool:
    """Whether an airline gets its planes: "Embraer delivered jets to Air India"."""
    return _is_by_airline(parse) and not names_any(parse, lexicon, "of-arms")


def _is_by_airline(parse: Parse) -> bool:
    """Whether an airline is named for a state: "Air France has ordered 50 aircraft"."""
    named = (m.first for m in parse.mentions if m.kind == "state" and m.first)
    return any(parse.tokens[at - 1].text == "Air" for at in named)
