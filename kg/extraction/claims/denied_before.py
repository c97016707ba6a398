"""What of the events told before a denial denies: what it names by a noun, else the last one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.extraction.document.memory import COUNTED, FORCES, Happening
from kg.extraction.document.readings import Reading
from kg.extraction.events.sitting import Part
from kg.extraction.grammar.clause import Clause

# That a force trains or fights is never the occurrence of its own event.
_DENIED_ASPECTS = {"Training": "personnel-training", "Combat": "combat-participation"}
# "dismissed such figures" denies how many, not that it was.
FIGURES = frozenset(("figure", "figures", "number", "numbers", "toll", "tally", "count"))


class DeniedBefore(Part):
    """Finds what was told that the denials of one sentence are about."""

    def told_before(self, clause: Clause, last: int) -> Reading | None:
        """Return the event that a denial names by a noun, else the one spoken of last."""
        first = clause.verb.last
        frame = None
        for index in range(first, last):
            matched = self.lexicon.nominal.match(self.parse.lows, index)
            if matched and matched[1].name != "hand-base":  # "the handover of its jets"
                frame = matched[1]
                break
        types: tuple[str, ...] = (*FORCES, "Shipment", "Agreement")
        if frame is not None and frame.event != "by-theme":
            types = FORCES if frame.event in FORCES else (frame.event,)
        happening = None
        if frame is None and any(found.polarity == "denied" for found in self.found):
            happening = self.memory.denied
        happening = (
            happening
            or (self.memory.latest(types) if frame is not None else None)
            or self.memory.latest((*FORCES, "Shipment"))
            or self.memory.latest(("Agreement",))
        )
        if happening is None or happening.type == "Measure":
            return None
        happening = self._about_themselves(clause, happening, types)
        own = self._owner_within(clause, last)
        if happening.type == "Shipment" and own and own not in happening.to:
            happening = replace(happening, from_=(own,))
        base = frame or next(f for entries in self.lexicon.frames.values() for _, f in entries)
        type_ = happening.type
        aspect = _DENIED_ASPECTS.get(type_, "occurrence")
        if not FIGURES.isdisjoint(self.parse.lows[first : first + 4]):
            aspect = COUNTED.get(type_, "personnel-total")
        return Reading(
            base,
            type_,
            happening.from_,
            happening.to,
            aspect,
            list(happening.items),
            klass=happening.klass,
        )

    def _about_themselves(self, clause: Clause, last: Happening, types: Sequence[str]) -> Happening:
        """Return what was told of who denies: of two who are told of, each answers for itself."""
        own = frozenset(self.reader.sides.of_subject(self.parse, clause))
        if not own or not own.isdisjoint((*last.from_, *last.to)):
            return last
        told = (one for one in reversed(self.memory.happenings) if one.type in types)
        return next((one for one in told if not own.isdisjoint((*one.from_, *one.to))), last)

    def _owner_within(self, clause: Clause, last: int) -> str | None:
        """Return whose the goods are of which a denial tells: "the handover of its jets"."""
        for mention in self.parse.mentions_in(clause.verb.last, last):
            if mention.kind != "item":
                continue
            if owner := self.reader.resolver.owner(self.parse, mention):
                return owner
            if mention.owner in ("its", "their"):
                return next(iter(self.reader.sides.of_subject(self.parse, clause)), None)
        return None
