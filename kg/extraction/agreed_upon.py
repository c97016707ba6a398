"""What two sides have agreed: "Norway and Ukraine agreed that shells should be made in Lviv"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.extraction.clause import Clause
from kg.extraction.event_dates import date_of
from kg.extraction.found import Found
from kg.extraction.readings import Reading
from kg.extraction.sitting import Part, Sitting

_TWO = 2


def find_agreed(sitting: Sitting) -> Iterable[Found]:
    """Return a claim for what two sides have agreed that no other claim tells."""
    return _Agreed(sitting).claims() if "that" in sitting.parse.words_used else ()


class _Agreed(Part):
    """Finds the agreements that one sentence tells by what was agreed."""

    def claims(self) -> Iterator[Found]:
        for clause in self.clauses:
            if clause.verb.lemma != "agree" or clause.verb.negated or clause.conditional:
                continue
            upon = next((c for c in self.clauses if self._is_agreed(c, clause)), None)
            parties = self._parties(clause)
            if upon is None or len(parties) != _TWO or not self._is_of_arms(upon):
                continue
            frame = self.lexicon.frames["sign"][0][1]
            first, _ = self.sitting.span(clause)
            found = Found(Reading(frame, "Agreement", parties, ()), first, upon.end, self.parse)
            found.rule = "agreed:that"
            found.date = date_of(self.sitting, clause, found)
            yield found

    def _is_agreed(self, upon: Clause, clause: Clause) -> bool:
        """Whether a clause says what was agreed, and no claim has told it yet."""
        told = any(f.first < upon.end and upon.start < f.last for f in self.found)
        return upon.opener == "that" and upon.start > clause.verb.last and not told

    def _parties(self, clause: Clause) -> tuple[str, ...]:
        """Return who has agreed: two who are named, or "the two countries"."""
        sides = self.reader.sides
        named = [m for m in self.parse.mentions_in(*clause.subject) if not m.modifies]
        return sides.of(self.parse, named) or sides.both(self.parse, clause)

    def _is_of_arms(self, upon: Clause) -> bool:
        """Whether arms, forces or who makes them are what was agreed upon."""
        words = self.parse.lows[upon.start : upon.end]
        named = self.parse.mentions_in(upon.start, upon.end)
        arms = any(m.kind == "item" and m.items for m in named)
        return arms or not self.lexicon["of-arms"].isdisjoint(words)
