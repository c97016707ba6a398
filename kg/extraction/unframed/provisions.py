"""What an agreement provides, told without it as a subject: "Under it Chad would get a base"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.extraction.document.found import Found
from kg.extraction.document.readings import Reading
from kg.extraction.events.sitting import Part, Sitting
from kg.extraction.grammar.clause import Clause

_UNDER = frozenset(("under", "by"))
_POINTING = frozenset(("the", "this", "that", "its", "their", "whose"))
# So many words the opening has: "Under the terms of the deal,".
_OPENING = 7
_TO_COME = frozenset(("expected", "possible"))


def find_provisions(sitting: Sitting) -> Iterable[Found]:
    """Return what the agreement provides of which a text has told, and its parties."""
    lows = sitting.parse.lows
    if lows[0] not in _UNDER or sitting.found:
        return ()
    return _Provisions(sitting).claims()


class _Provisions(Part):
    """Finds the provision that a sentence tells."""

    def claims(self) -> Iterator[Found]:
        last = self.memory.latest(("Agreement",))
        near = last is not None and last.paragraph >= self.parse.paragraph - 1
        if last is None or not near or len(last.from_) < 2 or not self._opens():
            return
        clause = next((c for c in self.clauses if self._provides(c)), None)
        if clause is None:
            return
        frame = next(f for _, f in self.lexicon.frames["provide"] if f.name == "provide-for")
        reading = Reading(frame, "Agreement", last.from_, (), "provision")
        found = Found(reading, 0, max(clause.end, clause.verb.last), self.parse)
        found.rule, found.modality = f"provision:{clause.verb.lemma}", clause.verb.modality
        found.polarity = "denied" if clause.verb.negated else "affirmed"
        yield found

    def _opens(self) -> bool:
        """Whether the sentence begins with "Under it", "Under the deal" or the like."""
        lows = self.parse.lows
        if lows[1:2] == ["it"]:
            return True
        head, bound = lows[1:_OPENING], self.lexicon["treaty"] | self.lexicon["treaty-text"]
        return head[:1] != [] and head[0] in _POINTING and not bound.isdisjoint(head)

    def _provides(self, clause: Clause) -> bool:
        """Whether a clause tells what is to be: "would get", "may station", "is to pay"."""
        speaks = any(clause.verb.lemma in self.lexicon[key] for key in ("say", "deny"))
        return clause.verb.modality in _TO_COME and not speaks and not clause.conditional
