"""The sides of forces and goods on their way that the clause leaves open."""

from __future__ import annotations

from kg.extraction.lexicon import Lexicon
from kg.extraction.memory import FORCES, Happening, Sides
from kg.extraction.sides import SideFinder
from kg.extraction.situation import Situation
from kg.extraction.theme import Theme


class OpenSides:
    """Fills in sides from places, and from what the document has told."""

    def __init__(self, lexicon: Lexicon, sides: SideFinder) -> None:
        """Take the words, and what finds sides, with the memory of the document."""
        self.lexicon, self.sides = lexicon, sides
        self.memory = sides.memory

    def completed(
        self, from_: Sides, to: Sides, type_: str, theme: Theme, places: list[str]
    ) -> tuple[Sides, Sides]:
        """Fill in a side that the clause leaves open: from its place, or what was said before."""
        kinds = FORCES if type_ in FORCES else (type_,)
        states = self.sides.states_of(places)
        last = self.memory.latest(kinds, theme.klass) or self._just_told()
        if from_ and not to:
            return from_, self._to_meant(from_, type_, last, states)
        if from_:
            return from_, to
        if last is None:
            return (), to or states[:1]
        if to and to == last.from_:
            return last.to, to  # what comes in return
        if to and to != last.to and last.paragraph != self.memory.paragraph:
            return (), to
        if not to or to == last.to or not set(to) & set(last.from_):
            return last.from_, to or last.to
        return from_, to

    def where_cargo_goes(self, one: Situation) -> Sides:
        """Return for whom the goods told of before are, where only what carries them lands."""
        last = self.memory.latest(("Shipment",))
        heads = [one.parse.lows[m.last - 1] for m in one.theme.mentions]
        carry = bool(heads) and all(word in self.lexicon["carriers"] for word in heads)
        near = last is not None and last.paragraph >= self.memory.paragraph - 1
        return last.to if last is not None and carry and near else ()

    def _just_told(self) -> Happening | None:
        """Return the event of another kind that the same paragraph has just told of."""
        last = self.memory.latest((*FORCES, "Shipment"))
        near = last is not None and last.paragraph == self.memory.paragraph
        return last if near else None

    def _to_meant(self, from_: Sides, type_: str, last: Happening | None, states: Sides) -> Sides:
        """Return where a force or goods of `from_` go: as before, else the state of the place."""
        kinds = FORCES if type_ in FORCES else (type_,)
        reached = [state for state in states if state not in from_]
        if reached and len(self.memory.goals(kinds, from_)) > 1:
            return tuple(reached[:1])
        known = self.memory.with_from(kinds, from_)
        known = known or self.memory.with_from((*FORCES, "Shipment"), from_)
        if known is not None:
            return known.to
        if reached or states:
            return tuple(reached[:1])
        theatre = self.memory.theatre(kinds)
        if theatre and theatre[0] not in from_:
            return theatre
        if last is None:
            return ()
        near = type_ == "Shipment" or last.paragraph == self.memory.paragraph
        return last.to if near and not set(from_) & {*last.to} else ()
