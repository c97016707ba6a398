"""What is told on by the same speaker behind an aside: "…, he said, and two of them landed"."""

from __future__ import annotations

from kg.extraction.grammar.clause import Clause
from kg.extraction.grammar.parse import Parse
from kg.extraction.words.lexicon import Lexicon

_PRONOUNS = frozenset(("he", "she", "it", "they", "we"))
# So many words say when and where something was said.
_WHEN_SAID = 9
_THEM = (["them"], ["whom"], ["these"], ["those"], ["which"])


class ToldOn:
    """Finds out whether a speaker named in an aside goes on behind it, in one sentence."""

    def __init__(self, parse: Parse, clauses: list[Clause], lexicon: Lexicon) -> None:
        """Take the sentence and its clauses."""
        self.parse, self.clauses, self.lexicon = parse, clauses, lexicon
        self.lows = parse.lows

    def behind(self, clause: Clause) -> bool:
        """Whether what stands behind "…, X said" is X's too."""
        comma = clause.verb.last
        aside = comma + 1 < len(self.lows) and self.lows[comma] == "," and self._goes_on(comma)
        joined = aside and self.lows[comma + 1] in self.lexicon["coordinators"]
        aside = aside and (not joined or self._adds(comma))
        aside = aside or self._tells_of_some(comma) or self._adds_more(clause)
        return aside or self._dangles(clause)

    def _dangles(self, clause: Clause) -> bool:
        """Whether a participle behind ", X said" goes on with what was said; it is moved there."""
        before = [c for c in self.clauses if c.verb.last < clause.start and not c.embedded]
        found = False
        for other in self.clauses:
            own = other.parent is clause and other.shared and not other.embedded
            tells = other.verb.lemma in self.lexicon["say"]
            if before and own and other.verb.form == "gerund" and not tells:
                other.parent, other.subject = before[-1], before[-1].subject
                found = True
        return found

    def _tells_of_some(self, comma: int) -> bool:
        """Whether a part of those told of follows: "…, he said, most of them flown to Chad"."""
        of = self.lows[comma + 2 : comma + 4]
        return self.lows[comma : comma + 1] == [","] and of[:1] == ["of"] and of[1:] in _THEM

    def _adds(self, comma: int) -> bool:
        """Whether the same speaker goes on: "…, he said, and two of them landed in Chad"."""
        if self.lows[comma + 1] != "and":
            return False
        return not any(
            c.verb.first > comma and c.verb.lemma in self.lexicon["speaking"] for c in self.clauses
        )

    def _adds_more(self, clause: Clause) -> bool:
        """Whether it is told on: "…, he said on Monday, and they had also sent guns"."""
        first = clause.verb.last
        near = range(first + 1, min(first + _WHEN_SAID, len(self.lows) - 3))
        comma = next((i for i in near if self.lows[i] == ","), None)
        if comma is None or any(i in self.parse.verb_at for i in range(first, comma)):
            return False
        behind = next((c for c in self.clauses if c.verb.first > comma), None)
        if behind is None or behind.verb.form == "gerund" or not self._adds(comma):
            return False
        past = self.lows[behind.verb.first] in ("had", "would")
        return past or self.lows[comma + 2] in _PRONOUNS

    def _goes_on(self, index: int) -> bool:
        """Whether a clause follows the aside ", he said,"."""
        behind = [c for c in self.clauses if c.verb.first > index]
        return any(c.verb.form == "finite" or c.opener == "and" for c in behind)
