"""What frames of missions and forces at work need: a mandate, a shield, a force that visits."""

from __future__ import annotations

from kg.extraction.situations.situation import Situation

# How far behind the verb a mission stands that is launched or approved.
_NEAR = 7
_MISSIONS = frozenset(("mission", "missions", "operation", "deployment", "mandate"))
_OWN = frozenset(("its", "their", "his"))
_WORK = frozenset((*_MISSIONS, "operations", "presence", "work", "tour", "activities"))
_SHIELDING = frozenset(
    ("shield", "protect", "escort", "secure", "guard", "safeguard", "defend", "police", "patrol")
)
_ARTICLES = frozenset(("the", "a", "an", "its", "this", "that", "their"))
_LEADERS = frozenset(("general", "generals", "admiral", "admirals", "commander", "commanders"))


def shields(one: Situation) -> bool:
    """Whether ships and routes are what a mission is for: "to protect shipping"."""
    words = one.parse.lows[one.clause.verb.last : one.clause.end + 12]
    led = (i for i, word in enumerate(words[:-1]) if word == "to")
    return any(words[i + 1] in _SHIELDING for i in led)


def mandate(one: Situation) -> bool:
    """Whether a mission, not those whom it sends, is the object: "extended the mandate"."""
    first, last = one.clause.right
    first = _behind_aside(one, first, last)
    words = one.parse.lows[first:last][:_NEAR]
    if words[:1] == [] or words[0] not in _ARTICLES:
        return False
    led = (i for i, word in enumerate(words) if word in one.lexicon["prepositions"])
    noun = words[: next(led, _NEAR)]
    meant = [i for i, word in enumerate(noun) if word in _MISSIONS]
    if not meant:
        return False
    if noun[meant[-1]] == "mandate":
        return True  # whomever it is for sending: "a mandate for sending troops"
    told = [m for m in one.parse.mentions_in(first, last) if m.kind == "item" and m.items]
    persons = (m for m in told if one.sides.gazetteer.item_class(m.items[0]) == "persons")
    return not any(m.first > first + meant[-1] for m in persons)


def _behind_aside(one: Situation, first: int, last: int) -> int:
    """Return where the object begins behind an aside: "approved, by 60 votes to 4, a mandate"."""
    lows = one.parse.lows
    if lows[first : first + 1] != [","]:
        return first
    return next((at + 1 for at in range(first + 1, last) if lows[at] == ","), first)


def force_visits(one: Situation) -> bool:
    """Whether soldiers or a warship are who visits: "two destroyers visited Lagos"."""
    first, last = one.clause.subject
    heads = [m for m in one.theme.mentions if first <= m.first < last and m.kind == "item"]
    gazetteer = one.sides.gazetteer
    soldiers = any(
        m.items
        and gazetteer.item_class(m.items[0]) == "persons"
        and one.parse.lows[m.last - 1] not in one.lexicon["delegates"] | _LEADERS
        for m in heads
    )
    ships = any(gazetteer.is_kind_of(item, "warship") for m in heads for item in m.items)
    return soldiers or ships


def own_work(one: Situation) -> bool:
    """Whether it is its own mission that a body ends: "will wind up its work in Mali"."""
    words = one.parse.lows[one.clause.verb.head :][: _NEAR + 1]
    at = next((i for i, word in enumerate(words) if word in _OWN), len(words))
    behind = words[at + 1 :]
    work = next((i for i, word in enumerate(behind[:3]) if word in _WORK), None)
    return work is not None and behind[work + 1 : work + 2] in (
        [],
        ["in"],
        ["there"],
        ["."],
        ["by"],
    )


def warship(one: Situation) -> bool:
    """Whether a warship is the subject: "the destroyer is patrolling the Red Sea"."""
    first, last = one.clause.subject
    items = [i for m in one.theme.mentions if first <= m.first < last for i in m.items]
    return any(one.sides.gazetteer.is_kind_of(item, "warship") for item in items)
