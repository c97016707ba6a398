"""Which force a subject that names none stands for, and whether it is said to be somewhere."""

from __future__ import annotations

import itertools

from kg.extraction.document.memory import FORCES, MOVING, Happening, Memory
from kg.extraction.grammar.clause import Clause
from kg.extraction.grammar.parse import Parse
from kg.extraction.words.lexicon import Lexicon

_PLACING = ("at", "in", "on", "near", "around", "outside", "inside")
# Where forces are that have left, and what they may have so much time for.
_GONE = frozenset(("out", "gone", "home", "back"))
_LEAVING = frozenset(("pack", "leave", "go", "depart", "withdraw", "quit", "clear"))
_TIME = 8
_SPANS = frozenset(("days", "weeks", "months", "month", "week", "year", "hours"))
_SPOTS = ("place", "state")


def told_last(parse: Parse, clause: Clause, memory: Memory, lexicon: Lexicon) -> Happening | None:
    """Return the event told last: of a force, where the subject is "the men" or "the unit"."""
    last = memory.latest(MOVING)
    first, end = clause.subject
    persons = end - first > 1 and parse.lows[end - 1] in lexicon["forces-meant"]
    force = memory.latest(FORCES, "persons") if persons else None
    near = force is not None and force.paragraph >= parse.paragraph - 1
    return force if near else last


def is_there(parse: Parse, clause: Clause, lexicon: Lexicon) -> bool:
    """Whether "be" tells of a presence: "are still there", "are at a base near Agadez"."""
    first, end = clause.right
    words = parse.lows[first:end]
    if any(word in lexicon["there"] for word in words[:4]):
        return True
    at = first < end and parse.lows[first] in _PLACING
    return at and any(m.kind in _SPOTS for m in parse.mentions_in(first, end))


def is_gone(parse: Parse, clause: Clause) -> bool:
    """Whether they are to be gone: "must be out by May", "have six months to pack"."""
    first, end = clause.right
    words = parse.lows[first : first + _TIME]
    if clause.verb.lemma == "be":
        led = words[:1] != [] and words[0] in _GONE
        return led and (
            first + 1 >= end or words[1] in ("by", "before", "within") or first + 1 in parse.date_at
        )
    if clause.verb.lemma != "have" or clause.verb.passive:
        return False
    timed = (
        words[:1] == ["until"]
        or any(d.first == first for d in parse.dates)
        or any(word in _SPANS for word in words[:3])
    )
    return timed and any(a == "to" and b in _LEAVING for a, b in itertools.pairwise(words))
