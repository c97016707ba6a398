"""What frames of persons and bases abroad need: that they are of elsewhere than where they are."""

from __future__ import annotations

from kg.extraction.document.memory import FORCES
from kg.extraction.situations.situation import Situation

# How far behind a verb the base may stand.
_WINDOW = 14
# Whose a mission can be said to be.
_OWNERS = ("organization", "state", "demonym")
_LURING = frozenset(("draw", "lure", "tempt", "entice", "coax", "press", "force", "woo"))
# What leads to the day by which a force is to be gone.
_UNTIL = frozenset(("by", "before", "within", "in", "on", "from", "for", "again", "after", "at"))
_DWELLING = frozenset(("live", "reside", "dwell", "settle"))


def abroad(one: Situation) -> bool:
    """Whether what leaves is not at home there: "American troops left Niger"."""
    if leaves_things(one):
        return False
    left = set(one.sides.of(one.parse, one.parts.parts["to"]))
    if not left:
        return _is_to_go(one)
    owner = one.theme.owner
    if owner or not one.theme.klass:
        leaving = (owner,) if owner else one.sides.of(one.parse, one.parts.parts["theme"])
        return bool(leaving) and not left & set(leaving)
    last = one.sides.memory.latest(FORCES)
    return last is not None and bool(left & set(last.to))


def _is_to_go(one: Situation) -> bool:
    """Whether a force told of goes from where it was told to be: "All must be out by May"."""
    last = one.sides.memory.latest(FORCES, "persons")
    meant = one.theme.klass == "persons" and not one.theme.mentions
    if last is None or not meant or last.paragraph < one.parse.paragraph - 1:
        return False
    first, end = one.clause.right
    words = one.parse.lows[first:end]
    plain = not words or not words[0][0].isalnum() or first in one.parse.date_at
    led = plain or words[0] in _UNTIL
    return led and bool(last.from_ and last.to) and last.from_ != last.to


def leaves_things(one: Situation) -> bool:
    """Whether it is goods that are left, and nobody goes: "left the guns behind"."""
    things = (m.items[0] for m in one.parts.slots.get("", ()) if m.items)
    goods = any(one.sides.gazetteer.item_class(thing) == "goods" for thing in things)
    return goods and one.clause.verb.lemma == "leave"


def foreign(one: Situation) -> bool:
    """Whether things that are found somewhere come from elsewhere, by a passive verb."""
    if one.clause.verb.lemma in _DWELLING and _is_one_person(one):
        return False
    states = one.sides.states_of(one.sides.places(one.parse, one.parts, one.theme.mentions))
    owner = one.theme.owner
    seen = one.clause.verb.passive or not one.clause.shared
    if "hands" in one.parts.slots:
        return bool(owner)  # "were found in the hands of the rebels"
    return seen and bool(owner and states) and owner not in states


def _is_one_person(one: Situation) -> bool:
    """Whether only one person is the subject: "a liaison officer who has lived in Goma"."""
    first = min((m.first for m in one.theme.mentions), default=0)
    return not {"a", "an"}.isdisjoint(one.parse.lows[max(0, first - 3) : first])


def foreign_people(one: Situation) -> bool:
    """Whether persons of one side are taken on by another."""
    takers = one.sides.of(one.parse, one.parts.parts["to"])
    owner = one.theme.owner
    described = one.clause.verb.passive or one.clause.verb.form == "participle"
    if described and one.clause.verb.lemma in _LURING and not takers:
        return False  # "drawn by pay": nobody is said to take them on
    given = one.has_sides("from") or one.subject_elsewhere
    return bool(owner or given) and not (owner and owner in takers)


def foreign_base(one: Situation) -> bool:
    """Whether a base of one state in another is there: its nation is then the side it is from."""
    first, last = one.clause.right
    lows = one.parse.lows
    there = lows[slice(*one.clause.subject)] == ["there"]
    if one.clause.verb.lemma == "be" and not there:
        return False  # "60 soldiers are at a base in Eritrea"
    for index in range(first, min(last, first + _WINDOW)):
        if lows[index] not in one.lexicon["base"]:
            continue
        owner = [m for m in one.parse.mentions_in(first, index) if m.kind in ("demonym", "state")]
        gap = lows[owner[-1].last : index] if owner else []
        if there and owner and len(gap) < 3 and one.lexicon["prepositions"].isdisjoint(gap):
            one.parts.parts["from"].append(owner[-1])
            return True
        states = one.sides.states_of(one.sides.places(one.parse, one.parts, []))
        own = one.sides.of(one.parse, one.parts.parts["from"])
        return not owner and bool(states and own) and not set(states) & set(own)
    return False


def own_mission(one: Situation) -> bool:
    """Whether the subject is a mission of a side, which ends it: "the UN mission in Mali"."""
    first, last = one.clause.subject
    lows, before = one.parse.lows, one.lexicon["prepositions"]
    at = next((i for i in range(first, last) if lows[i] in one.lexicon["mission"]), last)
    if at == last or not before.isdisjoint(lows[first:at]):
        return False
    owners = [m for m in one.parse.mentions_in(first, at) if m.kind in _OWNERS]
    lands = [m for m in one.parse.mentions_in(at, last) if m.kind == "state"]
    one.parts.parts["from"] += owners[:1]
    one.parts.parts["target"] += lands[:1]
    return bool(owners)
