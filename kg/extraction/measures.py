"""Measures: who condemns, demands, bans or hands over, and whom it meets."""

from __future__ import annotations

from kg.extraction.lexicon import Frame
from kg.extraction.memory import FORCES, Sides
from kg.extraction.mentions import Mention
from kg.extraction.readings import Reading
from kg.extraction.sides import SideFinder
from kg.extraction.situation import Situation

# What leads to those whom a measure meets.
_MEETING = frozenset(("on", "against", "of", "for", "like", "including"))
_PLURAL_TARGETS = frozenset(("developments", "moves", "ties", "cooperation", "alliance"))


class Measures:
    """Reads measures."""

    def __init__(self, sides: SideFinder) -> None:
        """Take what finds sides, with the memory of the document."""
        self.sides, self.memory, self.resolver = sides, sides.memory, sides.resolver

    def read(self, one: Situation, frame: Frame) -> Reading | None:
        """Return who takes a measure against whom, None if it is not known who does."""
        parts = one.parts.parts
        from_ = self.sides.of(one.parse, parts["from"])
        if not from_ and one.subject_elsewhere:
            from_ = self.sides.of_subject(one.parse, one.clause)
        if not from_ and frame.name == "hand-base":
            last = self.memory.latest(FORCES)
            from_ = last.from_ if last is not None else ()
        if not from_ and frame.name not in ("hand-base", "demand"):
            return None
        targets = [*parts["target"], *parts["second"]]
        if frame.name == "demand":
            targets = _asked(one, targets)
        targets = _without_reason(one, targets)
        to = tuple(s for s in self.sides.of(one.parse, targets) if s not in from_)
        if not to and frame.speech:
            # "condemned the vote in Ankara"
            to = self.sides.of(one.parse, one.parts.slots.get("in", ()))
            to = tuple(side for side in to if side not in from_)
        if not to and not frame.speech:
            # "aid for Uganda"
            meant = _without_reason(one, one.parts.slots.get("for", []))
            to = tuple(s for s in self.sides.of(one.parse, meant) if s not in from_)
        places = [
            place
            for key in ("in", "inside", "from", "at")
            for m in one.parts.slots.get(key, ())
            if m not in targets and m.kind in ("state", "place") and (place := m.place or m.actor)
        ]
        known = [place for place in places if self.sides.is_place(place)]
        if frame.speech and not to and "both" in one.words()[:2]:
            to = tuple(s for s in self.memory.both_sides() if s not in from_)
        to = to or self._targets_meant(one, from_, frame)
        if not from_ and not to:
            return None
        quantity = None if frame.speech else _how_many(one)
        return Reading(frame, "Measure", from_, to, places=known, quantity=quantity)

    def _targets_meant(self, one: Situation, from_: Sides, frame: Frame) -> Sides:
        """Return whom a measure meets that names only what was done: those of the last event."""
        for mention in one.parse.mentions_in(*one.clause.right):
            owner = self.resolver.owner(one.parse, mention) if mention.kind == "item" else None
            if owner and owner not in from_:
                return (owner,)
        if frame.name == "join-demand":
            demanded = self.memory.latest(("Measure",))
            return demanded.to if demanded is not None else ()
        last = self.memory.latest((*FORCES, "Shipment"))
        if not frame.speech or last is None:
            return ()
        plural = any(word in _PLURAL_TARGETS for word in one.words())
        sides = (*last.to, *last.from_) if plural else last.from_
        return tuple(side for side in sides if side not in from_)


def _how_many(one: Situation) -> int | None:
    """Return the number of those whom a measure meets: "sanctions on nine officials"."""
    first, last = one.clause.subject if one.clause.verb.passive else one.clause.right
    last = _before_load(one, last)
    for index, quantity in enumerate(one.parse.quantities):
        if first <= quantity.first and quantity.last < last:
            between = one.parse.lows[first : quantity.first]
            near = all(w not in one.lexicon["prepositions"] or w in _MEETING for w in between)
            return index if near else None
    return None


def _before_load(one: Situation, last: int) -> int:
    """Return where the words end before what a ship carries: "seized a dhow carrying rifles"."""
    loads = one.lexicon["loaded-with"]
    first = one.clause.verb.last
    carried = (g.first for g in one.parse.verbs if g.form == "gerund" and g.lemma in loads)
    return min((at for at in carried if first < at < last), default=last)


def _asked(one: Situation, targets: list[Mention]) -> list[Mention]:
    """Return those asked: who stands before "to withdraw", not from where they withdraw."""
    first, last = one.clause.right
    done = [g.first for g in one.parse.verbs if g.form == "infinitive" and first < g.first < last]
    return [m for m in targets if not done or m.first < done[0]]


def _without_reason(one: Situation, targets: list[Mention]) -> list[Mention]:
    """Leave out who only stands in the reason of a measure: "for supplying arms to Wagner"."""
    first, last = one.clause.right
    last = _before_load(one, last)
    targets = [m for m in targets if m.first < last]
    for index in range(first, last - 1):
        group = one.parse.verb_at.get(index + 1)
        if one.parse.lows[index] in ("for", "over") and group is not None:
            return [m for m in targets if m.first < index]
    return targets
