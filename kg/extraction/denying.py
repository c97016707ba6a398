"""What a clause denies: by a verb of denying, by no part in it, by calling it false, once more."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extraction.clause import Clause
from kg.extraction.crediting import Credit
from kg.extraction.denials import Denials
from kg.extraction.found import Found
from kg.extraction.no_part import NoPart
from kg.extraction.sitting import Part, Sitting


class Denying(Part):
    """Finds what the clauses of one sentence deny, by the first way that fits."""

    def __init__(self, sitting: Sitting, credit: Credit, denials: Denials) -> None:
        """Take the sentence, and what finds out what a verb of denying denies."""
        super().__init__(sitting)
        self.denials = denials
        self.no_part = NoPart(sitting, credit, denials)

    def outright(self, clause: Clause) -> Iterator[Found]:
        """Yield what a verb of denying denies: an event, else a part in one."""
        denied = [*self.denials.denial(clause)]
        yield from denied
        if not denied and not self.lexicon["involvement"].isdisjoint(self.parse.words_used):
            part = self.no_part.denied(clause)
            yield from (part,) if part is not None else ()

    def without_part(self, clause: Clause) -> Found | None:
        """Return what somebody has no part in, None if nobody says so."""
        has_part = clause.verb.lemma in self.lexicon["having-part"]
        return self.no_part.denial(clause) if has_part else None

    def by_words(self, clause: Clause) -> Found | None:
        """Return what is denied without a verb of denying: called false, or "their denials"."""
        lemma = clause.verb.lemma
        if lemma == "be" or lemma in self.lexicon["proving"]:
            return self.denials.said_to_be_false(clause)
        again = lemma in self.lexicon["denying-again"]
        found = self.denials.denied_again(clause) if again else None
        called = found is None and lemma in self.lexicon["call"]
        return self.denials.called_false(clause) if called else found
