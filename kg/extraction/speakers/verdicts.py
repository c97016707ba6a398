"""Verdicts on what is told: "it is not true that", "claims that … were false", "called … a lie"."""

from __future__ import annotations

from kg.extraction.grammar.clause import Clause
from kg.extraction.grammar.parse import Parse
from kg.extraction.speakers.statements import Statement
from kg.extraction.speakers.voices import Voice, voices
from kg.extraction.words.lexicon import Lexicon

# "It is not true that", "there is no truth in reports that".
_TRUE = frozenset(("true", "correct", "accurate", "case", "truth", "substance", "foundation"))


class Verdicts:
    """Finds what a clause of a sentence says to be untrue."""

    def __init__(self, parse: Parse, lexicon: Lexicon) -> None:
        """Take the sentence."""
        self.parse, self.lows, self.lexicon = parse, parse.lows, lexicon

    def of(self, clause: Clause) -> Statement | None:
        """Return the denial that a clause's verdict makes, None if it gives none."""
        if "that" not in self.parse.words_used:
            return None
        if clause.verb.lemma in self.lexicon["call"]:
            return self._called_false(clause)
        return self._untrue(clause) or self._judged(clause)

    def _untrue(self, clause: Clause) -> Statement | None:
        """Read "it is not true that …" and "it is a lie that …"."""
        if clause.verb.lemma != "be":
            return None
        words = self.lows[clause.verb.last : clause.verb.last + 8]
        if "that" not in words:
            return None
        before = words[: words.index("that")]
        vouched = any(word in _TRUE for word in before)
        false = any(word in self.lexicon["falsehoods"] for word in before)
        if not (vouched and clause.verb.negated) and not (false and not clause.verb.negated):
            return None
        first = clause.verb.last + words.index("that") + 1
        return Statement(first, len(self.lows), "deny", [], clause)

    def _judged(self, clause: Clause) -> Statement | None:
        """Read "claims that it had sent jets were false": what stands behind "that" is denied."""
        denied = clause.verb.passive and clause.verb.lemma in self.lexicon["deny"]
        if not clause.verb.lemma.startswith("be") and not denied:
            return None
        told = clause.subject[1]
        if self.lows[told : told + 1] != ["that"] or told == clause.verb.first:
            return None
        words = self.lows[clause.verb.last - 1 : clause.verb.last + 5]
        false = any(word in self.lexicon["falsehoods"] for word in words)
        true = any(word in ("true", "correct", "accurate") for word in words)
        false = false or denied
        if not (true and clause.verb.negated) and not (false and not clause.verb.negated):
            return None
        if denied:
            return Statement(
                told + 1,
                clause.verb.first,
                "deny",
                by_whom(self.parse, clause, self.lexicon),
                clause,
            )
        return Statement(told + 1, clause.verb.first, "deny", [], clause)

    def _called_false(self, clause: Clause) -> Statement | None:
        """Read "called reports that it had sent jets false": what stands behind "that"."""
        first = clause.verb.last
        words = self.lows[first : first + 40]
        if "that" not in words[:10] or self.lexicon["falsehoods"].isdisjoint(words):
            return None
        at = words.index("that")
        if at == 0 or words[at - 1] not in self.lexicon["allegations"]:
            return None
        return Statement(
            first + at + 1,
            len(self.lows),
            "deny",
            voices(self.parse, clause.subject, self.lexicon),
            clause,
        )


def by_whom(parse: Parse, clause: Clause, lexicon: Lexicon) -> list[Voice]:
    """Return who accuses in "was accused by Chad of sending"; often nobody is named."""
    first, last = clause.right
    if "by" not in parse.lows[first:last]:
        return []
    return voices(parse, (first + parse.lows[first:last].index("by"), last), lexicon)
