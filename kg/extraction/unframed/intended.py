"""What a noun says somebody means to do: "the plan to buy tanks", "its decision to send troops"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from kg.extraction.document.found import Found
from kg.extraction.document.readings import Reading
from kg.extraction.events.sitting import Part, Sitting
from kg.extraction.grammar.clause import Clause
from kg.extraction.situations.outcomes import is_of_dropping

_ARTICLES = frozenset(("the", "a", "an", "its", "their", "his", "her", "any", "this"))
# So many words may stand between a verb and the intention that it drops.
_NEAR = 5
_MOVED = ("Shipment", "Deployment", "Training")


def find_intended(sitting: Sitting) -> Iterable[Found]:
    """Return what is intended, if whose it is or where it goes is said."""
    if sitting.lexicon["intentions"].isdisjoint(sitting.parse.words_used):
        return ()
    return _Intended(sitting).claims()


class _Intended(Part):
    """Finds the claims that an infinitive behind a noun of intending makes."""

    def claims(self) -> Iterator[Found]:
        nouns = self.lexicon["intentions"]
        for group in self.parse.verbs:
            noun = group.first - 1
            if group.form != "infinitive" or noun < 0 or self.parse.lows[noun] not in nouns:
                continue
            if any(f.first <= group.first < f.last for f in self.found):
                continue
            first = self._begin(noun)
            verb = replace(group, modality="expected")
            end = self._end(group.last)
            clause = Clause(verb, (first, noun), first, end)
            teller, dropped = self._teller(noun), self._dropped(noun)
            whose = self._whose(teller)
            reading = self._read(clause, whose, dropped)
            if reading is None or reading.type not in _MOVED or not (reading.from_ and reading.to):
                continue
            behind = self.parse.mentions_in(group.last, end)
            if not self.reader.sides.of(self.parse, [m for m in behind if not m.modifies]):
                continue  # a plan that names nobody else is told of elsewhere
            found = Found(reading, first, end, self.parse, modality="expected")
            if dropped is not None:
                found.polarity, found.first = "denied", self.sitting.span(dropped)[0]
            found.rule = f"intended:{self.parse.lows[noun]}"
            if reading.quantity is not None:
                found.quantity = self.parse.quantities[reading.quantity]
            if whose and teller is not None and teller.verb.lemma in self.lexicon["announcing"]:
                found.speakers = list(whose)
            yield found

    def _read(
        self, clause: Clause, whose: tuple[str, ...], dropped: Clause | None
    ) -> Reading | None:
        """Return what is intended, with whose it is who mean or meant to do it."""
        reading = self.reader.read(self.parse, clause)
        if reading is not None and whose:
            _give(reading, whose)
        if dropped is not None and reading is not None and not reading.from_:
            by = self.reader.sides.of_subject(self.parse, dropped)
            reading.from_ = tuple(side for side in by if side not in reading.to)
        return reading

    def _teller(self, noun: int) -> Clause | None:
        """Return the clause of who tells of what they mean to do: "stated its intention"."""
        if self.parse.lows[noun - 1] not in ("its", "their"):
            return None
        around = (c for c in self.clauses if c.right[0] <= noun < c.right[1])
        return next(around, None)

    def _whose(self, teller: Clause | None) -> tuple[str, ...]:
        """Return whose the intention is: of the subject that tells of it."""
        if teller is None or teller.verb.passive:
            return ()
        named = self.parse.mentions_in(*teller.subject)
        whose = self.reader.sides.of(self.parse, named[:1])
        return whose if len(whose) == 1 else ()

    def _dropped(self, noun: int) -> Clause | None:
        """Return the clause that says nothing comes of it: "threw out a plan to send troops"."""
        for clause in self.clauses:
            near = clause.verb.last <= noun < clause.verb.last + _NEAR
            dropped = near and is_of_dropping(self.parse, clause, self.lexicon)
            if dropped and not clause.verb.negated:
                return clause
        return None

    def _begin(self, noun: int) -> int:
        """Return where whose intention it is begins: "Ghana's decision", "the plan"."""
        lows = self.parse.lows
        for mention in self.parse.mentions:
            gap = lows[mention.last : noun]
            if mention.last <= noun and len(gap) < 3 and gap[:1] in ([], ["'s"], ["’s"]):
                return mention.first
        return noun - (noun > 0 and lows[noun - 1] in _ARTICLES)

    def _end(self, first: int) -> int:
        """Return where what is intended ends: at the next verb or mark."""
        lows, verb_at = self.parse.lows, self.parse.verb_at
        for at in range(first, len(lows)):
            finite = at in verb_at and verb_at[at].form == "finite"
            if finite or not lows[at][0].isalnum():
                return at
        return len(lows)


def _give(reading: Reading, whose: tuple[str, ...]) -> None:
    """Let those send or get what is intended whose intention it is."""
    if reading.frame.subject == "to" and not {*whose} & {*reading.from_}:
        reading.to = whose
    elif reading.frame.subject != "to" and not {*whose} & {*reading.to}:
        reading.from_ = whose
