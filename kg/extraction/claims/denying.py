"""What a clause denies: by a verb of denying, by no part in it, by calling it false, once more."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extraction.attributing.crediting import Credit
from kg.extraction.claims.denials import Denials
from kg.extraction.claims.no_part import NoPart
from kg.extraction.document.found import Found
from kg.extraction.events.sitting import Sitting
from kg.extraction.grammar.clause import Clause


class Denying:
    """Finds what the clauses of one sentence deny, by the first way that fits."""

    __slots__ = ("credit", "lexicon", "sitting")

    def __init__(self, sitting: Sitting, credit: Credit) -> None:
        """Take the sentence, and what says who stands behind its claims."""
        self.sitting, self.lexicon, self.credit = sitting, sitting.lexicon, credit

    def outright(self, clause: Clause) -> Iterator[Found]:
        """Yield what a verb of denying denies: an event, else a part in one."""
        denied = [*self._denials().denial(clause)]
        yield from denied
        if not denied and not self.lexicon["involvement"].isdisjoint(self.sitting.parse.words_used):
            part = NoPart(self.sitting, self.credit).denied(clause)
            yield from (part,) if part is not None else ()

    def refuses(self, clause: Clause) -> bool:
        """Whether a verb of denying only turns down an offer, a plan or a demand."""
        return self._denials().is_refusal(clause)

    def without_part(self, clause: Clause) -> Found | None:
        """Return what somebody has no part in, None if nobody says so."""
        if clause.verb.lemma not in self.lexicon["having-part"]:
            return None
        return NoPart(self.sitting, self.credit).denial(clause)

    def otherwise(self, clause: Clause) -> Iterator[Found]:
        """Yield what sources affirm that has just been denied."""
        return self._denials().otherwise(clause)

    def by_words(self, clause: Clause) -> Found | None:
        """Return what is denied without a verb of denying: called false, or "their denials"."""
        lemma = clause.verb.lemma
        if lemma == "be" and self.lexicon["falsehoods"].isdisjoint(self.sitting.parse.words_used):
            return None
        denials = self._denials()
        if lemma == "be" or lemma in self.lexicon["proving"]:
            return denials.said_to_be_false(clause)
        again = lemma in self.lexicon["denying-again"]
        found = denials.denied_again(clause) if again else None
        called = found is None and lemma in self.lexicon["call"]
        return denials.called_false(clause) if called else found

    def _denials(self) -> Denials:
        """Return what finds out what is denied; most sentences need none."""
        return Denials(self.sitting, self.credit)
