"""The counted things of a list beside the first: "40 tanks, 100 trucks and 2,000 soldiers"."""

from __future__ import annotations

from kg.extraction.clause import Clause
from kg.extraction.lexicon import Lexicon
from kg.extraction.mentions import Mention
from kg.extraction.parse import Parse
from kg.extraction.quantities import Quantity

Listed = list[tuple[int, list[str]]]
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
) -> Listed:
    """Return what a list goes on with behind `first`: the index of each number, and its items."""
    if first.quantity is None or len(parse.quantities) <= first.quantity + 1:
        return []
    in_subject = first.last <= clause.subject[1]
    end = clause.subject[1] if in_subject else clause.right[1]
    counted = {m.quantity: m for m in parse.mentions if m.quantity is not None}
    listed: Listed = []
    at, items = first.last, list(first.items or default)
    for index in range(first.quantity + 1, len(parse.quantities)):
        quantity, mention = parse.quantities[index], counted.get(index)
        if quantity.first < at or quantity.last > end:
            break
        if mention is None and _is_a_part(parse, quantity):
            listed.append((index, items))
            at = quantity.last
        elif mention is not None and _goes_on(parse, at, quantity.first, lexicon):
            items = list(mention.items or default)
            listed.append((index, items))
            at = mention.last
        else:
            break
    return listed


def without_joints(parse: Parse, first: int, last: int) -> int:
    """Return where an item of a list ends that the next begins at `last`."""
    while last > first and (parse.lows[last - 1] in _LISTS or parse.lows[last - 1] in _ASIDES):
        last -= 1
    return last


def begin_of(parse: Parse, quantity: Quantity) -> int:
    """Return where the words of a listed figure begin: at "the" in "the first dozen"."""
    return quantity.first - 2 if _is_a_part(parse, quantity) else quantity.first


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
