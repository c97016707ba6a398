"""Verdicts on what was told before: ‘"Nonsense," he said’, "there was no such raid"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.extraction.attributing.crediting import Credit
from kg.extraction.claims.denials import Denials
from kg.extraction.document.found import Found
from kg.extraction.events.sitting import Part, Sitting
from kg.extraction.grammar.clause import Clause
from kg.extraction.speakers.statements import Statement

# So many words a verdict has at the most, and so few that it is quoted with who gives it.
_LONGEST, _SHORT = 8, 4
# So many paragraphs before stands what a verdict is on.
_NEAR = 2
_NOT = frozenset(("not", "n't", "'t", "’t", "never", "no", "none", "hardly", "nothing"))
_NAMELESS = ("unknown", "collective")
_MEANT = (["it"], ["this"], ["that"], ["these"], ["all", "this"])
_HAPPENING = frozenset(("happen", "occur", "exist"))
# Without one of these no sentence says that nothing of the kind was.
_CUES = frozenset(("such", "kind", "sort", "like"))
# Without one of those or of these none says that it never was.
_NEVER = _CUES | frozenset(
    (
        *("happen", "happens", "happened", "happening", "occur", "occurs", "occurred"),
        *("occurring", "exist", "exists", "existed", "existing", "place"),
    )
)


def find_untrue(sitting: Sitting, credit: Credit) -> Iterable[Found]:
    """Return the denial of what was told before, if the sentence makes one."""
    lexicon, words = sitting.lexicon, sitting.parse.words_used
    judges = not (words.isdisjoint(lexicon["falsehoods"]) and words.isdisjoint(lexicon["truths"]))
    if not judges and words.isdisjoint(_NEVER):
        return ()
    return _Untrue(sitting, credit).claims()


class _Untrue(Part):
    """Finds what one sentence says to be untrue of what stands before it."""

    def __init__(self, sitting: Sitting, credit: Credit) -> None:
        """Take the sentence, and what says who stands behind its claims."""
        super().__init__(sitting)
        self.credit, self.denials = credit, Denials(sitting, credit)

    def claims(self) -> Iterator[Found]:
        """Yield the denial of what was told before, if the sentence makes one."""
        told = self.memory.happenings
        near = bool(told) and told[-1].paragraph >= self.parse.paragraph - _NEAR
        if not near or any(found.polarity == "denied" for found in self.found):
            return
        found = self._verdict() or self._not_so()
        if found is not None:
            yield found

    def _verdict(self) -> Found | None:
        """Read ‘"Absolutely untrue," said X’ and "that is not the case, X said"."""
        words = self.parse.words_used
        if self.lexicon["falsehoods"].isdisjoint(words) and self.lexicon["truths"].isdisjoint(
            words
        ):
            return None
        for statement in self.statements:
            clause = statement.clause
            if clause is None or statement.kind != "say" or clause.verb.negated:
                continue
            first, last = self._bare(statement)
            if first < last and self._is_verdict(first, last):
                reading = self.denials.told_before(clause, last)
                if reading is None:
                    return None
                if last - first < _SHORT:
                    first, last = min(first, clause.start), max(last, self._behind(clause))
                found = Found(reading, first, last, self.parse, polarity="denied", rule="untrue")
                self.credit.assign_by(found, statement)
                return found
        return None

    def _bare(self, statement: Statement) -> tuple[int, int]:
        """Return where what is said begins and ends, marks around it left out."""
        first, last = statement.first, min(statement.last, len(self.parse.lows))
        while first < last and not self.parse.lows[first][0].isalnum():
            first += 1
        while first < last and not self.parse.lows[last - 1][-1].isalnum():
            last -= 1
        return first, last

    def _is_verdict(self, first: int, last: int) -> bool:
        """Whether nothing else is said than that something is untrue."""
        words = self.parse.lows[first:last]
        named = any(m.kind not in _NAMELESS for m in self.parse.mentions_in(first, last))
        if len(words) > _LONGEST or named or words[0] == "if":
            return False
        no = not _NOT.isdisjoint(words)
        if "truth" in words[1:]:
            about = self.lexicon["allegations"] | {"it", "this", "that", "truth"}
            return words[words.index("truth", 1) - 1] == "no" and words[-1] in about
        false = not self.lexicon["falsehoods"].isdisjoint(words[-2:])
        return (no and not self.lexicon["truths"].isdisjoint(words[-2:])) or (false and not no)

    def _behind(self, clause: Clause) -> int:
        """Return where the words end by which somebody is said to speak."""
        named = [m.last for m in self.parse.mentions if clause.verb.last <= m.first < clause.end]
        return max([clause.verb.last, *named[:2]])

    def _not_so(self) -> Found | None:
        """Read "nothing of the kind had happened", "no such raid took place"."""
        for clause in self.clauses:
            denied = clause.verb.negated and self._happens(clause)
            if not denied and _CUES.isdisjoint(self.parse.words_used):
                continue
            at = clause.verb.first if denied else self._none_such(clause)
            if at is None or clause.conditional:
                continue
            reading = self.denials.told_before(clause, clause.end)
            if reading is None:
                return None
            first, last = self.sitting.span(clause)
            found = Found(reading, min(first, at), last, self.parse, rule="untrue:such")
            found.polarity = "affirmed" if self.sitting.deny_around(clause) else "denied"
            self.credit.assign(found, clause)
            return found
        return None

    def _happens(self, clause: Clause) -> bool:
        """Whether a clause says no more than that it was: "this never happened"."""
        subject = self.parse.lows[slice(*clause.subject)]
        lows, last = self.parse.lows, clause.verb.last
        place = clause.verb.lemma == "take" and lows[last : last + 1] == ["place"]
        return subject in _MEANT and (place or clause.verb.lemma in _HAPPENING)

    def _none_such(self, clause: Clause) -> int | None:
        """Return where "no such raid" or "nothing of the sort" stands in a clause."""
        lows = self.parse.lows
        for index in range(clause.start, min(clause.end, len(lows) - 2)):
            if lows[index] == "no" and lows[index + 1] == "such":
                named = lows[index + 2 : index + 4]
                if not self.lexicon["such"].isdisjoint(named):
                    return index
            if lows[index] in ("nothing", "no"):
                for size in (3, 4):
                    if " ".join(lows[index : index + size]) in self.lexicon["not-so"]:
                        return index
        return None
