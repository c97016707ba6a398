"""The counted things of a list beside the first: "40 tanks, 100 trucks and 2,000 soldiers"."""

from __future__ import annotations

from dataclasses import dataclass

from kg.extraction.clause import Clause
from kg.extraction.lexicon import Lexicon
from kg.extraction.mentions import Mention
from kg.extraction.parse import Parse
from kg.extraction.quantities import Quantity


@dataclass(slots=True)
class Listed:
    """A further thing of a list.

    Attributes:
        quantity: the index of its number in the sentence.
        items: what it is.
        first: where its words begin.
        giver: who gives it, if somebody else: "France sent 12 guns and Spain 18".
    """

    quantity: int
    items: list[str]
    first: int
    giver: Mention | None = None


_GIVERS = ("state", "organization", "unknown")
_JOINTS = (",", "and", ";")
_LISTS = frozenset((",", "and", "as", "well", "plus", "with", "along", "together"))
# What may stand behind a thing before the list goes on: "for $3m", "made by Nexter".
_ASIDES = frozenset(
    ("for", "at", "worth", "from", "by", "made", "built", "produced", "the", "each")
)
_LONGEST = 9
# "48 jets, the first dozen by May": a part of what was counted.
_RANKS = frozenset(("first", "last", "initial", "next", "remaining", "other"))
_OPENING_PART = (",", "and", "with", "(", "—", "–")


def further(
    parse: Parse, clause: Clause, first: Mention, default: list[str], lexicon: Lexicon
) -> list[Listed]:
    """Return what a list goes on with behind its first thing."""
    if first.quantity is None or len(parse.quantities) <= first.quantity + 1:
        return []
    in_subject = first.last <= clause.subject[1]
    end = clause.subject[1] if in_subject else clause.right[1]
    counted = {m.quantity: m for m in parse.mentions if m.quantity is not None}
    listed: list[Listed] = []
    at, items = first.last, list(first.items or default)
    for index in range(first.quantity + 1, len(parse.quantities)):
        quantity, mention = parse.quantities[index], counted.get(index)
        if quantity.first < at or quantity.last > end:
            break
        begin, giver = quantity.first, None
        if mention is None and _is_a_part(parse, quantity):
            begin -= 2
        elif not in_subject and (giver := _giver(parse, quantity)) is not None:
            begin = giver.first
        elif mention is None or not _goes_on(parse, at, quantity.first, lexicon):
            break
        items = list(mention.items or default) if mention is not None else items
        listed.append(Listed(index, items, begin, giver))
        at = quantity.last if mention is None else mention.last
    return listed


def _giver(parse: Parse, quantity: Quantity) -> Mention | None:
    """Return who stands right before a number where the verb is left out: "and Spain 18"."""
    for mention in parse.mentions:
        if mention.last == quantity.first:
            return mention if _is_giver(parse, mention) else None
    return None


def _is_giver(parse: Parse, mention: Mention) -> bool:
    """Whether a name begins a clause without verb: "France sent 12 guns and Spain 18"."""
    if mention.kind not in _GIVERS or mention.modifies or mention.first < 2:
        return False
    joined = parse.lows[mention.first - 1] in _JOINTS
    return joined and any(q.first == mention.last for q in parse.quantities[1:])


def before_giver(parse: Parse, first: int, last: int) -> int:
    """Return where a clause ends that another without a verb goes on with."""
    for mention in parse.mentions if len(parse.quantities) > 1 else ():
        if first <= mention.first < last and _is_giver(parse, mention):
            return mention.first
    return last


def without_joints(parse: Parse, first: int, last: int) -> int:
    """Return where an item of a list ends that the next begins at `last`."""
    while last > first and (parse.lows[last - 1] in _LISTS or parse.lows[last - 1] in _ASIDES):
        last -= 1
    return last


def _is_a_part(parse: Parse, quantity: Quantity) -> bool:
    """Whether a number is of a part of what was counted before it: ", the first ten next year"."""
    lows, at = parse.lows, quantity.first
    if at < 3 or lows[at - 1] not in _RANKS or lows[at - 2] != "the":
        return False
    return lows[at - 3] in _OPENING_PART


def _goes_on(parse: Parse, first: int, last: int, lexicon: Lexicon) -> bool:
    """Whether only what joins a list, makers and prices stand between two of its things."""
    lows = parse.lows
    first += first < last and lows[first] in lexicon["launchers"]  # "four HIMARS launchers"
    between = lows[first:last]
    if _LISTS.issuperset(between):
        return True
    if len(between) > _LONGEST or between[-1] not in _LISTS:
        return False
    named = {i for m in parse.mentions_in(first, last) for i in range(m.first, m.last)}
    return all(index in named or _is_aside(lows[index], lexicon) for index in range(first, last))


def _is_aside(word: str, lexicon: Lexicon) -> bool:
    joins = word in _LISTS or word in _ASIDES
    return joins or word[0].isdigit() or word in lexicon["currency"] or word in lexicon.scales
