"""Sides that a clause leaves open on purpose: "arms neither side", "nothing from abroad"."""

from __future__ import annotations

from kg.extraction.document.memory import FORCES
from kg.extraction.situations.situation import Situation

_ANYONE = frozenset(("anyone", "anybody", "nobody", "whoever", "whomever", "elsewhere"))
_ANY = frozenset(("either", "neither", "any", "no", "all", "both"))
_PARTIES = frozenset(
    (
        "side",
        "sides",
        "party",
        "parties",
        "belligerent",
        "belligerents",
        "one",
        "country",
        "faction",
    )
)
# Words of who they are between "any of" and its noun: "either of the two warring parties".
_NEAR = 6
_OUTSIDE = frozenset(("abroad", "anyone", "anybody", "anywhere", "elsewhere", "outside", "nobody"))
_FOREIGN = frozenset(("foreign", "outside", "any"))
# One of these words is in every sentence that leaves a side open so.
_OPENING = _ANYONE | _ANY
_ABROAD = _OUTSIDE | _FOREIGN
_KNOWN = frozenset(("the", "these", "those", "its", "their", "his"))


def goes_to_anyone(one: Situation) -> bool:
    """Whether it is said of nobody named that it goes there: "arms neither side"."""
    if one.parse.words_used.isdisjoint(_OPENING):
        return False
    lows = one.parse.lows
    first, last = one.clause.right
    for index in range(first, last):
        themes = index == first and one.theme.klass == "persons" and not one.theme.mentions
        if lows[index] in _ANYONE and lows[index - 1] != "from" and not themes:
            return True  # but "sent nobody" goes where it went
        near = lows[index + 1 : min(last, index + _NEAR)]
        counts = lows[index] in _ANY and near and (near[0] in _PARTIES or near[0] == "of")
        if counts and not _PARTIES.isdisjoint(near):
            return True
    return False


def comes_from_anyone(one: Situation) -> bool:
    """Whether it comes from nobody named: "anything from abroad", "foreign mercenaries"."""
    if one.frame.subject == "from" and _is_new_name(one):
        return True
    if one.parse.words_used.isdisjoint(_ABROAD):
        return False
    lows = one.parse.lows
    first, last = one.clause.right
    if any(lows[i] == "from" and lows[i + 1] in _OUTSIDE for i in range(first, last - 1)):
        return True
    for mention in one.theme.mentions if one.denied else ():
        before = lows[max(0, mention.first - 2) : mention.first]
        if mention.nation is None and before[-1:] and before[-1] in _FOREIGN:
            return before[0] not in _KNOWN
        if lows[mention.first] in _FOREIGN and mention.nation is None:
            return not before or before[-1] not in _KNOWN
    return False


def _is_new_name(one: Situation) -> bool:
    """Whether one word that nobody knows is who sends: "Microsoft deployed 200 engineers"."""
    first, last = one.clause.subject
    if last != 1 or first != 0 or one.clause.verb.passive or one.parse.mentions_in(0, 1):
        return False
    small = one.lexicon["opening"] | one.lexicon["taking-up-heads"] | one.lexicon["carriers"]
    return one.parse.tokens[0].text[0].isupper() and one.parse.lows[0] not in small


def comes_anew(one: Situation) -> bool:
    """Whether fighters come up of whom the text has not told: "Gunmen killed four in Ghana"."""
    lows, (first, last) = one.parse.lows, one.clause.subject
    if one.clause.verb.passive or lows[first : first + 1] == ["the"]:
        return False
    nouns = [m for m in one.parse.mentions_in(first, last) if m.kind == "item"]
    if not nouns or lows[nouns[0].last - 1] not in one.lexicon["newcomers"]:
        return False
    told = one.sides.memory.latest(FORCES)
    gazetteer = one.sides.gazetteer
    same = told is not None and any(gazetteer.is_kind_of(i, "fighter") for i in told.items)
    return nouns[0].nation is None and not same
