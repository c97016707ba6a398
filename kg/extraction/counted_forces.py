"""Counted forces and arms whose verb no frame reads: an analyst wants to see their figure."""

from __future__ import annotations

from kg.extraction.clause import Clause
from kg.extraction.lexicon import Frame
from kg.extraction.mentions import NAMED, Mention
from kg.extraction.readings import Reading
from kg.extraction.sitting import Part

# The rule of such a claim, as a draft gives it.
NAME = "counted"
_SLOTS = {
    **dict.fromkeys(("to", "for", "alongside"), "to"),
    **dict.fromkeys(("from", "by"), "from"),
    **dict.fromkeys(("in", "at", "into", "on", "near", "over", "through", "via", "off"), "place"),
}
# Who or what is counted stands before the verb, or behind it.
_BEFORE = Frame(f"{NAME}-there", "by-theme", "theme", "place", _SLOTS, ())
_BEHIND = Frame(NAME, "by-theme", "from", "theme", _SLOTS, ())
# Lists of verbs that tell of something else than of forces and arms on their way.
_OTHERWISE = ("say", "deny", "call", "request", "staying-put")
# "The Malian armed forces" arm nobody.
_NO_DEED = "arm"
_MOVED = ("goods", "containers", "persons")
# Persons of a force, and those who are sent to help one.
_FORCE = (
    *("soldier", "fighter", "instructor", "military-unit", "military-adviser", "technician"),
    *("peacekeeper", "police-officer", "pilot"),
)
# Men and sailors of a state are its force; its people and workers need not be.
_ANYBODY = frozenset(
    ("people", "persons", "nationals", "citizens", "workers", "staff", "residents")
)


class Counted(Part):
    """Reads clauses of which it is only known that they count forces or arms of a state."""

    def clauses_that_count(self) -> list[Clause]:
        """Return the clauses in which forces or arms are counted, none of them conditional."""
        found = []
        for mention in self.parse.mentions:
            if mention.kind == "item" and self._is_counted_force(mention):
                around = [c for c in self.clauses if _holds(c, mention)]
                behind = [c for c in around if c.right[0] <= mention.first < c.right[1]]
                inner = max(behind or around, key=lambda c: c.start, default=None)
                if inner is not None and self._may_tell(inner) and inner not in found:
                    found.append(inner)
        return [clause for clause in found if not self._is_told(clause)]

    def read(self, clause: Clause) -> Reading | None:
        """Return what a clause tells of those it counts, None without a side named in it."""
        first, last = clause.subject
        counted = [m for m in self.parse.mentions if m.kind == "item" and _holds(clause, m)]
        counted = [m for m in counted if self._is_counted_force(m)]
        if not counted or not self._names_somebody():
            return None
        before = first <= counted[0].first < last
        frame = _BEFORE if before and not clause.verb.passive else _BEHIND
        reading = self.reader.read_as(frame, self.parse, clause)
        return reading if reading is not None and reading.quantity is not None else None

    def _is_told(self, clause: Clause) -> bool:
        """Whether a claim has been made of a clause, or of a part of it."""
        first, last = self.sitting.span(clause)
        return any(found.first < last and first < found.last for found in self.found)

    def _may_tell(self, clause: Clause) -> bool:
        """Whether a verb can tell of forces or arms on their way: no condition, no saying."""
        lemma = clause.verb.lemma
        other = any(lemma in self.lexicon[key] for key in _OTHERWISE) or lemma == _NO_DEED
        return not clause.conditional and not other

    def _is_counted_force(self, mention: Mention) -> bool:
        """Whether a number counts forces or arms, not people or a part of somebody's trade."""
        if mention.quantity is None or not mention.items:
            return False
        gazetteer = self.reader.gazetteer
        item = mention.items[0]
        klass = gazetteer.item_class(item)
        named = self.parse.lows[mention.last - 1] not in _ANYBODY and mention.nation is not None
        force = named or any(gazetteer.is_kind_of(item, kind) for kind in _FORCE)
        return klass in _MOVED and (klass != "persons" or force)

    def _names_somebody(self) -> bool:
        """Whether the sentence names a state or a body that can be a side."""
        return any(m.kind in NAMED for m in self.parse.mentions)


def _holds(clause: Clause, mention: Mention) -> bool:
    """Whether a mention stands in a clause, or in its subject."""
    first, last = clause.subject
    inside = clause.start <= mention.first < clause.end
    return inside or first <= mention.first < last
