"""What forces or arms come or are sent for: to drill, to learn, or on a task of their owner's."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from itertools import pairwise

from kg.extraction.document.memory import FORCES, Happening
from kg.extraction.grammar.clause import Clause
from kg.extraction.grammar.parse import Parse
from kg.extraction.situations.situation import Situation
from kg.extraction.words.lexicon import Frame, Lexicon

# So many words behind "for" the purpose stands: "for a series of joint naval exercises".
_MEANT = 7
# So many words behind its verb a clause says what for.
_WINDOW = 20
_ENDS = frozenset((".", ";", ":", "—", "–", "?", "!"))
_LEADING = frozenset(("for", "in", "at", "to", "during"))
_FOR = frozenset(("for",))
_TASKED = frozenset(("for", "to"))
_ITS = frozenset(("its", "their", "his", "her"))
_HOLDING = frozenset(("hold", "conduct", "stage", "carry", "perform", "run", "have", "do"))
_LEAVING = frozenset(("leave", "depart", "set off", "set out", "sail from", "quit"))
# What is named there is what is done, no army: "armed forces".
_DIRECT = 5
_THIS = (["for", "it"], ["for", "this"], ["for", "that"], ["for", "them"])
_JETS = ("military-aircraft", "fighter-aircraft", "strategic-bomber", "military-helicopter")
_AT_SEA = ("warship",)
_SENDING = frozenset(
    (
        *("send", "dispatch", "despatch", "rush", "move", "fly", "order", "send in", "fly in"),
        *("commit", "contribute", "move in", "bring in", "bring", "scramble"),
    )
)
_HELPING = frozenset(("help", "assist", "support", "aid"))
# So many words behind "to" the task stands: "to help with efforts to repel".
_TASK = 3
# So many words stand between "to the" and "range".
_RANGE = 4


def come_for_drills(one: Situation, frame: Frame) -> bool:
    """Whether forces come, or are asked, to drill: "the jets came for joint exercises"."""
    if hold_drills(one.parse, one.clause, one.lexicon):
        return True
    if one.clause.verb.lemma in _LEAVING:
        return False  # "left Japan for an exercise": it is still on its way
    themselves = frame.subject == "theme" and not one.clause.verb.passive
    if not (themselves or frame.name == "admit"):
        return False
    words = _words(one)
    if one.theme.klass == "persons" and themselves:
        return _to_a_range(one, words)  # soldiers who come for a drill are told of as present
    led = _FOR if frame.name != "admit" else _LEADING
    return _leads(words, led, one.lexicon["manoeuvres"])


def go_for_drills(one: Situation) -> bool:
    """Whether arms come or are sent to exercise or patrol: "sent two bombers for joint drills"."""
    words = one.parse.lows[one.clause.verb.last : one.clause.end]
    return _leads(words, _FOR, one.lexicon["manoeuvres"] | one.lexicon["patrolling"])


def kind_come_for(parse: Parse, clause: Clause, lexicon: Lexicon, kind: str) -> str:
    """Return the type of what those told of come for: "The men had come for consultations"."""
    words = parse.lows[clause.verb.last : clause.right[1]]
    if hold_drills(parse, clause, lexicon) or _leads(words, _FOR, lexicon["manoeuvres"]):
        return "Training"
    return "Meeting" if _leads(words, _FOR, lexicon["meeting"]) else kind


def for_the_same(one: Situation, last: Happening | None) -> bool:
    """Whether they go for what was told last: "Eight pilots have arrived in Denmark for it"."""
    if last is None or last.type != "Training" or last.paragraph != one.parse.paragraph:
        return False
    return one.parse.lows[one.clause.verb.last : one.clause.end][-2:] in _THIS


def on_own_task(one: Situation) -> bool:
    """Whether jets or ships are sent to do something themselves: "sent jets to help repel it".

    Others are given tanks to fight with; jets that are sent "to help Chad defend itself" may be
    a gift as well: whom they help stands behind "help".
    """
    verb, kind_of = one.clause.verb, one.sides.gazetteer.is_kind_of
    if verb.lemma not in _SENDING:
        return False
    if not any(kind_of(item, kind) for item in one.theme.items for kind in (*_JETS, *_AT_SEA)):
        return False
    words = _words(one)
    task = _leads(words, _TASKED, one.lexicon["campaigns"]) or _to_do(one, words)
    return task or _join_a_fight(one)


def _join_a_fight(one: Situation) -> bool:
    """Whether they go to nobody, while a fight is what is told: "Qatar is sending ten jets"."""
    if one.parts.slots.keys() & {"to", "for", "with", "from"}:
        return False
    last = one.sides.memory.latest((*FORCES, "Shipment"))
    recent = last is not None and one.parse.paragraph - last.paragraph <= 1
    return recent and last is not None and last.type == "Combat"


def teaches(words: list[str], verbs: AbstractSet[str], use: AbstractSet[str]) -> bool:
    """Whether somebody is there teaching: "are in Crimea helping crews to operate the drones"."""
    for at, word in enumerate(words):
        if word in verbs:
            behind = words[at + 1 : at + 1 + _MEANT]
            if any(one in ("to", "how") and two in use for one, two in _pairs(behind)):
                return True
    return False


def _pairs(words: list[str]) -> list[tuple[str, str]]:
    """Return words with the next; behind "how" a "to" is left out: "how to operate"."""
    plain = [w for at, w in enumerate(words) if not (w == "to" and words[at - 1 : at] == ["how"])]
    return list(pairwise(plain))


def _words(one: Situation) -> list[str]:
    """Return the words behind the verb to the end of what it tells."""
    first = one.clause.verb.last
    words = one.parse.lows[first : first + _WINDOW]
    end = next((at for at, word in enumerate(words) if word in _ENDS), len(words))
    return words[:end]


def hold_drills(parse: Parse, clause: Clause, lexicon: Lexicon) -> bool:
    """Whether drills are what is held: "the newcomers would hold live-fire exercises"."""
    if clause.verb.lemma.split()[0] not in _HOLDING or clause.verb.passive:
        return False
    behind = parse.lows[clause.verb.last : clause.right[1]][:_DIRECT]
    return not lexicon["manoeuvres"].isdisjoint(behind)


def _leads(words: list[str], led: AbstractSet[str], nouns: AbstractSet[str]) -> bool:
    """Whether one of some prepositions leads to one of some nouns, and not to another's."""
    for at, word in enumerate(words):
        behind = words[at + 1 : at + 1 + _MEANT]
        end = next((i for i, low in enumerate(behind) if low == ","), len(behind))
        own = word in led and behind[:1] != [] and behind[0] not in _ITS
        if own and not nouns.isdisjoint(behind[:end]):
            return True
    return False


def _to_do(one: Situation, words: list[str]) -> bool:
    """Whether "to" leads to a task, with no other helped in it: "to help repel an attack"."""
    tasks = one.lexicon["own-tasks"]
    for at, word in enumerate(words[:-1]):
        if word != "to":
            continue
        behind = words[at + 1 : at + 1 + _TASK]
        if behind[:1] and behind[0] in _HELPING:
            behind = behind[1:]
            behind = behind[1:] if behind[:1] == ["to"] else behind
        if behind[:1] and behind[0] in tasks:
            return True
    return False


def _to_a_range(one: Situation, words: list[str]) -> bool:
    """Whether soldiers go where is drilled: "would go to the Hammaguir range"."""
    for at, word in enumerate(words[:-1]):
        led = word in ("to", "at") and words[at + 1] in ("the", "a", "its")
        if led and not one.lexicon["ranges"].isdisjoint(words[at + 2 : at + 2 + _RANGE]):
            return True
    return False
