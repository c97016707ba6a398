"""Where what is said begins and ends: behind "that", a colon, a quotation mark, or nothing."""

from __future__ import annotations

from kg.extraction.grammar.clause import Clause
from kg.extraction.grammar.parse import Parse
from kg.extraction.grammar.slot_ends import CONTRASTING
from kg.extraction.words.lexicon import Lexicon

# A past form right behind "that" may be taken for a participle.
_PAST = ("finite", "participle")
QUOTES = frozenset('“”"«»')
_CLOSING = frozenset("”»")
# So many words stand in "not Libya", "unlike its neighbour Chad", at the most.
_CONTRAST = 7
_TO_WHOM = frozenset(("him", "me", "us", "them"))


class Content:
    """Finds the words that a verb of saying leads to, in one sentence."""

    def __init__(self, parse: Parse, clauses: list[Clause], lexicon: Lexicon) -> None:
        """Take the sentence and its clauses."""
        self.parse, self.clauses, self.lexicon = parse, clauses, lexicon
        self.lows = parse.lows

    def quote_begin(self, end: int) -> int:
        """Return where words in quotation marks begin that end right before `end`, else 0."""
        if _CLOSING.isdisjoint(self.lows[max(0, end - 2) : end]):
            return 0
        for index in range(end - 2, -1, -1):
            if self.lows[index] in ("“", "«"):
                # "The report was “baseless”, he said": not only the word in marks is said.
                part = index > 1 and self.lows[index - 1] in self.lexicon["be"]
                return 0 if part or self._quotes_a_part(index, end) else index
        return 0

    def _quotes_a_part(self, mark: int, end: int) -> bool:
        """Whether marks hold the end of a clause only: "They could stay “for weeks,” he said"."""
        return any(c.verb.first < mark for c in self.clauses) and not any(
            mark < c.verb.first < end for c in self.clauses
        )

    def begin(self, end: int) -> int:
        """Return where begins what is said before `end`: at its quotation, or behind a ";"."""
        first = self.quote_begin(end)
        if ";" in self.parse.words_used:
            first = max(
                (i + 1 for i in range(first, end - 1) if self.lows[i] == ";"), default=first
            )
        return first

    def start(self, first: int, *, strict: bool = False) -> int | None:
        """Return where what is said begins behind the verb, if it stands there."""
        limit = min(len(self.lows) - 1, first + 20)
        behind = first
        for index in range(first, limit):
            if index < behind or (behind := self._behind_mark(first, index)) > index:
                continue
            word, after = self.lows[index], self.lows[index + 1]
            if word == "that" and index > first and self._describes(index):
                return None  # "say in a report that went to the council"
            if word == "that" and self.lows[index - 1] == "and" and index > first + 1:
                return first  # "says some men came and that others were trained"
            if word in (":", "“", "«") or (word == "that" and self._verb_after(index + 1)):
                return index + 1
            if word in (";", "”", "—", "–"):
                return None
            goes_on = after == "that" or after in QUOTES
            if word == "," and not goes_on and not self._is_aside(index):
                return self._resumed(first, index)
            group = self.parse.verb_at.get(index)
            if group is not None and index > first and group.form == "finite":
                return None if strict else self._zero_that(first, index)
        return None

    def _behind_name(self, comma: int) -> int:
        """Return where a clause goes on behind a name: "its mission, Aspides, would", else 0."""
        name = self.parse.mention_at.get(comma + 1)
        if name is None or name.kind not in ("unknown", "person"):
            return 0
        at = name.last
        goes_on = self.lows[at : at + 1] == [","] and at + 1 in self.parse.verb_at
        return at + 1 if goes_on and comma - 1 not in self.parse.verb_at else 0

    def _behind_other(self, first: int, comma: int) -> int:
        """Return where it goes on behind who did not: "says Sudan, not Libya, shelled", else 0."""
        if self.lows[comma + 1] not in CONTRASTING or comma - 1 in self.parse.verb_at:
            return 0
        near = range(comma + 2, min(len(self.lows) - 1, comma + _CONTRAST))
        closing = next((i for i in near if self.lows[i] == ","), 0)
        goes_on = any(
            c.subject[0] <= comma and closing < c.verb.first <= closing + 2
            for c in self.clauses
            if closing and c.verb.first > first
        )
        return closing + 1 if goes_on else 0

    def _behind_mark(self, first: int, index: int) -> int:
        """Return where it goes on behind a name between commas or quoted words, else 0."""
        if self.lows[index] == ",":
            return self._behind_name(index) or self._behind_other(first, index)
        return self._in_subject(first, index) if self.lows[index] == "“" else 0

    def _in_subject(self, first: int, mark: int) -> int:
        """Return where quoted words of a subject end: ‘says 26 "bandits" were shot’, else 0."""
        for clause in self.clauses:
            if first <= clause.subject[0] < mark < clause.subject[1] <= clause.verb.first:
                marks = (i for i in range(mark + 1, clause.subject[1]) if self.lows[i] == "”")
                return next(marks, mark - 1) + 1
        return 0

    def _describes(self, that: int) -> bool:
        """Whether a verb stands right behind "that", so that it describes the noun before."""
        group = self.parse.verb_at.get(that + 1)
        return group is not None and group.form in _PAST and self.lows[that - 1].isalpha()

    def _resumed(self, first: int, comma: int) -> int | None:
        """Return where a clause begins that goes on behind an aside: "said the unit, which …"."""
        for clause in self.clauses:
            if clause.subject == (first, comma) and clause.verb.first > comma:
                return first
        return None

    def _is_aside(self, comma: int) -> bool:
        """Whether "that" follows a short aside between commas."""
        for index in range(comma + 1, min(len(self.lows) - 1, comma + 10)):
            if self.lows[index] == ",":
                return self.lows[index + 1] == "that"
        return False

    def _verb_after(self, index: int) -> bool:
        return any(index <= c.verb.first <= index + 30 for c in self.clauses)

    def _zero_that(self, first: int, verb: int) -> int | None:
        """Return where a clause without "that" begins: behind days and those spoken to."""
        clause = next((c for c in self.clauses if c.verb.first == verb), None)
        if (
            clause is None
            or clause.shared
            or clause.opener
            in (
                "who",
                "which",
                "where",
                "when",
                "after",
                "as",
                "because",
                "and",
                "but",
                "while",
                "before",
                "since",
                "if",
                "whether",
                "how",
                "what",
            )
        ):
            return None
        start = max(first, clause.start)
        told = self.parse.mention_at.get(start)
        if self.lows[first - 1] in ("told", "tells", "tell", "telling") and told is not None:
            start = told.last
        elif self.lows[start] in _TO_WHOM:
            start += 1  # "told him 300 soldiers would go"
        for dated in self.parse.dates:
            if dated.first <= start + 1 and start < dated.last:
                start = dated.last
        if start >= verb:
            return None
        clause.start, clause.subject = start, (start, clause.subject[1])
        return start

    def end(self, start: int) -> int:
        """Return where what is said ends: at a contrast, or before another who says it."""
        quoted = self.lows[start - 1] in QUOTES
        for index in range(start, len(self.lows)):
            word = self.lows[index]
            if quoted and word in ("”", '"', "»"):
                return index
            if not quoted and word in (",", ";") and index + 1 < len(self.lows):
                if self.lows[index + 1] in (
                    "while",
                    "whereas",
                    "but",
                    "though",
                    "although",
                ) and self._speaker_follows(index + 2):
                    return index
                if word == ";":
                    return index
        return len(self.lows)

    def _speaker_follows(self, index: int) -> bool:
        """Whether another clause with its own speaker or its own denial begins here."""
        for clause in self.clauses:
            if clause.start >= index - 1 and clause.verb.first < index + 12:
                lemma = clause.verb.lemma
                return lemma in self.lexicon["say"] or lemma in self.lexicon["deny"]
        return False
