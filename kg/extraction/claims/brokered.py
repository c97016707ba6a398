"""Talks that another has brought about: "Talks brokered by Turkey have brought no result"."""

from __future__ import annotations

from kg.extraction.attributing.crediting import Credit
from kg.extraction.document.found import Found
from kg.extraction.document.memory import Sides
from kg.extraction.document.readings import Reading
from kg.extraction.events.event_dates import date_of
from kg.extraction.events.sitting import Part, Sitting
from kg.extraction.grammar.clause import Clause
from kg.extraction.words.lexicon import Frame
from kg.extraction.words.verb_group import VerbGroup


class Brokered(Part):
    """Reads talks with who brought them about, and between whom they are."""

    def __init__(self, sitting: Sitting, credit: Credit) -> None:
        """Take the sentence, and what says who stands behind its claims."""
        super().__init__(sitting)
        self.credit = credit

    def of(self, first: int, last: int, frame: Frame) -> Found | None:
        """Return the talks whose noun stands between two tokens, None if nobody brokers them."""
        lows = self.parse.lows
        brokers = lows[last] in self.lexicon["brokering"] and lows[last + 1 : last + 2] == ["by"]
        if frame.event != "Meeting" or not brokers:
            return None
        end = self._end(last + 2)
        sides = self._parties(last + 2, end)
        if not sides:
            return None
        told = next((c for c in self.clauses if c.verb.first == end), None)
        close = max(end, told.end) if told is not None else end
        found = Found(Reading(frame, "Meeting", sides, ()), first, close, self.parse)
        found.rule = f"brokered:{lows[first]}"
        verb = VerbGroup(first, first, last, lows[first], "finite")
        found.date = date_of(self.sitting, Clause(verb, (first, first), first, close), found)
        self.credit.credit_noun(found, first)
        return found

    def _parties(self, first: int, end: int) -> Sides:
        """Return those who talk: named behind "between", else both of whom the text has told."""
        lows, sides = self.parse.lows, self.reader.sides
        between = next((i for i in range(first, end) if lows[i] == "between"), end)
        named = sides.of(self.parse, self.parse.mentions_in(between, end))
        if named:
            return named
        brokers = sides.of(self.parse, self.parse.mentions_in(first, between))
        both = self.memory.both_sides()
        return both if set(both).isdisjoint(brokers) else ()

    def _end(self, first: int) -> int:
        """Return where the words that belong to the noun end: at a mark, or the next verb."""
        lows, verb_at = self.parse.lows, self.parse.verb_at
        ahead = range(first, len(lows))
        return next(
            (
                i
                for i in ahead
                if i in verb_at or not (lows[i][0].isalnum() or lows[i] in ("'s", "’s"))
            ),
            len(lows),
        )
