"""Who does as another has done: "Benin offered as many", "Togo will contribute as well"."""

from __future__ import annotations

from dataclasses import replace

from kg.extraction.document.memory import MOVING, Sides
from kg.extraction.document.readings import Reading, of_the_same
from kg.extraction.events.sitting import Part
from kg.extraction.grammar.clause import Clause
from kg.extraction.words.lexicon import Frame

# The name of the rule in a draft, by which its confidence is low.
NAME = "likewise"
_FRAME = Frame(NAME, "by-theme", "from", "none", {}, ())
_SAME = frozenset(("similar", "same", "equal", "identical", "like"))
_AMOUNTS = frozenset(
    (
        *("number", "amount", "pledge", "offer", "promise", "force", "contingent", "quantity"),
        *("commitment", "contribution", "step", "party", "unit", "package"),
    )
)
_AS = (["as", "many"], ["as", "much"], ["as", "well"], ["likewise"], ["too"], ["the", "same"])
# So many words behind the verb it is said that it is the same.
_NEAR = 4


class Likewise(Part):
    """Reads clauses by which another state does what the text has told of one."""

    def read(self, clause: Clause) -> Reading | None:
        """Return the event as the other makes it, None if it is not said to be the same."""
        verb = clause.verb
        if verb.passive or clause.conditional or self.parse.lows[-1] == "?":
            return None
        told = self.memory.latest((*MOVING, "Measure") if verb.lemma == "do" else MOVING)
        if told is None or told.paragraph < self.parse.paragraph - 1:
            return None
        if not self._is_same(clause):
            return None
        who = tuple(side for side in self._who(clause) if side not in told.from_)
        if not who or {*who} & {*told.to} or not told.to:
            return None
        return of_the_same(_FRAME, told.type, replace(told, from_=who), None)

    def _is_same(self, clause: Clause) -> bool:
        """Whether it is as much, or the same: "as well", "a similar number", "the same"."""
        first, last = clause.right
        words = self.parse.lows[first : min(last, first + _NEAR)]
        if clause.verb.lemma == "do":
            return words[:2] == ["the", "same"] or words[:1] == ["likewise"]
        same = not _SAME.isdisjoint(words) and not _AMOUNTS.isdisjoint(words)
        ends = words[:2] in _AS or words[:1] in _AS
        return same or (ends and words[:2] != ["the", "same"])

    def _who(self, clause: Clause) -> Sides:
        """Return who does the same: the subject, or who says so of themselves."""
        sides = self.reader.sides
        own = sides.of(self.parse, self.parse.mentions_in(*clause.subject))
        statement = self.sitting.statement_of(clause)
        they = self.parse.lows[slice(*clause.subject)] in (["they"], ["it"], ["we"])
        if not own and they and statement is not None and statement.clause is not None:
            said = self.parse.mentions_in(*statement.clause.subject)
            own = sides.of(self.parse, said)
        gazetteer = self.reader.gazetteer
        tops = (self.memory.top(side) for side in own)
        return tuple(dict.fromkeys(t for t in tops if gazetteer.type_of(t) == "State"))
