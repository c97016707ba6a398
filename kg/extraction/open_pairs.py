"""Sides that a claim leaves open, as the rest of its article gives them: who sends to whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from kg.extraction.found import Found
from kg.extraction.memory import FORCES, Sides

_MOVING = (*FORCES, "Shipment")
# Whom a force fights, and who else gets arms, a text leaves open by who means to.
_GOING = ("Deployment", "Training")
_COMING = ("Deployment", "Training", "Shipment")
# Who tells that soldiers leave may well speak of his own.
_LEAVING = ("leave", "depart", "withdraw", "pull out", "return", "go", "come", "quit")


def close_pairs(found: Sequence[Found]) -> None:
    """Give claims that name one side the other, where the article tells of such a pair.

    Of several pairs, the one told most often counts, of these the first. A denial keeps what it
    leaves open.
    """
    pairs: Counter[tuple[Sides, Sides]] = Counter()
    for claim in found:
        from_, to = claim.reading.from_, claim.reading.to
        if claim.reading.type in _MOVING and from_ and to and from_ != to:
            pairs[from_, to] += 1
    told = [pair for pair, _ in pairs.most_common()]
    for claim in found if told else ():
        reading = claim.reading
        if claim.polarity == "denied" or bool(reading.from_) == bool(reading.to):
            continue
        leaves = claim.rule.endswith(_LEAVING)
        if reading.to and reading.type in _COMING and not leaves:
            reading.from_ = next((from_ for from_, to in told if to == reading.to), ())
        elif reading.from_ and reading.type in _GOING:
            reading.to = next((to for from_, to in told if from_ == reading.from_), ())
