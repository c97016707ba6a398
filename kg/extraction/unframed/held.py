"""Goods that are held back, of which the text has told: "the larger bombs remain on hold"."""

from __future__ import annotations

from dataclasses import replace

from kg.extraction.document.memory import Happening
from kg.extraction.document.readings import Reading
from kg.extraction.events.sitting import Part
from kg.extraction.grammar.clause import Clause
from kg.extraction.words.lexicon import Frame

# The name of the rule in a draft.
NAME = "held"
_STAYING = frozenset(("be", "remain", "stay", "sit"))
_PLURAL = frozenset(("they", "them", "these", "those", "others", "rest", "deliveries", "shipment"))
_TOLD = ("Measure", "Shipment")
# So far behind the verb it is said that they are held back.
_NEAR = 3


class Held(Part):
    """Reads that what was to be sent is held back: a measure of who was to send it."""

    def read(self, clause: Clause) -> Reading | None:
        """Return the measure, None if the clause tells of none or nothing was to be sent."""
        if clause.verb.lemma in self.lexicon["vouching"]:
            return self._confirmed(clause)
        if not self._are_held(clause) or not self._are_goods(clause):
            return None
        last = self._told()
        if last is None or not last.from_ or not last.to:
            return None
        return self._measure(last)

    def _confirmed(self, clause: Clause) -> Reading | None:
        """Read "Austin confirmed the pause": the measure of which the text has told."""
        first, end = clause.right
        words = self.parse.lows[first : min(end, first + _NEAR)]
        last = self.memory.latest(("Measure",))
        if words[:1] != ["the"] or clause.verb.negated or last is None:
            return None
        near = last.paragraph >= self.parse.paragraph - 1
        if not near or self.lexicon["measures-by-noun"].isdisjoint(words[1:2]):
            return None
        return self._measure(last)

    def _measure(self, last: Happening) -> Reading:
        frame: Frame = replace(self.lexicon.frames["count"][0][1], name=NAME)
        return Reading(frame, "Measure", last.from_, last.to)

    def _told(self) -> Happening | None:
        """Return the last shipment or measure of which the text has told, if that is near."""
        near = (one for one in reversed(self.memory.happenings) if one.type in _TOLD)
        last = next(near, None)
        return last if last is not None and last.paragraph >= self.parse.paragraph - 1 else None

    def _are_held(self, clause: Clause) -> bool:
        """Whether it is said that they are held: "remain on hold", "are still frozen"."""
        verb, (first, last) = clause.verb, clause.right
        if verb.passive and not verb.negated:
            return verb.lemma in self.lexicon["holding-back"]
        words = self.parse.lows[first : min(last, first + _NEAR)]
        if verb.lemma not in _STAYING or verb.negated:
            return False
        ice = words[:1] == ["on"] and not self.lexicon["held-on"].isdisjoint(words[1:2])
        return ice or not self.lexicon["held-back"].isdisjoint(words)

    def _are_goods(self, clause: Clause) -> bool:
        """Whether goods are the subject, or what takes them up: "the larger bombs", "they"."""
        first, last = clause.subject
        words = self.parse.lows[first:last]
        named = [m for m in self.parse.mentions_in(first, last) if m.kind == "item"]
        kinds = {self.reader.gazetteer.item_class(m.items[0]) for m in named if m.items}
        if named:
            return kinds <= {"goods", "containers"} and all(m.nation is None for m in named)
        return bool(words) and not _PLURAL.isdisjoint(words[-1:])
