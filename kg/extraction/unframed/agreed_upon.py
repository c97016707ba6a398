"""What two sides have agreed: "Norway and Ukraine agreed that shells should be made in Lviv"."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extraction.document.found import Found
from kg.extraction.document.memory import FORCES
from kg.extraction.document.readings import Reading
from kg.extraction.events.event_dates import date_of
from kg.extraction.events.sitting import Part, Sitting
from kg.extraction.grammar.clause import Clause
from kg.extraction.words.verb_group import VerbGroup

_TWO = 2
_THEM = (["it"], ["they"])
_AGREEING = frozenset(("agree", "agrees", "agreed", "agreeing"))
_WITH_TO = frozenset(("with", "to"))


def find_agreed(sitting: Sitting) -> Iterator[Found]:
    """Yield a claim for what two sides have agreed that no other claim tells."""
    words = sitting.parse.words_used
    if _AGREEING.isdisjoint(words):
        return
    agreed = _Agreed(sitting)
    if "that" in words:
        yield from agreed.claims()
    if "with" in words:
        yield from agreed.with_another()


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

    def with_another(self) -> Iterator[Found]:
        """Yield what one agrees with another to do: "by agreeing with Togo to lease a port"."""
        lows, frame = self.parse.lows, self.lexicon.frames["sign"][0][1]
        for clause in self.clauses:
            group = clause.verb
            words = lows[group.first : group.last]  # the other stands within the verb
            if _AGREEING.isdisjoint(words) or not _WITH_TO.issubset(words) or group.negated:
                continue
            if any(f.first <= group.first < f.last for f in self.found):
                continue
            parties = dict.fromkeys((*self._who_agrees(group.first), *self._within(group)))
            if len(parties) > 1:
                first = group.first if group.form == "gerund" else self.sitting.span(clause)[0]
                reading = Reading(frame, "Agreement", tuple(parties), ())
                yield Found(reading, first, clause.end, self.parse, rule="agreed:with")

    def _within(self, group: VerbGroup) -> Iterator[str]:
        """Yield the sides that are named within a verb: "agreed with Togo to lease"."""
        gazetteer, parse = self.reader.gazetteer, self.parse
        for at in range(group.first, group.head):
            known = gazetteer.match(parse.tokens, parse.lows, at)
            if known is not None and known[1].actors:
                yield gazetteer.top(known[1].actors[0])

    def _who_agrees(self, at: int) -> tuple[str, ...]:
        """Return the side named before "agreed", else the one that the text speaks of."""
        before = [m for m in self.parse.mentions_in(0, at) if not m.modifies and m.kind == "state"]
        subjects = [c.subject for c in self.clauses if c.start <= at < max(c.end, c.verb.last)]
        named = [m for m in before for first, last in subjects if first <= m.first < last]
        sides = self.reader.sides.of(self.parse, named)
        told = self.memory.itself or self.memory.state
        return sides or ((self.memory.top(told),) if told else ())

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
        last = self.memory.latest(FORCES)
        told = last is not None and last.paragraph == self.parse.paragraph
        if told and self.parse.lows[slice(*upon.subject)] in _THEM:
            return True  # "agreed that it may stay until 2044"
        return arms or not self.lexicon["of-arms"].isdisjoint(words)
