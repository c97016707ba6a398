"""Where clauses end: before the next that is no part of them, and before who said it."""

from __future__ import annotations

from kg.extraction.grammar.clause import Clause
from kg.extraction.words.lexicon import Lexicon

_NOBODY = frozenset(("neither", "no", "nobody", "none", "nothing"))
_JOINING = frozenset(("and", "but", "while"))
_ASIDES = frozenset(("citing", "quoting", "which", "who", "whose", "where", "whom"))
_CONTRASTING = frozenset(("while", "although", "though", "whereas"))
_SOURCES = _ASIDES | {"according"}


def close_clauses(clauses: list[Clause], lows: list[str], lexicon: Lexicon) -> None:
    """Set where each clause of a sentence ends; `lows` are the words of the sentence."""
    _Ends(clauses, lows, lexicon).close()


class _Ends:
    def __init__(self, clauses: list[Clause], lows: list[str], lexicon: Lexicon) -> None:
        self.clauses, self.lows, self.lexicon = clauses, lows, lexicon

    def close(self) -> None:
        """Say where each clause ends: before the next that is not part of it."""
        size = len(self.lows)
        self.sources = [] if _SOURCES.isdisjoint(self.lows) else self._before_sources()
        self.contrasts = [] if _CONTRASTING.isdisjoint(self.lows) else self._before_contrasts()
        which = "which" in self.lows
        joined = not _JOINING.isdisjoint([clause.opener for clause in self.clauses])
        for number, clause in enumerate(self.clauses):
            self._negate_by_subject(clause)
            end = size
            for place, later in enumerate(self.clauses[number + 1 :], number + 2):
                if later.embedded:
                    continue
                limit = later.start
                if joined and place < len(self.clauses) and self.clauses[place].opener in _JOINING:
                    resumes = self.clauses[place].start  # "…, and Chad, angered by it, recalled"
                    limit = resumes if clause.verb.last <= resumes < limit else limit
                if limit < clause.verb.last and later.verb.first >= clause.verb.last:
                    limit = later.verb.first  # its subject stands before this clause
                of_which = which and self.lows[max(0, limit - 2) : limit] == ["of", "which"]
                if (later.relative or of_which) and limit > clause.verb.last:
                    limit = self._before_relative(later, limit)
                if limit >= clause.verb.last:
                    end = min(end, limit)
                    break
            first = clause.verb.last
            clause.end = self._trimmed(
                first, self._before_source(first, end) if self.sources else end
            )
            if self.contrasts:
                inside = (i for i in self.contrasts if first <= i < clause.end)
                clause.end = min(inside, default=clause.end)

    def _before_relative(self, later: Clause, limit: int) -> int:
        """Return where a relative clause begins: with "the first of which", or with "which"."""
        if self.lows[limit - 2 : limit] == ["of", "which"] and self.lows[limit - 3] == ",":
            return limit - 2  # ", of which three were lost"
        begin, end = later.subject
        apart = begin > 0 and begin < end < limit and self.lows[begin - 1] == ","
        return begin if apart and self.lows[end - 1] == "of" else limit - 1

    def _before_contrasts(self) -> list[int]:
        """Return where ", while others" and ", although" begin, whatever their verbs are."""
        pairs = zip(self.lows, self.lows[1:], strict=False)
        return [i for i, (mark, word) in enumerate(pairs) if mark == "," and word in _CONTRASTING]

    def _before_sources(self) -> list[int]:
        """Return where ", according to X", ", citing X" and ", which …" begin."""
        return [
            index
            for index, after in enumerate(self.lows[1:])
            if (after in _ASIDES and self.lows[index] == ",")
            or (after == "to" and self.lows[index] == "according")
        ]

    def _negate_by_subject(self, clause: Clause) -> None:
        """Let "neither Moscow nor Minsk has confirmed" say no, as "has not confirmed" does."""
        (first, last), lemma = clause.subject, clause.verb.lemma
        if first >= last or self.lows[first] not in _NOBODY:
            return
        if lemma in self.lexicon["say"] or lemma in self.lexicon["confirm"]:
            clause.verb.negated = True

    def _before_source(self, first: int, end: int) -> int:
        """Cut off ", according to X" and the like."""
        for index in self.sources:
            if first <= index < end - 1:
                return index
        return end

    def _trimmed(self, first: int, end: int) -> int:
        """Leave out marks, conjunctions and openers of what follows."""
        drop = self.lexicon["joining"]
        while end > first:
            word = self.lows[end - 1]
            if word in drop or (
                not word[0].isalnum() and word not in ("%", ")", "'s", "’s", "'t", "’t", "$")
            ):
                end -= 1
            else:
                break
        return end
