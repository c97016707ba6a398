"""Sides that a claim leaves open, as the rest of its article gives them: who sends to whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from kg.extraction.document.found import Found
from kg.extraction.document.memory import MOVING, Memory, Sides
from kg.extraction.document.standing_for import REBELS
from kg.extraction.grammar.slot_ends import ruled_out
from kg.extraction.names.gazetteer import Gazetteer

# Whom a force fights, and who else gets arms, a text leaves open by who means to.
_GOING = ("Deployment", "Training")
_COMING = ("Deployment", "Training", "Shipment")
_MUTUAL = ("Agreement", "Meeting")
# Who tells that soldiers leave may well speak of his own.
_LEAVING = frozenset(("leave", "depart", "withdraw", "pull out", "return", "go", "come", "quit"))
_ORDERING = "receive"
_PAIR = 2

Pairs = Counter[tuple[Sides, Sides]]


def name_rebels(found: Sequence[Found], memory: Memory) -> None:
    """Let "the rebels" of the first lines be those whom the text has named since, if any.

    They were declared by the noun, as nobody had been named before.
    """
    if memory.rebels is None or not (nameless := REBELS.intersection(memory.actors)):
        return
    named = memory.top(memory.rebels)
    for claim in found:
        reading = claim.reading
        if not nameless.isdisjoint((*reading.from_, *reading.to)):
            reading.from_ = tuple(named if one in nameless else one for one in reading.from_)
            reading.to = tuple(named if one in nameless else one for one in reading.to)


def own_up(found: Sequence[Found], memory: Memory) -> None:
    """Let a deed that was told without its doer, and that one state denies, be that state's.

    "A ship unloaded rifles in Libya, a panel found. Ankara rejected the finding."
    """
    open_: set[tuple[str, Sides]] = set()
    for claim in found:
        reading = claim.reading
        if reading.type not in MOVING or reading.from_:
            continue
        if claim.polarity != "denied":
            open_.add((reading.type, reading.to))
            continue
        if (reading.type, reading.to) not in open_:
            continue
        deniers = {side for one in claim.speakers if (side := memory.side_of(one))}
        denier = next(iter(deniers), "")
        state = memory.gazetteer.type_of(denier) == "State"
        if len(deniers) == 1 and state and reading.to and denier not in reading.to:
            reading.from_ = (denier,)


def close_pairs(found: Sequence[Found], gazetteer: Gazetteer) -> None:
    """Give claims that name one side the other, where the article tells of such a pair.

    Of several pairs, the one told most often counts, of these the one whose sender is told of
    most without a goal ("was behind this supply line"), then the first. A denial keeps what it
    leaves open.
    """
    pairs: Pairs = Counter()
    sent: Counter[Sides] = Counter()
    for claim in found:
        from_, to = claim.reading.from_, claim.reading.to
        if claim.reading.type in MOVING and from_ and to and from_ != to:
            pairs[from_, to] += 1
        elif claim.reading.type in MOVING and from_ and not to:
            sent[from_] += 1
    told = sorted(pairs, key=lambda pair: (-pairs[pair], -sent[pair[0]]))
    for claim in found if told else ():
        reading = claim.reading
        if claim.polarity == "denied" or bool(reading.from_) == bool(reading.to):
            continue
        leaves = claim.rule.rpartition(":")[2] in _LEAVING
        if reading.to and reading.type in _COMING and not leaves:
            reading.from_ = next((from_ for from_, to in told if to == reading.to), ())
            if not set(reading.from_).isdisjoint(ruled_out(claim.parse)):
                reading.from_ = ()
        elif reading.from_ and reading.type in _GOING:
            reading.to = next((to for from_, to in told if from_ == reading.from_), ())
    _find_partners(found, told, gazetteer)


def _find_partners(
    found: Sequence[Found], told: Sequence[tuple[Sides, Sides]], gazetteer: Gazetteer
) -> None:
    """Give who agrees, meets or takes a measure the other: whom he deals with elsewhere."""
    both = [
        claim.reading.from_
        for claim in found
        if claim.reading.type in _MUTUAL and len(claim.reading.from_) == _PAIR
    ]
    sellers = {claim.reading.from_ for claim in found if claim.reading.type == "Shipment"}
    struck: Pairs = Counter()
    for claim in found:
        reading = claim.reading
        if reading.type == "Measure" and reading.from_ and reading.to:
            struck[reading.from_, reading.to] += 1
    for claim in found:
        reading = claim.reading
        sides = {*reading.from_, *reading.to}
        if len(sides) != 1 or gazetteer.type_of(next(iter(sides))) != "State":
            continue
        if reading.type in _MUTUAL:
            deals = next((pair for pair in both if sides < {*pair}), ())
            deals = deals or _with_whom(sides, told)
            if not deals and len(sellers) == 1 and claim.rule.startswith(_ORDERING):
                deals = (*reading.from_, *next(iter(sellers)))  # of whom others buy the same
            reading.from_ = deals or reading.from_
        elif reading.type == "Measure" and reading.from_ and not reading.frame.speech:
            met = (to for (from_, to), _ in struck.most_common() if from_ == reading.from_)
            reading.to = next(met, ())


def _with_whom(sides: set[str], told: Sequence[tuple[Sides, Sides]]) -> Sides:
    """Return the pair told most often of which a state is one."""
    for from_, to in told:
        pair = tuple(dict.fromkeys((*from_, *to)))
        if len(pair) == _PAIR and sides < {*pair}:
            return pair
    return ()
