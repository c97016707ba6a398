"""Whom a measure meets that names nobody: who has just acted against its taker, or "its rival"."""

from __future__ import annotations

from kg.extraction.document.memory import Happening, Memory, Sides
from kg.extraction.grammar.clause import Clause
from kg.extraction.grammar.parse import Parse

# An attack, or a force over the border, that is told without whom it meets.
_ACTING = ("Combat", "Deployment")
_NEIGHBOURS = frozenset(("neighbour", "neighbor", "rival", "adversary", "foe", "counterpart"))
# What one state has with another, so that somebody is meant though nobody is named.
_BONDS = frozenset(
    (
        *("relations", "ties", "ambassador", "envoy", "envoys", "diplomats", "consul", "attache"),
        *("protest", "protests", "complaint", "complaints", "chargé", "attaché", "attachés"),
    )
)
# What events are called by whoever condemns them.
_CALLED = {
    **dict.fromkeys(("transfer", "transfers", "delivery", "deliveries", "shipment"), "Shipment"),
    **dict.fromkeys(("shipments", "sale", "sales", "supply", "supplies", "handover"), "Shipment"),
    **dict.fromkeys(("deployment", "deployments", "presence", "incursion", "entry"), "Deployment"),
    **dict.fromkeys(("attack", "attacks", "strike", "strikes", "raid", "shelling"), "Combat"),
    **dict.fromkeys(("exercise", "exercises", "drill", "drills", "manoeuvres"), "Training"),
}
_OWN = frozenset(("its", "their"))


def counterpart(parse: Parse, clause: Clause, from_: Sides, memory: Memory) -> Sides:
    """Return against whom those in `from_` act: as the sentences before tell it."""
    if told := _who_acted(parse, from_, memory):
        return told
    first, last = clause.right if not clause.verb.passive else clause.subject
    words = parse.lows[first:last]
    if any(
        word in _NEIGHBOURS and not _OWN.isdisjoint(words[max(0, at - 2) : at])
        for at, word in enumerate(words)
    ):
        return other_of_two(from_, memory) or _spoken_of_before(from_, memory)
    if _BONDS.isdisjoint(words):
        return ()
    return _spoken_of_before(from_, memory) or _accused(parse, from_, memory)


def event_called(words: list[str], memory: Memory, from_: Sides) -> Happening | None:
    """Return the event that "the transfer" or "the strikes" is, one of others than `from_`."""
    kind = next((_CALLED[word] for word in words if word in _CALLED), None)
    if kind is None:
        return None
    for told in reversed(memory.happenings):
        if told.type == kind and told.from_ and not {*from_} & {*told.from_}:
            return told
    return None


def is_bond(parse: Parse, clause: Clause) -> bool:
    """Whether a measure is about envoys, ties or a neighbour: somebody is meant by these."""
    words = parse.lows[slice(*clause.right)]
    return not (_BONDS.isdisjoint(words) and _NEIGHBOURS.isdisjoint(words))


def _who_acted(parse: Parse, from_: Sides, memory: Memory) -> Sides:
    """Return who does something to those in `from_` by what the paragraph has told last."""
    for told in reversed(memory.happenings):
        if told.paragraph > parse.paragraph:
            continue
        if told.paragraph < parse.paragraph:
            break
        if others := _other_side(told, from_):
            return others
    return ()


def _other_side(told: Happening, from_: Sides) -> Sides:
    """Return against whom those in `from_` stand in an event: who helps them is no foe."""
    if told.type == "Measure":
        if {*from_} & {*told.from_}:
            return tuple(side for side in told.to if side not in from_)
        return told.from_ if {*from_} & {*told.to} else ()
    open_ = told.type in _ACTING and not told.to and not {*from_} & {*told.from_}
    return told.from_ if open_ else ()


def other_of_two(from_: Sides, memory: Memory) -> Sides:
    """Return who "its neighbour" is: the other side of the last event with two."""
    denied = memory.denied  # "stayed away from talks with Rwanda"
    near = denied is not None and denied.paragraph == memory.paragraph
    for told in (*((denied,) if near and denied else ()), *reversed(memory.happenings)):
        sides = (*told.from_, *told.to)
        rest = [side for side in sides if side not in from_]
        if {*from_} & {*sides} and rest:
            return tuple(rest[:1])
    return ()


def _accused(parse: Parse, from_: Sides, memory: Memory) -> Sides:
    """Return whose deed, in which those in `from_` have no part, the paragraph has told last."""
    last = memory.happenings[-1] if memory.happenings else None
    if last is None or last.paragraph != parse.paragraph:
        return ()
    return () if {*from_} & {*last.from_, *last.to} else last.from_


def _spoken_of_before(from_: Sides, memory: Memory) -> Sides:
    """Return the state that the sentence before was about."""
    before = memory.before
    return (before,) if before is not None and before not in from_ else ()
