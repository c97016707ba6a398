"""The counted things of a list beside the first: "40 tanks, 100 trucks and 2,000 soldiers"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.extraction.figures.quantities import Quantity
from kg.extraction.grammar.clause import Clause
from kg.extraction.grammar.parse import Parse
from kg.extraction.names.mentions import Mention
from kg.extraction.words.lexicon import Lexicon


@dataclass(slots=True)
class Listed:
    """A further thing of a list.

    Attributes:
        quantity: the index of its number in the sentence.
        items: what it is.
        first: where its words begin.
        giver: whose it is, if somebody else's: "France sent 12 guns and Spain 18".
    """

    quantity: int
    items: list[str]
    first: int
    giver: Mention | None = None


_GIVERS = ("state", "organization", "unknown")
_JOINTS = (",", "and", ";")
_LISTS = frozenset((",", "and", "all", "as", "well", "plus", "with", "along", "together"))
# What may stand behind a thing before the list goes on: "for $3m", "made by Nexter".
_ASIDES = frozenset(
    ("for", "at", "worth", "from", "by", "made", "built", "produced", "the", "each")
)
_LONGEST = 9
# "48 jets, the first dozen by May": a part of what was counted.
_RANKS = frozenset(("first", "last", "initial", "next", "remaining", "other"))
# What parts nations that each have a number of the same: "six Kenyan and ten Jamaican officers".
_MORE = (["and"], [","], [",", "and"], ["or"])
# What may stand behind and before a number that has no noun of its own.
_BARE = frozenset(("in", "by", "to", "since", "at", "last", "this", "and", "or", "more"))
_OPENING_BARE = frozenset((":", ",", "and", "—", "–"))
_OF_THEM = ["of", "them"]
_OPENING_PART = (",", "and", "with", "(", "—", "–")


def further(
    parse: Parse, clause: Clause, first: Mention, default: list[str], lexicon: Lexicon
) -> list[Listed]:
    """Return what a list holds beside its first thing."""
    if len(parse.quantities) <= (first.quantity is not None):
        return []
    in_subject = first.last <= clause.subject[1]
    end = clause.subject[1] if in_subject else clause.right[1]
    items = list(first.items or default)
    return [
        *_of_other_nations(parse, first, items),
        *_behind(parse, first, items, end, lexicon, in_subject=in_subject),
    ]


def of_other_givers(parse: Parse, figure: int | None, items: list[str]) -> list[Listed]:
    """Return what others give of the same, behind a bare figure: "will add 500 and Poland 600"."""
    if figure is None or len(parse.quantities) <= figure + 1:
        return []
    behind = list(enumerate(parse.quantities))[figure + 1 :]
    given = [(i, _giver(parse, quantity)) for i, quantity in behind]
    return [Listed(i, list(items), giver.first, giver) for i, giver in given if giver is not None]


def following(parse: Parse, first: Mention, lexicon: Lexicon) -> Iterator[Listed]:
    """Yield the counted things behind the first of a list that no clause holds."""
    end = len(parse.lows)
    return _behind(parse, first, list(first.items), end, lexicon, in_subject=False)


def _behind(
    parse: Parse, first: Mention, items: list[str], end: int, lexicon: Lexicon, *, in_subject: bool
) -> Iterator[Listed]:
    """Yield the counted things that stand behind the first."""
    counted = {m.quantity: m for m in parse.mentions if m.quantity is not None}
    at = _end(parse, first)
    for index, quantity in enumerate(parse.quantities):
        if quantity.first < at:
            continue
        mention = counted.get(index)
        # In "howitzers (14)" the number stands behind what it counts.
        begin, giver = min(quantity.first, mention.first if mention else quantity.first), None
        if quantity.last > end:
            return
        if in_subject and parse.lows[quantity.last : quantity.last + 2] == _OF_THEM:
            continue  # "60 gunners, four of them officers, were sent"
        if mention is None and _is_a_part(parse, quantity):
            begin -= 2
        elif not in_subject and (giver := _giver(parse, quantity)) is not None:
            begin = giver.first
        elif mention is None:
            if in_subject or not _is_bare(parse, quantity):
                return
        elif first.quantity is None or not _goes_on(parse, at, begin, lexicon):
            return
        items = list(mention.items or items) if mention is not None else items
        yield Listed(index, items, begin, giver)
        at = quantity.last if mention is None else _end(parse, mention)


def _end(parse: Parse, mention: Mention) -> int:
    """Return where a thing ends with its number, if that stands in brackets behind it."""
    if mention.quantity is None:
        return mention.last
    behind = parse.quantities[mention.quantity].last
    return behind + 1 if behind > mention.last else mention.last


def _of_other_nations(parse: Parse, first: Mention, items: list[str]) -> Iterator[Listed]:
    """Yield what other nations have of the same: "four Malian and two Russian soldiers"."""
    if first.quantity is None or first.nation is None:
        return
    at = parse.quantities[first.quantity].first
    for index in range(first.quantity - 1, -1, -1):
        quantity = parse.quantities[index]
        nation = parse.mention_at.get(quantity.last)
        if nation is None or nation.kind != "demonym" or parse.lows[nation.last : at] not in _MORE:
            return
        yield Listed(index, items, quantity.first, nation)
        at = quantity.first


def _is_bare(parse: Parse, quantity: Quantity) -> bool:
    """Whether a number counts what was named before it: ": 12 in May and 20 in June"."""
    lows, last = parse.lows, quantity.last
    after = lows[last] if last < len(lows) else "."
    again = after == "of" and lows[last + 1 : last + 2] in (["them"], ["which"], ["these"])
    day = any(d.last == quantity.first - 1 for d in parse.dates)  # "on April 8 and 24"
    ends = not day and not after[0].isalnum()
    alone = again or ends or after in _BARE or last in parse.date_at
    return alone and lows[quantity.first - 1] in _OPENING_BARE


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
    joints = _LISTS | _ASIDES | _OPENING_BARE
    while last > first and parse.lows[last - 1] in joints:
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
    if len(between) > _LONGEST or between[-1] not in _LISTS or between[-2:] == ["each", "with"]:
        return False
    named = {i for m in parse.mentions_in(first, last) for i in range(m.first, m.last)}
    return all(index in named or _is_aside(lows[index], lexicon) for index in range(first, last))


def _is_aside(word: str, lexicon: Lexicon) -> bool:
    joins = word in _LISTS or word in _ASIDES
    return joins or word[0].isdigit() or word in lexicon["currency"] or word in lexicon.scales
